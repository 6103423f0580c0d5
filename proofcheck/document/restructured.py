r"""Reads reStructuredText: `.. math::` directives, `:math:` roles, comments and section titles.

A scanner of lines, since docutils keeps no columns. No directive is carried out: no file is
included and nothing raw is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from proofcheck.document.answers import answers
from proofcheck.document.assembly import Cut, assemble
from proofcheck.document.document import Boundary, Comment, Document, Excerpt, MathBlock
from proofcheck.document.source import Source, Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_EXPLICIT = re.compile(r"(?P<indent>[ \t]*)\.\.(?:[ \t]+|(?=[\r\n]|\Z))")
_DIRECTIVE = re.compile(r"(?P<name>[A-Za-z][\w:.+-]*)[ \t]?::(?:[ \t]+|(?=[\r\n]|\Z))")
_TARGET = re.compile(r"_[^\r\n]*:|\|[^|\r\n]+\|[ \t]|__[ \t]|\[[^\]\r\n]*\][ \t]")
_OPTION = re.compile(r"[ \t]*:[\w-]+:(?:[ \t]|[\r\n]|\Z)")
_LITERAL = re.compile(r"(?:^|[^:]):{2}[ \t]*$")
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}[ \t]*$")
_ROLE = re.compile(
    r"""
      (?P<literal> `` (?: [^`] | `(?!`) )+ `` )
    | :math: ` (?P<before> (?: [^`\\] | \\. )+ ) `
    | (?<![\w:`]) ` (?P<after> (?: [^`\\] | \\. )+ ) ` :math:
    | (?<![\w:`]) ` (?P<plain> (?: [^`\\] | \\. )+ ) ` (?![\w:`])
    """,
    re.VERBOSE | re.DOTALL,
)
_DEFAULT_ROLE = re.compile(r"^[ \t]*\.\.[ \t]+default-role::[ \t]*math[ \t]*\r?$", re.MULTILINE)
_ROWS = re.compile(r"\\\\")
_ENVIRONMENT = re.compile(r"\\begin\s*\{(?:equation|align|gather|eqnarray|multline|split)")
_UNREAD = frozenset(
    "bibliography code code-block command-output csv-table default-role digraph doctest eval-rst "
    "graphviz highlight image include inheritance-diagram ipython jupyter-execute literalinclude "
    "mermaid parsed-literal plantuml plot productionlist program-output prompt raw role sourcecode "
    "testcleanup testcode testoutput testsetup toctree uml".split()
)
_SECTIONS = frozenset(
    "theorem lemma proposition corollary proof definition example remark claim conjecture exercise "
    "solution".split()
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: where it stands, how far it is indented, and its text without white space at the
    ends, empty if it is blank."""

    span: Span
    indent: int
    text: str


def read(source: Source) -> Document:
    """The parts of a reStructuredText file; literal blocks and what directives make are none."""
    lines = [_line(match) for match in _LINE.finditer(source.text) if match[0]]
    cuts = list(_blocks(source, lines))
    taken = sorted(cut.span for cut in cuts)
    roles = _roles(source, _without(taken, len(source.text)))
    return assemble(source, [*cuts, *roles, *answers(source)], ())


def _line(match: re.Match[str]) -> _Line:
    text = match[0].rstrip()
    blank = text.lstrip()
    return _Line(Span(*match.span()), len(text[: len(text) - len(blank)].expandtabs()), blank)


def _blocks(source: Source, lines: list[_Line]) -> Iterator[Cut]:
    """The explicit blocks, literal blocks and titles, in order."""
    index = 0
    while index < len(lines):
        line = lines[index]
        explicit = _EXPLICIT.match(source.text, line.span.start, line.span.end)
        if explicit:
            cuts, index = _explicit(source, lines, index, explicit.end())
            yield from cuts
        elif title := _title(lines, index):
            span = Span(line.span.start, lines[index + title - 1].span.end)
            yield Cut(span, Boundary("section", lines[index + title - 2 + (title == 1)].text, span))
            index += title
        elif _LITERAL.search(line.text):
            end = _content(lines, index + 1, line.indent)
            yield Cut(_covering(source, lines, index + 1, end))
            index = end
        else:
            index += 1


def _title(lines: list[_Line], index: int) -> int:
    """How many lines a title has that begins here: 2 if underlined, 3 with a line above, else 0.

    The text stands in the line before the last.
    """
    following = [line.text for line in lines[index : index + 3]]
    if len(following) == 3 and _ADORNMENT.match(following[0]) and following[0] == following[2]:
        return 3 if following[1] else 0
    if len(following) < 2 or lines[index].indent or _ADORNMENT.match(following[0]):
        return 0
    under = _ADORNMENT.match(following[1])
    return 2 if following[0] and under and len(following[1]) >= len(following[0]) else 0


def _explicit(source: Source, lines: list[_Line], index: int, start: int) -> tuple[list[Cut], int]:
    """The cuts of the block that begins with `..`, and the index of the line from which to go on.

    `start` is the offset after the two dots.
    """
    line = lines[index]
    directive = _DIRECTIVE.match(source.text, start, line.span.end)
    if directive is None and _TARGET.match(source.text, start, line.span.end):
        return [Cut(line.span)] if source.text[start] != "[" else [], index + 1
    end = _content(lines, index + 1, line.indent)
    whole = Span(line.span.start, _covering(source, lines, index, end).end)
    if directive is None:
        text = source.text[start : whole.end]
        return [Cut(whole, Comment(text.rstrip(), whole))], end
    name = directive["name"].rpartition(":")[2]
    if name == "math":
        first = replace(line, span=Span(directive.end(), line.span.end))
        first = replace(first, text=source.slice(first.span).strip())
        return list(_math(source, [first, *lines[index + 1 : end]], whole)), end
    if name in _UNREAD:
        return [Cut(whole)], end
    after = index + 1
    while after < end and _OPTION.match(source.slice(lines[after].span)):
        after += 1
    header = _covering(source, lines, index, after)
    title = source.text[directive.end() : line.span.end].strip()
    words = f"{name} {title}".strip()
    part = Boundary("section", words, header) if name in _SECTIONS else None
    return [Cut(header, part)], after


def _content(lines: list[_Line], index: int, indent: int) -> int:
    """The index after the lines that are blank or indented further."""
    while index < len(lines) and (not lines[index].text or lines[index].indent > indent):
        index += 1
    return index


def _covering(source: Source, lines: list[_Line], first: int, end: int) -> Span:
    """The span of the lines from one to before another."""
    start = lines[first].span.start if first < len(lines) else len(source.text)
    return Span(start, lines[end - 1].span.end if end > first else start)


def _math(source: Source, lines: list[_Line], whole: Span) -> Iterator[Cut]:
    """The formulas of a `.. math::` directive, which empty lines set apart; options are none."""
    start = whole.start
    options = True
    group: list[_Line] = []
    for number, line in enumerate([*lines, None]):
        if line and options and number and _OPTION.match(source.slice(line.span)):
            continue
        options = options and (number == 0 or bool(line and not line.text and not group))
        if line and line.text:
            group.append(line)
            options = options and number == 0
        elif group:
            body = Span(group[0].span.start, group[-1].span.end)
            yield Cut(Span(start, body.start))
            yield Cut(body, MathBlock(Excerpt.of(source, body), body, _environment(source, body)))
            start, group = body.end, []
    if start == whole.start:
        yield Cut(whole)


def _environment(source: Source, body: Span) -> str:
    """That which docutils puts around the content of the directive."""
    text = source.slice(body)
    rows = _ROWS.search(text) and not _ENVIRONMENT.search(text)
    return "align*" if rows else "display"


def _without(taken: list[Span], length: int) -> Iterator[Span]:
    """What `taken` leaves of a text."""
    offset = 0
    for span in taken:
        if span.start > offset:
            yield Span(offset, span.start)
        offset = max(offset, span.end)
    yield Span(offset, length)


def _roles(source: Source, regions: Iterator[Span]) -> Iterator[Cut]:
    """The formulas in lines of text, and the literals, in which nothing is one."""
    default = bool(_DEFAULT_ROLE.search(source.text))
    for region in regions:
        for match in _ROLE.finditer(source.text, region.start, region.end):
            span = Span(*match.span())
            kind = match.lastgroup or ""
            if kind == "literal":
                yield Cut(span)
            elif kind != "plain" or default:
                excerpt = Excerpt.of(source, Span(*match.span(kind)))
                yield Cut(span, MathBlock(excerpt, span, "inline"))

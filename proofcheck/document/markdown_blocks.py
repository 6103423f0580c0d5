"""The blocks of a Markdown file as markdown-it-py sees them: code, headings and quotations."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from proofcheck.document.admonitions import dedent
from proofcheck.document.containers import Container, divs, fence
from proofcheck.document.formulas import Formula
from proofcheck.document.source import Source, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*(?:\r\n?|\n)"
    r"(?:(?!(?P=fence)|\.\.\.)[^\r\n]*(?:\r\n?|\n))*"
    r"(?:(?P=fence)|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)"
)
_MATH_FENCE = re.compile(r"\s*\{?(?:math|latex-math)\}?\s*(?:\s\S.*)?")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z")
_EDGE = re.compile(r"([ \t>]*)[^\r\n]*([\r\n]*)")
_CODE = frozenset(("fence", "code_block"))
_DEEPEST = 6
"""How many containers of fences may stand in one another."""
_OPTION = re.compile(r"(?:[ \t>]*:[a-z-]+:[^\r\n]*(?:\r\n?|\n))*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `underlined` if it is marked by a line of `=` or `-` below it."""

    span: Span
    title: str
    underlined: bool


@dataclass(frozen=True, slots=True)
class Blocks:
    """What markdown-it-py says of a file: `opaque` is fenced code, front matter and the edges of
    containers, `indented` the other code, `formulas` those in fences and containers, which are
    opaque as well, and `depths` how many quotations each line stands in, empty if there are none.
    """

    opaque: tuple[Span, ...]
    indented: tuple[Span, ...]
    formulas: tuple[Formula, ...]
    headings: tuple[Heading, ...]
    depths: tuple[int, ...]


def blocks(source: Source) -> Blocks:
    """The blocks of `source`; lines are those that markdown-it-py counts, from 0."""
    front = _FRONT_MATTER.match(source.text)
    skipped = front.end() if front else 0
    first = source.position(skipped).line if front else 1
    tokens, containers = _contained(_LINE.findall(dedent(source.text[skipped:])))
    fences = [(_lines(source, token, first), token) for token in tokens if token.type == "fence"]
    edges = [
        Span(source.start(first + line), source.start(first + line + 1))
        for container in containers
        for line in container.lines
    ]
    opaque = [*edges, *(span for span, _ in fences), *([Span(0, skipped)] if front else [])]
    headings = [*_headings(source, tokens, first), *_theorems(source, containers, first)]
    return Blocks(
        opaque=tuple(sorted(opaque)),
        indented=tuple(
            _lines(source, token, first) for token in tokens if token.type == "code_block"
        ),
        formulas=(
            *_math_fences(source, fences),
            *_math_divs(source, containers, first),
        ),
        headings=tuple(sorted(headings, key=lambda heading: heading.span)),
        depths=_depths(source, tokens, first),
    )


def _contained(lines: list[str]) -> tuple[list[Token], list[Container]]:
    """The tokens of a text whose containers are opened, layer by layer, and these containers."""
    containers: list[Container] = []
    for _ in range(_DEEPEST):
        tokens = _parse("".join(lines))
        coded = [token for token in tokens if token.type in _CODE and token.map]
        code = frozenset(line for token in coded for line in range(*(token.map or (0, 0))))
        found = [
            fence(lines, token.map[0], token.map[1], token.info, token.markup)
            for token in coded
            if token.type == "fence" and token.map
        ]
        opened = [container for container in found if container]
        opened += divs(lines, code)
        if not opened:
            break
        containers += opened
        for line in (line for container in opened for line in container.lines):
            lines[line] = _EDGE.sub(r"\1\2", lines[line])
    return tokens, containers


def _theorems(source: Source, containers: list[Container], first: int) -> Iterator[Heading]:
    """The announcements of containers, on the lines that open them."""
    for container in containers:
        if container.theorem:
            line = first + container.lines[0]
            yield Heading(
                Span(source.start(line), source.start(line + 1)), container.theorem, False
            )


def _math_divs(source: Source, containers: list[Container], first: int) -> Iterator[Formula]:
    """The formulas between colons that are marked `math`."""
    for container in containers:
        if container.math:
            start, end = (source.start(first + line) for line in container.math)
            last = source.start(first + container.lines[-1] + 1)
            options = _OPTION.match(source.text, start, end)
            body = Span(options.end() if options else start, end)
            whole = Span(source.start(first + container.lines[0]), last)
            yield Formula(whole, body, "display")


def _parse(text: str) -> list[Token]:
    """The block tokens of CommonMark; what stands inside lines is left alone."""
    from markdown_it import MarkdownIt  # here, so that only Markdown files pay for it

    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser.parse(text)


def _lines(source: Source, token: Token, first: int) -> Span:
    """The lines of a block, their ends included."""
    start, end = token.map or (0, 0)
    return Span(source.start(first + start), source.start(first + end))


def _math_fences(source: Source, fences: list[tuple[Span, Token]]) -> Iterator[Formula]:
    """The formulas in fences that are marked `math`."""
    for span, token in fences:
        if _MATH_FENCE.fullmatch(token.info):
            opening = source.position(span.start).line
            start = min(source.start(opening + 1), span.end)
            options = _OPTION.match(source.text, start, span.end)
            start = options.end() if options else start
            yield Formula(span, Span(start, max(start, _fence_end(source, span, token))), "display")


def _fence_end(source: Source, span: Span, token: Token) -> int:
    """Where the content of a fence ends: before its last line, if that closes it."""
    last = source.position(max(span.start, span.end - 1)).line
    closes = source.line(last).strip(" \t>").startswith(token.markup)
    return source.start(last) if closes else span.end


def _headings(source: Source, tokens: list[Token], first: int) -> Iterator[Heading]:
    for token, content in itertools.pairwise(tokens):
        if token.type == "heading_open":
            lines = _lines(source, token, first)
            text = source.slice(lines)
            end = lines.start + len(text.rstrip())
            start = min(lines.start + len(text) - len(text.lstrip()), end)
            title = content.content if content.type == "inline" else ""
            yield Heading(Span(start, end), title, token.markup in ("=", "-"))


def _depths(source: Source, tokens: list[Token], first: int) -> tuple[int, ...]:
    """How many quotations each line stands in, by line from 1 (index 0 is not used)."""
    changes: dict[int, int] = {}
    for token in tokens:
        if token.type == "blockquote_open" and token.map:
            start, end = token.map
            changes[first + start] = changes.get(first + start, 0) + 1
            changes[first + end] = changes.get(first + end, 0) - 1
    last = source.position(len(source.text)).line
    counts = (changes.get(line, 0) for line in range(last + 1))
    return tuple(itertools.accumulate(counts)) if changes else ()

"""The blocks of a Markdown file as markdown-it-py sees them: code, headings and quotations."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from proofcheck.document.admonitions import dedent
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
_OPTION = re.compile(r"(?:[ \t>]*:[a-z-]+:[^\r\n]*(?:\r\n?|\n))*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `underlined` if it is marked by a line of `=` or `-` below it."""

    span: Span
    title: str
    underlined: bool


@dataclass(frozen=True, slots=True)
class Blocks:
    """What markdown-it-py says of a file: `opaque` is fenced code and front matter, `indented` the
    other code, `formulas` the fences with mathematics, which are opaque as well, and `depths` how
    many quotations each line stands in, empty if there are none."""

    opaque: tuple[Span, ...]
    indented: tuple[Span, ...]
    formulas: tuple[Formula, ...]
    headings: tuple[Heading, ...]
    depths: tuple[int, ...]


def blocks(source: Source) -> Blocks:
    """The blocks of `source`; lines are those that markdown-it-py counts, from 0."""
    front = _FRONT_MATTER.match(source.text)
    skipped = front.end() if front else 0
    tokens = _parse(dedent(source.text[skipped:]))
    first = source.position(skipped).line if front else 1
    fences = [(_lines(source, token, first), token) for token in tokens if token.type == "fence"]
    opaque = [Span(0, skipped)] if front else []
    return Blocks(
        opaque=(*opaque, *(span for span, _ in fences)),
        indented=tuple(
            _lines(source, token, first) for token in tokens if token.type == "code_block"
        ),
        formulas=tuple(_math_fences(source, fences)),
        headings=tuple(_headings(source, tokens, first)),
        depths=_depths(source, tokens, first),
    )


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

"""From the formulas, comments and boundaries of a text to the parts of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from proofcheck.document.delimiters import Mark
from proofcheck.document.document import (
    Boundary,
    Comment,
    Document,
    Excerpt,
    MathBlock,
    Part,
    Problem,
    Prose,
)
from proofcheck.document.formulas import Formula
from proofcheck.document.source import Source, Span

_POST_EDGE = re.compile(r"\s*\\(?:begingroup|endgroup)\s*")


@dataclass(frozen=True, slots=True)
class Cut:
    """A region of a text that is not prose: a part of the document, or nothing (code)."""

    span: Span
    part: Part | None = None


def block(source: Source, formula: Formula, dropped: Sequence[Span] = ()) -> Cut:
    """A formula as a part. `dropped` are spans inside it that are left out of its body, in order.

    `$\\begingroup$` and `$\\endgroup$` are the edges of posts on question-and-answer pages.
    """
    if _POST_EDGE.fullmatch(source.slice(formula.body)):
        return Cut(formula.span, Boundary("answer", "", formula.span))
    excerpt = _excerpt(source, formula.body, dropped)
    return Cut(formula.span, MathBlock(excerpt, formula.span, formula.environment))


def _excerpt(source: Source, body: Span, dropped: Sequence[Span]) -> Excerpt:
    pieces: list[str] = []
    segments: list[tuple[int, int]] = [(0, body.start)]
    length, offset = 0, body.start
    for gap in dropped:
        pieces.append(source.text[offset : gap.start])
        length += gap.start - offset
        offset = gap.end
        segments.append((length, offset))
    pieces.append(source.text[offset : body.end])
    return Excerpt("".join(pieces), tuple(segments))


def comment(source: Source, mark: Mark, opener: str = "<!--", closer: str = "-->") -> Cut:
    """A comment as a part, its text without what opens and closes it."""
    span = Span(mark.start, mark.end)
    text = source.text[span.start + len(opener) : span.end - len(closer)]
    return Cut(span, Comment(text, span))


def assemble(source: Source, cuts: Iterable[Cut], problems: Iterable[Problem]) -> Document:
    """The document with prose between the cuts. Of two cuts that overlap the earlier stays, and
    of two that start together the longer."""
    parts: list[Part] = []
    offset = 0
    for cut in sorted(cuts, key=lambda cut: (cut.span.start, -cut.span.end)):
        if cut.span.start < offset:
            continue
        parts += _prose(source, offset, cut.span.start)
        if cut.part:
            parts.append(cut.part)
        offset = cut.span.end
    parts += _prose(source, offset, len(source.text))
    return Document(source, tuple(parts), tuple(sorted(problems, key=lambda problem: problem.span)))


def _prose(source: Source, start: int, end: int) -> list[Part]:
    """The prose between two cuts, if there is any but white space."""
    span = Span(start, end)
    text = source.slice(span)
    return [Prose(text, span)] if text.strip() else []

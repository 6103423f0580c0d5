"""Reads Markdown: markdown-it-py finds the blocks, the formulas are cut from the text as it stands.

Its inline rules are not used: they would read `\\\\` in a formula as an escaped backslash.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from proofcheck.document.answers import answers
from proofcheck.document.assembly import Cut, assemble, block, comment
from proofcheck.document.delimiters import Mark
from proofcheck.document.document import Boundary, Document
from proofcheck.document.formulas import Dialect, Formula, find
from proofcheck.document.markdown_blocks import Blocks, Heading, blocks
from proofcheck.document.markdown_marks import mark
from proofcheck.document.plausibility import is_mathematics
from proofcheck.document.source import Source, Span

_REPORTED = frozenset(("$$",))
_LABEL = re.compile(r"[ \t]*(?:\([\w:.-]+\)|\{\#[^{}\r\n]*\})[ \t]*(?=[\r\n]|\Z)")
_NUMBERED = re.compile(r"\(\\#[\w:-]+\)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def read(source: Source) -> Document:
    """The parts of a Markdown file; code and front matter are none of them."""
    found = blocks(source)
    marks = mark(source.text, [Mark("fence", span.start, span.end) for span in found.opaque])
    dialect = Dialect(is_mathematics, _inside(found.indented), _REPORTED)
    formulas, problems = find(source.text, marks, dialect)
    comments = [mark for mark in marks.marks if mark.kind == "comment"]
    elements = [Span(mark.start, mark.end) for mark in marks.marks if mark.kind == "element"]
    body = _Body(source, found, tuple(Span(mark.start, mark.end) for mark in comments))
    cuts = [
        *(block(source, formula, body.dropped(formula)) for formula in formulas),
        *(block(source, formula, body.dropped(formula)) for formula in found.formulas),
        *(comment(source, mark) for mark in comments),
        *_headings(found.headings, formulas),
        *(Cut(span) for span in (*found.opaque, *found.indented, *elements)),
        *(Cut(Span(*label.span())) for label in _labels(source.text, formulas)),
        *answers(source),
    ]
    return assemble(source, cuts, problems)


def _inside(spans: Sequence[Span]) -> Callable[[int], bool]:
    """Whether an offset lies in one of `spans`, which are in order."""
    starts = [span.start for span in spans]

    def inside(offset: int) -> bool:
        index = bisect.bisect_right(starts, offset) - 1
        return index >= 0 and offset < spans[index].end

    return inside


def _labels(text: str, formulas: Sequence[Formula]) -> Iterator[re.Match[str]]:
    """The labels that MyST and Quarto put behind a display."""
    for formula in formulas:
        if formula.environment == "display" and (found := _LABEL.match(text, formula.span.end)):
            yield found


def _headings(headings: Sequence[Heading], formulas: Sequence[Formula]) -> Iterator[Cut]:
    """The boundaries at headings; a line of a formula that looks like one is not."""
    starts = [formula.span.start for formula in formulas]
    for heading in headings:
        span = heading.span
        index = max(0, bisect.bisect_right(starts, span.start) - 1)
        touching = formulas[index : bisect.bisect_left(starts, span.end)]
        if not any(_claims(formula, heading) for formula in touching):
            yield Cut(span, Boundary("section", heading.title, span))


def _claims(formula: Formula, heading: Heading) -> bool:
    """Whether what looks like a heading is a part of a formula, or a display over a rule."""
    ours, theirs = formula.span, heading.span
    if ours.end <= theirs.start:
        return False
    within = theirs.start <= ours.start and ours.end <= theirs.end
    return not within or (heading.underlined and formula.environment != "inline")


@dataclass(frozen=True, slots=True)
class _Body:
    """What in a formula is Markdown's and not the formula's."""

    source: Source
    blocks: Blocks
    comments: tuple[Span, ...]

    def dropped(self, formula: Formula) -> list[Span]:
        """The comments, the `>` of quotations and the backslashes of `\\_` and `\\*` in the body
        of a formula, and bookdown's labels `(\\#eq:name)`."""
        first = bisect.bisect_left(self.comments, Span(formula.body.start, 0))
        last = bisect.bisect_left(self.comments, Span(formula.body.end, 0))
        spans = [*self.comments[first:last], *self._quotes(formula), *self._escapes(formula)]
        return _disjoint(sorted(spans))

    def _escapes(self, formula: Formula) -> Iterator[Span]:
        text, body = self.source.text, formula.body
        for match in _ESCAPED.finditer(text, body.start, body.end):
            if match[1] in "_*":
                yield Span(match.start(), match.start() + 1)
        for match in _NUMBERED.finditer(text, body.start, body.end):
            yield Span(*match.span())

    def _quotes(self, formula: Formula) -> Iterator[Span]:
        """The marks of quotations at the starts of lines, but not more than stand at the formula's
        own line."""
        if not self.blocks.depths:
            return
        opening = self.source.position(formula.span.start).line
        last = self.source.position(formula.body.end).line
        for line in range(opening + 1, last + 1):
            depth = min(self.blocks.depths[opening], self.blocks.depths[line])
            start = max(self.source.start(line), formula.body.start)
            marker = re.compile(rf"(?:[ \t]*>[ \t]?){{0,{depth}}}")
            if match := marker.match(self.source.text, start, formula.body.end):
                yield Span(*match.span())


def _disjoint(spans: list[Span]) -> list[Span]:
    """The spans that are not empty and do not start inside the one kept before them."""
    kept: list[Span] = []
    for span in spans:
        if span.start < span.end and (not kept or kept[-1].end <= span.start):
            kept.append(span)
    return kept

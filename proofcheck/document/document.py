"""What a file says, in order: prose, mathematics, comments and the boundaries between its parts."""

from __future__ import annotations

import bisect
from dataclasses import dataclass

from proofcheck.document.source import Source, Span


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Text taken from a source, perhaps with characters left out (the `> ` of a quotation).

    `segments` pairs an offset in `text` with the offset in the source of the same character;
    between two pairs both run in step.
    """

    text: str
    segments: tuple[tuple[int, int], ...]

    def origin(self, offset: int) -> int:
        """The offset in the source of the character at `offset` of this text."""
        index = bisect.bisect_right(self.segments, (offset, 1 << 62)) - 1
        mine, theirs = self.segments[index]
        return theirs + offset - mine

    def span(self, start: int, end: int) -> Span:
        """The span in the source from the character at `start` to the one before `end`."""
        first = self.origin(start)
        return Span(first, self.origin(end - 1) + 1 if end > start else first)

    @classmethod
    def of(cls, source: Source, span: Span) -> Excerpt:
        """The characters of `span`, with none left out."""
        return cls(source.slice(span), ((0, span.start),))


@dataclass(frozen=True, slots=True)
class Prose:
    """Words between formulas, as they stand in the file."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A formula: `body` is what stands between its delimiters, `span` includes them.

    `environment` is `inline`, `display` (`$$` and `\\[`) or the name of the LaTeX environment
    (`align*`), whose `\\begin` and `\\end` are then not part of the body.
    """

    body: Excerpt
    span: Span
    environment: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of the document's language; `text` is what stands between its delimiters."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Boundary:
    """The start of a section, an answer, a theorem or a proof: what was said before it weighs less.

    `kind` is `section`, `answer`, `statement` (a theorem, an example and their like) or `proof`;
    `title` the words that announce it.
    """

    kind: str
    title: str
    span: Span


Part = Prose | MathBlock | Comment | Boundary


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a part of the file from being read, in one sentence."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """A file as its reader understood it. Parts are in the order of the file and do not overlap.

    What the `inherited` documents define is known in this one, a later one before an earlier. What
    the directives of the `preamble` say holds as if they stood at the top.
    """

    source: Source
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...] = ()
    inherited: tuple[Document, ...] = ()
    preamble: Document | None = None

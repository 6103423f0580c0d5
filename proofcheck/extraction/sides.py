"""The sides of equations: their tokens without what says nothing, and their LaTeX as written."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from proofcheck.document.document import Excerpt
from proofcheck.document.source import Source, Span
from proofcheck.document.tokens import Token
from proofcheck.extraction.derivation import Side
from proofcheck.extraction.items import SIZED, Flat
from proofcheck.extraction.spacing import SPACES

_TRIMMED = SPACES | frozenset((",", ";", "，", "。", r"\square", r"\Box", r"\qquad", r"\quad"))
LONGEST = 2_001
"""How many tokens of a side are kept: one more than are read."""
_NAME = re.compile(r"\\[A-Za-z]+\s*")
_DOTTED = SIZED | {"."}
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\r\n]*")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class SideMaker:
    """Makes the sides of one formula; `body` is its text and where that stands in `source`."""

    flat: Flat
    source: Source
    body: Excerpt

    def side(self, indices: Sequence[int]) -> Side | None:
        """The side with the tokens at `indices`; None if nothing of it remains."""
        kept = _trimmed(self.flat.tokens, indices)
        if not kept:
            return None
        tokens = tuple([self.flat.tokens[index] for index in kept])
        if all(token.text == "?" for token in tokens):
            return None
        start = min([token.span.start for token in tokens])
        end = max([token.span.end for token in tokens])
        return Side(tokens[:LONGEST], self._text(kept, start, end), Span(start, end))

    def _text(self, kept: Sequence[int], start: int, end: int) -> str:
        """The author's LaTeX from `start` to `end` without the tokens that were dropped."""
        whole = kept[-1] - kept[0] + 1 == len(kept)
        if whole and self.flat.coloured.isdisjoint(kept):
            return _tidy(self._slice(start, end))
        pieces: list[str] = []
        for hole in sorted(self._holes(kept)):
            if hole.start > start:
                pieces.append(self._slice(start, hole.start))
            start = max(start, hole.end)
        pieces.append(self._slice(start, end))
        return _tidy(" ".join(pieces))

    def _holes(self, kept: Sequence[int]) -> Iterator[Span]:
        """The spans of the dropped tokens between the first and the last of a side.

        A token from the body of a macro has the span of the call, which is only left out if no
        token that was kept comes from the same call.
        """
        tokens = self.flat.tokens
        for before, after in pairwise(kept):
            for index in range(before + 1, after):
                hole = tokens[index].span
                if hole.start >= tokens[before].span.end and hole.end <= tokens[after].span.start:
                    yield hole
        for index in self.flat.coloured.intersection(kept):
            start = tokens[index].span.start
            name = _NAME.match(self.source.text, start)
            if name:
                yield Span(start, name.end())

    def _slice(self, start: int, end: int) -> str:
        """The characters between two offsets of the source that are part of the formula."""
        if len(self.body.segments) == 1:
            return self.source.text[start:end]
        return self.body.text[self._inverse(start) : self._inverse(end - 1) + 1]

    def _inverse(self, offset: int) -> int:
        """The offset in the formula of the character at `offset` of the source."""
        index = bisect.bisect_right(self.body.segments, offset, key=itemgetter(1)) - 1
        mine, theirs = self.body.segments[max(index, 0)]
        return mine + offset - theirs


def _trimmed(tokens: Sequence[Token], indices: Sequence[int]) -> Sequence[int]:
    """The tokens without spaces and punctuation at both ends."""
    start, stop = 0, len(indices)
    while start < stop and tokens[indices[start]].text in _TRIMMED:
        start += 1
    while start < stop and _ends(tokens, indices, start, stop):
        stop -= 1
    return indices[start:stop] if stop - start < len(indices) else indices


def _ends(tokens: Sequence[Token], indices: Sequence[int], start: int, stop: int) -> bool:
    r"""Whether the last token says nothing; the dots of `\right.` and `...` do."""
    text = tokens[indices[stop - 1]].text
    if text != ".":
        return text in _TRIMMED
    return stop - start < 2 or tokens[indices[stop - 2]].text not in _DOTTED


def _tidy(text: str) -> str:
    """The text on one line, without comments."""
    if "%" in text:
        text = _COMMENT.sub(r"\1", text)
    if "\n" in text or "\r" in text or "  " in text:
        text = _BLANK.sub(" ", text)
    return text.strip()

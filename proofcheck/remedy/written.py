"""A side as it is written: its tokens, their brackets, and edits of them.

An edit replaces a range of tokens by others, or by new text. It is an edit of the file as well, as
long as no macro of the author is cut in two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind, tokenize_text
from proofcheck.formula.expr import Expr
from proofcheck.numeric.verdict import Edit

Range = tuple[int, int]
Tokens = tuple[Token, ...]
Piece = str | Tokens
_OPENING = {"(": ")", "[": "]", "{": "}", r"\{": r"\}"}
_CLOSING = frozenset(_OPENING.values())
_SIZES = frozenset(
    r"\left \right \big \Big \bigg \Bigg \bigl \Bigl \biggl \Biggl \bigr \Bigr".split()
)


@dataclass(frozen=True, slots=True)
class Splice:
    """Puts pieces in the place of the tokens from `start` to `stop`.

    `after` says that pieces put between two tokens belong to the one before.
    """

    start: int
    stop: int
    pieces: tuple[Piece, ...]
    after: bool = False


class Written:
    """The tokens of a side, and where its brackets close."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.partner = _partners(tokens)

    def range_of(self, expr: Expr) -> Range | None:
        """The tokens of an expression, with the brackets that its span cuts off."""
        span = expr.span
        inside = [i for i, t in enumerate(self.tokens) if _within(t.span, span)]
        if not inside or inside[-1] - inside[0] + 1 != len(inside):
            return None
        return self._closed(inside[0], inside[-1] + 1)

    def _closed(self, start: int, stop: int) -> Range:
        """The range with the other ends of the brackets in it."""
        for index in range(start, stop):
            other = self.partner.get(index)
            if other is not None:
                start, stop = min(start, other), max(stop, other + 1)
        return self._sized(start, stop)

    def _sized(self, start: int, stop: int) -> Range:
        """The range with the `\\left` in front of its first bracket."""
        if start and self.tokens[start - 1].text in _SIZES and start in self.partner:
            start -= 1
        return start, stop

    def enclosed(self, at: Range) -> Range:
        """The range with the round or square brackets directly around it, if there are any."""
        start, stop = at
        if stop < len(self.tokens) and self.tokens[stop].text in _SIZES:
            stop += 1
        if start > 0 and self.partner.get(start - 1) == stop and stop < len(self.tokens):
            if self.tokens[start - 1].kind is not TokenKind.OPEN:
                return self._sized(start - 1, stop + 1)
        return at

    def inner(self, at: Range) -> Range:
        """The range without the brackets that hold all of it."""
        start, stop = at
        start += self.tokens[start].text in _SIZES
        if stop - start > 2 and self.partner.get(start) == stop - 1:
            last = stop - 1
            return start + 1, last - (self.tokens[last - 1].text in _SIZES)
        return at

    def script(self, at: Range) -> Range | None:
        """The superscript or the primes at the end of a range."""
        start, stop = at
        if self.tokens[stop - 1].text == "'":
            return stop - 1, stop
        first = self.partner.get(stop - 1, stop - 1)
        if first - 1 > start and self.tokens[first - 1].text == "^":
            return first - 1, stop
        return None

    def piece(self, at: Range) -> Tokens:
        """The tokens of a range."""
        return self.tokens[at[0] : at[1]]

    def brackets(self) -> Iterator[tuple[Range, Range]]:
        """Every pair of round or square brackets with their sizes: the opening, the closing."""
        for first, last in sorted(self.partner.items()):
            if first < last and self.tokens[first].text in ("(", "["):
                opening = first - (first > 0 and self.tokens[first - 1].text in _SIZES)
                closing = last - (self.tokens[last - 1].text in _SIZES)
                yield (opening, first + 1), (closing, last + 1)

    def spliced(self, splices: Iterable[Splice]) -> Tokens | None:
        """The tokens after the splices, None if these overlap."""
        made: list[Token] = []
        index = 0
        for splice in sorted(splices, key=lambda s: (s.start, s.stop)):
            if splice.start < index:
                return None
            made += self.tokens[index : splice.start]
            for piece in splice.pieces:
                made += tokenize_text(piece) if isinstance(piece, str) else piece
            index = splice.stop
        return (*made, *self.tokens[index:])

    def edit(self, splice: Splice) -> Edit | None:
        """The splice as an edit of the file, None if it would cut a macro in two."""
        where = self._replaced(splice) if splice.start < splice.stop else self._between(splice)
        pieces = [_source(piece) for piece in splice.pieces]
        if where is None or None in pieces:
            return None
        return Edit(where, tuple(piece for piece in pieces if piece is not None))

    def _replaced(self, splice: Splice) -> Span | None:
        """The characters of the tokens that are replaced, if they are those of no others."""
        whole = _covered(self.tokens[splice.start : splice.stop])
        others = (*self.tokens[: splice.start], *self.tokens[splice.stop :])
        shared = any(
            o.span.start < whole.end and whole.start < o.span.end and not _around(o.span, whole)
            for o in others
        )
        return None if shared else whole

    def _between(self, splice: Splice) -> Span | None:
        """The place between two tokens: inside of a macro's call only in an argument of it."""
        index = splice.start
        before = self.tokens[index - 1].span if index else None
        after = self.tokens[index].span if index < len(self.tokens) else None
        if before is None or after is None:
            place = after.start if after is not None else before.end if before is not None else 0
        elif before.end <= after.start:
            place = before.end if splice.after else after.start
        elif _around(after, before):
            place = before.end
        elif _around(before, after):
            place = after.start
        else:
            return None
        beside = before if before is not None and place == before.end else after
        at = [i for i, token in enumerate(self.tokens) if token.span == beside]
        return Span(place, place) if at and at[-1] - at[0] + 1 == len(at) else None


def _covered(tokens: Tokens) -> Span:
    """The characters from the first of some tokens to the last."""
    return Span(min(t.span.start for t in tokens), max(t.span.end for t in tokens))


def _around(span: Span, other: Span) -> bool:
    """Whether a span holds another one and more."""
    return span != other and span.start <= other.start and other.end <= span.end


def _partners(tokens: Sequence[Token]) -> dict[int, int]:
    """The other bracket of each bracket that has one."""
    partner: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.text in _OPENING:
            opened.append(index)
        elif token.text in _CLOSING and opened:
            if _OPENING[tokens[opened[-1]].text] == token.text:
                first = opened.pop()
                partner[first], partner[index] = index, first
    return partner


def _within(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end and other.start < other.end


def _source(piece: Piece) -> Span | str | None:
    """Where the tokens of a piece stand in the file, None if they are not all that stands there."""
    if isinstance(piece, str):
        return piece
    if not piece:
        return ""
    spans = [token.span for token in piece]
    in_order = all(a.start <= b.start for a, b in pairwise(spans))
    return _covered(piece) if in_order else None

r"""A bold `d` that is the differential: `\mathbf dX`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from proofcheck.document.tokens import Token, TokenKind

_BOLD = frozenset((r"\mathbf", r"\boldsymbol", r"\bm"))
_LONGEST = 4


def with_upright(words: Sequence[Token]) -> list[Token]:
    r"""The lexemes with `\mathrm d` for a bold `d`."""
    found = list(words)
    for index, _ in _occurrences(words):
        found[index] = replace(words[index], text=r"\mathrm")
    return found


def is_differential(sides: Sequence[Sequence[Token]]) -> bool:
    """Whether a bold `d` is the differential wherever it stands: before a letter."""
    followers = [
        words[stop] if stop < len(words) else None
        for words in sides
        for _, stop in _occurrences(words)
    ]
    return bool(followers) and all(word is not None and _may_move(word) for word in followers)


def _occurrences(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where a bold `d` begins and ends."""
    for index, word in enumerate(words):
        if word.text in _BOLD:
            texts = [other.text for other in words[index + 1 : index + _LONGEST]]
            length = 2 if texts[:1] == ["d"] else _LONGEST * (texts == ["{", "d", "}"])
            if length:
                yield index, index + length


def _may_move(word: Token) -> bool:
    return word.kind is TokenKind.LETTER or word.text in _BOLD

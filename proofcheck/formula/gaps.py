r"""Wide spaces that may separate the blocks of a row: `[A\; B]`.

As a rule a space says nothing, and `[A\; B]` is the product in brackets. Its places are kept for
the reading in which the blocks stand side by side. The numbered parts of one matrix do so in every
reading: `[X_1\; X_2]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from proofcheck.document.tokens import Token, TokenKind

GAP = r"\gap"
"""The text of the token for a wide space."""

_WIDE = frozenset((r"\;", r"\:", r"\>", r"\ ", r"\enspace", r"\quad", r"\qquad", "~"))
_SIDES = frozenset((r"\left", r"\right", r"\,", r"\!"))
_JOINS = frozenset(("+", "=", ",", ";", ":", "&", r"\\"))


def gaps(tokens: Sequence[Token]) -> frozenset[int]:
    """The indices of the wide spaces between factors in square brackets; linear in the tokens."""
    found: set[int] = set()
    levels: list[_Level] = []
    for index, token in enumerate(tokens):
        if token.text == "[" or token.kind in (TokenKind.OPEN, TokenKind.BEGIN):
            _mark(levels)
            levels.append(_Level(token.text == "["))
        elif token.text == "]" or token.kind in (TokenKind.CLOSE, TokenKind.END):
            if levels and (level := levels.pop()).square == (token.text == "]"):
                found.update(level.between())
        elif levels and token.text in _WIDE:
            levels[-1].waiting = index
        elif levels and token.text not in _SIDES:
            _mark(levels)
            levels[-1].joined |= token.text in _JOINS
    return frozenset(found)


def without_gaps(words: Sequence[Token]) -> list[Token]:
    """The lexemes without wide spaces, but for those between numbered parts of one matrix."""
    kept: set[int] = set()
    opened = -1
    for index, word in enumerate(words):
        if word.text == "[":
            opened = index
        elif word.text == "]" and opened >= 0:
            if _are_parts(words[opened + 1 : index]):
                kept.update(range(opened, index))
            opened = -1
    return [word for index, word in enumerate(words) if word.text != GAP or index in kept]


def _are_parts(words: Sequence[Token]) -> bool:
    """Whether one letter with several numbers below stands between wide spaces."""
    elements: list[list[str]] = [[]]
    for word in words:
        if word.text == GAP:
            elements.append([])
        else:
            elements[-1].append(word.text)
    stems = [list(takewhile(lambda text: text != "_", element)) for element in elements]
    numbers = {
        "".join(element[len(stem) + 1 :]).strip("{}")
        for stem, element in zip(stems, elements, strict=True)
    }
    apart = len(numbers) == len(elements) and all(number.isdigit() for number in numbers)
    return len(elements) > 1 and apart and bool(stems[0]) and all(s == stems[0] for s in stems)


class _Level:
    """A bracket that is open: the spaces in it, and whether it holds more than factors."""

    def __init__(self, square: bool) -> None:
        self.square, self.joined, self.begun = square, False, False
        self.waiting = -1
        self.spaces: list[int] = []

    def between(self) -> list[int]:
        """The spaces, if all that stands between them are factors."""
        return self.spaces if self.square and not self.joined else []


def _mark(levels: list[_Level]) -> None:
    """Takes in that something stands behind the space that was met last."""
    if levels:
        level = levels[-1]
        if level.begun and level.waiting >= 0:
            level.spaces.append(level.waiting)
        level.begun, level.waiting = True, -1

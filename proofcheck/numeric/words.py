"""Words of letters that do not commute, with the scalars that do: the terms of a normal form.

A letter has a row axis and a column axis, named by text; `1` is the axis of a scalar or a column.
A word whose ends are both `1` is a scalar, and a trace is a word that is read round. A term is a
product of scalar words to whole powers and of one other word, summed over bound indices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

ONE = "1"
MOST_LETTERS = 60


class TooLarge(Exception):
    """A normal form has more terms, or longer ones, than a check may take."""


class Letter(NamedTuple):
    """A symbol, its differential, or what is taken as a letter, with its transpose and inverse.

    `kind` and `name` say what it is; `indices` are the letters below it and `inside` the normal
    forms of its arguments. `traits` are what is known of it, `order` counts its differentials.
    """

    kind: str
    name: str
    rows: str = ONE
    columns: str = ONE
    traits: tuple[str, ...] = ()
    order: int = 0
    flipped: bool = False
    inverted: bool = False
    indices: tuple[str, ...] = ()
    inside: tuple[Frozen, ...] = ()

    @property
    def first(self) -> str:
        """The axis of its rows."""
        return self.columns if self.flipped else self.rows

    @property
    def last(self) -> str:
        """The axis of its columns."""
        return self.rows if self.flipped else self.columns


Word = tuple[Letter, ...]
Factors = tuple[tuple[Word, int], ...]


class Term(NamedTuple):
    """Scalar words with their exponents, a word, and the indices summed over, with their axes."""

    factors: Factors = ()
    word: Word = ()
    bounds: tuple[tuple[str, str], ...] = ()

    def letters(self) -> Iterator[Letter]:
        """All letters, those of a power once."""
        for word, _ in self.factors:
            yield from word
        yield from self.word


class Frozen(NamedTuple):
    """A normal form inside of a letter: its axes, and its terms in order, as numbers and terms."""

    rows: str
    columns: str
    terms: tuple[tuple[Term, int, int], ...]


def size(axis: str) -> Letter:
    """The length of an axis."""
    return Letter("size", axis)


def unit(index: str, axis: str) -> Letter:
    """The column with a one at an index."""
    return Letter("unit", "", axis, ONE, indices=(index,))


def ones(axis: str) -> Letter:
    """The column of ones."""
    return Letter("ones", "", axis, ONE)


def flip(letter: Letter) -> tuple[Letter, int]:
    """The transpose of a letter, and a sign."""
    if (letter.rows, letter.columns) == (ONE, ONE) or "symmetric" in letter.traits:
        return letter, 1
    if "skew-symmetric" in letter.traits:
        return letter, -1
    if "orthogonal" in letter.traits:
        return letter._replace(inverted=not letter.inverted), 1
    return letter._replace(flipped=not letter.flipped), 1


def flip_word(word: Word) -> tuple[Word, int]:
    """The transpose of a word, and a sign."""
    flipped = [flip(letter) for letter in reversed(word)]
    sign = 1
    for _, one in flipped:
        sign *= one
    return tuple(letter for letter, _ in flipped), sign


def inverse(letter: Letter) -> Letter:
    """The inverse of a square letter."""
    if "involutory" in letter.traits:
        return letter
    return letter._replace(inverted=not letter.inverted)


def reduced(letters: Iterable[Letter]) -> Word:
    """A word in which no letter stands beside its inverse."""
    word: list[Letter] = []
    for letter in letters:
        if word and _cancels(word[-1], letter):
            word.pop()
        elif not (word and word[-1] == letter and "idempotent" in letter.traits):
            word.append(letter)
    if len(word) > MOST_LETTERS:
        raise TooLarge
    return tuple(word)


def _cancels(left: Letter, right: Letter) -> bool:
    """Whether the product of two letters is the identity matrix."""
    if left.first != right.last or ONE in (left.rows, left.columns):
        return False
    if "orthonormal columns" in left.traits and left.flipped and flip(left)[0] == right:
        return True
    square = left.rows == left.columns
    return square and inverse(left) == right


def scalars(word: Word) -> tuple[int, list[Word]]:
    """A scalar word, or one that is read round, as a sign and scalar words that stand for
    themselves; the sign is 0 where the scalar is."""
    if word[0].first != ONE:
        cuts = [k for k, letter in enumerate(word) if letter.first == ONE]
        if not cuts:
            return _trace(word)
        word = word[cuts[0] :] + word[: cuts[0]]
    sign, found = 1, []
    for piece in _pieces(word):
        one, canonical = _piece(reduced(piece))
        sign *= one
        found += canonical
    return sign, found


def _pieces(word: Word) -> Iterator[Word]:
    """The parts of a word between its axes that are 1."""
    start = 0
    for k, letter in enumerate(word):
        if letter.last == ONE:
            yield word[start : k + 1]
            start = k + 1


def _piece(word: Word) -> tuple[int, list[Word]]:
    """A row times a column, in the direction that comes first."""
    if len(word) == 2:
        left, right = word
        if left.kind == "unit" == right.kind and not (left.inside or right.inside):
            if left.indices == right.indices:
                return 1, []
            if left.indices[0].isdigit() and right.indices[0].isdigit():
                return 0, []
        if left.kind == "ones" == right.kind:
            return 1, [(size(left.rows),)]
        if {left.kind, right.kind} == {"ones", "unit"}:
            return 1, []
        if "unit" in left.traits and left.order == 0 and flip(left)[0] == right:
            return 1, []
    return _chosen([(word, 1), flip_word(word)])


def _trace(word: Word) -> tuple[int, list[Word]]:
    """A word that is read round, at the rotation and in the direction that come first."""
    axis = word[0].first
    word = reduced(word)
    while len(word) > 1 and (
        _cancels(word[-1], word[0]) or (word[-1] == word[0] and "idempotent" in word[0].traits)
    ):
        axis = word[-1].first
        word = word[1:-1] if _cancels(word[-1], word[0]) else word[1:]
    if not word:
        return 1, [(size(axis),)]
    back, sign = flip_word(word)
    turns = range(len(word))
    return _chosen(
        [(word[k:] + word[:k], 1) for k in turns] + [(back[k:] + back[:k], sign) for k in turns]
    )


def _chosen(options: list[tuple[Word, int]]) -> tuple[int, list[Word]]:
    first = min(word for word, _ in options)
    signs = {sign for word, sign in options if word == first}
    return (0, []) if len(signs) > 1 else (signs.pop(), [first])

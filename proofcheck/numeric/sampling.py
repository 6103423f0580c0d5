"""Random values: rationals that print well first, wider ones later, shaped by what is assumed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from math import prod

from flint import fmpq, fmpq_mat

from proofcheck.formula.shape import Axis, Compound, Dimension, Shape
from proofcheck.inference.readings import Reading
from proofcheck.numeric.arithmetic import Item, Undefined, from_entries, is_grid

_RANGES = ((3, 1), (4, 2), (9, 3), (30, 7))
WIDE = 2 * (len(_RANGES) - 1)
"""The first draw of the widest numbers."""
EQUAL = 18
"""The first draw in which all lengths that nothing fixes are the same."""
_SMALLEST = (2, 3, 4, 5, 6, 7, 8, 9)


@dataclass(slots=True)
class Point:
    """One draw of all sizes and values; values are drawn when they are first asked for.

    `attempt` counts the draws for a step: early ones are small, and in every fourth a square matrix
    is near a multiple of the identity, where it has a logarithm and a root. Values are rationals,
    whatever numbers the step is evaluated in afterwards.
    """

    reading: Reading
    seed: str
    attempt: int
    values: dict[str, Item] = field(default_factory=dict)
    lengths: dict[int, int] = field(default_factory=dict)
    positive: bool = False
    coefficients: dict[str, Item] = field(default_factory=dict)
    _sizes: random.Random = field(default_factory=random.Random)

    def __post_init__(self) -> None:
        self._sizes.seed(f"{self.seed}/{self.attempt}/sizes")

    def generator(self, purpose: str) -> random.Random:
        """A generator of its own for each purpose, so that draws do not depend on their order."""
        return random.Random(f"{self.seed}/{self.attempt}/{purpose}")

    def length(self, axis: Axis) -> int:
        """The number drawn for an axis; different dimensions get different numbers."""
        unifier = self.reading.unifier
        axis = unifier.find(axis)
        match axis:
            case int():
                return axis
            case Compound(operator=operator, parts=parts):
                lengths = [self.length(part) for part in parts]
                if operator == "triangle":
                    return lengths[0] * (lengths[0] + 1) // 2
                total = sum(lengths) if operator == "plus" else prod(lengths)
                if total < 1:
                    raise Undefined("an axis has no length")
                return total
            case Dimension(number=number):
                if number not in self.lengths:
                    self.lengths[number] = self._new_length(unifier.shortest(axis))
                return self.lengths[number]

    def _new_length(self, least: int) -> int:
        used = set(self.lengths.values())
        if self.attempt >= EQUAL:
            return max(_SMALLEST[1], least)
        choices = [n for n in _SMALLEST[self.attempt % 2 :] if n not in used and n >= least]
        return self._sizes.choice(choices[: 3 if self.attempt else 2]) if choices else least + 1

    def shape(self, shape: Shape) -> tuple[int, ...]:
        """The lengths drawn for a shape."""
        return tuple(self.length(axis) for axis in shape)

    def _range(self) -> tuple[int, int]:
        return _RANGES[min(self.attempt // 2, len(_RANGES) - 1)]

    def number(self, generator: random.Random) -> fmpq:
        """A random rational that is not zero."""
        top, bottom = self._range()
        value = int(generator.random() * 2 * top) - top
        value += value >= 0
        if self.positive:
            value = abs(value)
            if self.attempt % 2:  # between 0 and 1, for the likes of 1 - x^2 under a root
                return fmpq(value, top + 1)
        return fmpq(value, 1 + int(generator.random() * bottom)) if bottom > 1 else fmpq(value)

    def draw(self, key: str, shape: Shape, properties: frozenset[str]) -> Item:
        """The value of a free variable."""
        if key not in self.values:
            self.values[key] = self._value(key, self.shape(shape), properties)
        return self.values[key]

    def counts(self, key: str, shape: Shape, longest: Axis) -> Item:
        """Whole numbers from 1 to the length of an axis, as many as are elements in groups."""
        if key not in self.values:
            generator, top = self.generator(key), self.length(longest)
            lengths = self.shape(shape)
            entries = [fmpq(generator.randint(1, top)) for _ in range(prod(lengths))]
            self.values[key] = from_entries(lengths, entries)
        return self.values[key]

    def _value(self, key: str, shape: tuple[int, ...], properties: frozenset[str]) -> Item:
        generator = self.generator(key)
        item = self.entries(generator, shape)
        if not is_grid(item):
            return abs(item) if "positive" in properties else item
        if "positive" in properties:
            item = from_entries(shape, [abs(entry) for entry in item.entries()])
        if (self.positive or self.attempt % 4 == 3) and shape[0] == shape[1]:
            item = item + _identity(shape[0]) * (shape[0] * self._range()[0])
        for word, shaped in _SHAPED.items():
            if word in properties:
                try:
                    return shaped(item)
                except ValueError:
                    raise Undefined(f"a matrix said to be {word} is not square") from None
        return item

    def atom(self, key: str, shape: Shape, properties: frozenset[str], number: int) -> Item:
        """The value of a random variable at one point of its probability space."""
        return self.draw(f"{key}#{number}", shape, properties)

    def tangent(self, key: str, shape: Shape, properties: frozenset[str]) -> Item:
        """A random direction in which a free variable may move."""
        value = self.draw(key, shape, properties)
        name = f"d{key}"
        if name not in self.values:
            item = self.entries(self.generator(name), self.shape(shape))
            self.values[name] = _along(value, item, properties)
        return self.values[name]

    def weights(self, name: str, shape: tuple[int, ...]) -> Item:
        """Random coefficients of a random map, drawn once for each shape."""
        purpose = f"{name}/{shape}"
        if purpose not in self.coefficients:
            self.coefficients[purpose] = self.entries(self.generator(purpose), shape)
        return self.coefficients[purpose]

    def entries(self, generator: random.Random, shape: tuple[int, ...]) -> Item:
        """Random entries of a shape."""
        return from_entries(shape, [self.number(generator) for _ in range(prod(shape))])


def _identity(size: int) -> fmpq_mat:
    return fmpq_mat(size, size, [int(i == j) for i in range(size) for j in range(size)])


def _symmetric(item: fmpq_mat) -> fmpq_mat:
    return item + item.transpose()


def _skew(item: fmpq_mat) -> fmpq_mat:
    return item - item.transpose()


def _diagonal(item: fmpq_mat) -> fmpq_mat:
    size = item.nrows()
    return fmpq_mat(
        size, size, [item[i, i] if i == j else 0 for i in range(size) for j in range(size)]
    )


def _definite(item: fmpq_mat) -> fmpq_mat:
    return item * item.transpose() + _identity(item.nrows())


def _orthogonal(item: fmpq_mat) -> fmpq_mat:
    """Columns of the Cayley transform of a skew matrix (Golub and Van Loan 2013, 5.1)."""
    rows, columns = item.nrows(), item.ncols()
    size = max(rows, columns)
    skew = fmpq_mat(
        size, size, [fmpq(((i * 7 + j * 3) % 5) - 2) for i in range(size) for j in range(size)]
    )
    for i in range(rows):
        for j in range(columns):
            skew[i, j] = skew[i, j] + item[i, j]
    skew = _skew(skew)
    one = _identity(size)
    whole = (one - skew) * (one + skew).inv()
    return fmpq_mat(rows, columns, [whole[i, j] for i in range(rows) for j in range(columns)])


def _orthonormal(item: fmpq_mat) -> fmpq_mat:
    if item.ncols() > item.nrows():
        raise Undefined("more orthonormal columns than rows")
    return _orthogonal(item)


def _unit(item: fmpq_mat) -> fmpq_mat:
    """The first column of an orthogonal matrix: a rational vector of length one."""
    return _orthogonal(item)


def _idempotent(item: fmpq_mat) -> fmpq_mat:
    """A projection along a random direction: `U D U^-1` with ones and zeros in `D`."""
    size = item.nrows()
    basis = item + _identity(size) * 10
    kept = fmpq_mat(
        size, size, [int(i == j and i % 2 == 0) for i in range(size) for j in range(size)]
    )
    return basis * kept * basis.inv()


def _one_hot(item: fmpq_mat) -> fmpq_mat:
    """A unit vector along an axis that the entries choose."""
    rows, columns = item.nrows(), item.ncols()
    entries = item.entries()
    at = max(range(len(entries)), key=lambda i: entries[i])
    return fmpq_mat(rows, columns, [int(i == at) for i in range(len(entries))])


def _masked(kept: Callable[[int, int], bool]) -> Callable[[fmpq_mat], fmpq_mat]:
    """Zeros outside of the places that are kept."""

    def shape(item: fmpq_mat) -> fmpq_mat:
        rows, columns = item.nrows(), item.ncols()
        places = [(i, j) for i in range(rows) for j in range(columns)]
        return fmpq_mat(rows, columns, [item[i, j] if kept(i, j) else 0 for i, j in places])

    return shape


_lower, _upper = _masked(lambda i, j: i >= j), _masked(lambda i, j: i <= j)


def _toeplitz(item: fmpq_mat) -> fmpq_mat:
    """Constant along the diagonals, by the first row and column (Golub and Van Loan 2013, 4.7)."""
    size = item.nrows()
    places = [(i, j) for i in range(size) for j in range(size)]
    return fmpq_mat(size, size, [item[max(i - j, 0), max(j - i, 0)] for i, j in places])


def _permutation(item: fmpq_mat) -> fmpq_mat:
    """The permutation that sorts the first column."""
    size = item.nrows()
    order = sorted(range(size), key=lambda i: (item[i, 0], i))
    order = order[1:] + order[:1] if order == sorted(order) else order
    return fmpq_mat(size, size, [int(order[i] == j) for i in range(size) for j in range(size)])


_SHAPED: dict[str, Callable[[fmpq_mat], fmpq_mat]] = {
    "positive definite": _definite,
    "positive semidefinite": _definite,
    "diagonal": _diagonal,
    "Toeplitz": _toeplitz,
    "permutation": _permutation,
    "lower triangular": _lower,
    "upper triangular": _upper,
    "symmetric": _symmetric,
    "hermitian": _symmetric,
    "skew-symmetric": _skew,
    "orthogonal": _orthogonal,
    "orthonormal": _orthogonal,
    "orthonormal columns": _orthonormal,
    "unitary": _orthogonal,
    "idempotent": _idempotent,
    "one-hot": _one_hot,
    "unit": _unit,
    "unit vector": _unit,
}
_LINEAR = {
    word: _SHAPED[word] for word in ("diagonal", "Toeplitz", "lower triangular", "upper triangular")
}
_SYMMETRIC = frozenset(("positive definite", "positive semidefinite", "symmetric", "hermitian"))
_ORTHOGONAL = frozenset(("orthogonal", "orthonormal", "orthonormal columns", "unitary"))
_UNIT = frozenset(("unit", "unit vector"))


def _along(value: Item, item: Item, properties: frozenset[str]) -> Item:
    if not is_grid(item):
        return item
    if properties & (_ORTHOGONAL | _UNIT):
        size = value.nrows()
        square = fmpq_mat(
            size, size, [fmpq((i * 5 + j * 3) % 7 - 3) for i in range(size) for j in range(size)]
        )
        return _skew(square) * value
    if "permutation" in properties:
        return item * 0
    for word, shaped in _LINEAR.items():
        if word in properties:
            return shaped(item)
    if properties & _SYMMETRIC:
        return _symmetric(item)
    return _skew(item) if "skew-symmetric" in properties else item

"""Random values: rationals that print well first, wider ones later, shaped by what is assumed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from math import prod

from flint import fmpq, fmpq_mat

from proofcheck.formula.shape import Axis, Compound, Dimension, Shape
from proofcheck.inference.commuting import COMMUTING
from proofcheck.inference.readings import Reading
from proofcheck.numeric.arithmetic import Item, Tensor, Undefined, from_entries, is_grid
from proofcheck.numeric.structures import ORTHOGONAL, ROTATION, direction, identity, structured

_RANGES = ((3, 1, 1), (4, 1, 2), (9, 1, 3))
"""The greatest numerator, and between what the denominators lie, for the first pairs of draws."""
_LATER = ((30, 1, 2), (500, 48, 97))
"""The same for all later ones in turn: some that are whole, and numbers that agree by no chance."""
WIDE = 2 * len(_RANGES) + 1
"""The first draw of the widest numbers."""
_PATTERN = (WIDE, 1, 0)
"""The draws that a claim is tried at which never has to be tried anew."""
EQUAL = 18
"""The first draw in which all lengths that nothing fixes are the same, but in every other of these:
there is room for two blocks in it, and for the rank that matrices are said to have."""
_SMALLEST = (2, 3, 4, 5, 6, 7, 8, 9)


EXTREMES: dict[str, Callable[[fmpq, random.Random], fmpq]] = {
    "ones": lambda value, generator: fmpq(1 if value > 0 else -1),
    "equal": lambda value, generator: fmpq(3, 2),
    "near zero": lambda value, generator: value / 1000,
    "large": lambda value, generator: value * 1000,
    "negative": lambda value, generator: -abs(value),
    "apart": lambda value, generator: value * generator.choice((fmpq(1, 100), fmpq(1), fmpq(100))),
    "alone": lambda value, generator: value,
    "many": lambda value, generator: fmpq(2),
}
"""Numbers at which an inequality is likely to break, of those that are drawn else.

Axes have the length 1, or the least they may have, where values stand `alone`, and are long where
there are `many`.
"""
_LONGEST = 17
_NEAR = 64
_COUNTS = (1, 2, 3, 5, 8, 13)


@dataclass(slots=True)
class Point:
    """One draw of all sizes and values; values are drawn when they are first asked for.

    `attempt` counts the draws for a step: early ones are small, and in every fourth a square matrix
    is near a multiple of the identity, where it has a logarithm and a root. Values are rationals,
    whatever numbers the step is evaluated in afterwards. All lengths of a `small` point that
    nothing fixes are the least. `extreme` is a name of `EXTREMES`, or empty. `above` says how many
    others a dimension has to be greater than, by its number.
    """

    reading: Reading
    seed: str
    attempt: int
    values: dict[str, Item] = field(default_factory=dict)
    lengths: dict[int, int] = field(default_factory=dict)
    positive: bool = False
    small: bool = False
    extreme: str = ""
    above: Counter[int] = field(default_factory=Counter)
    coefficients: dict[str, Item] = field(default_factory=dict)
    reflections: dict[str, int] = field(default_factory=dict)
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
            case Compound(parts=parts):
                total = axis.length([self.length(part) for part in parts])
                if total < 1:
                    raise Undefined("an axis has no length")
                return total
            case Dimension(number=number):
                if number not in self.lengths:
                    found = self._new_length(unifier.shortest(axis))
                    if self.attempt >= EQUAL and self.attempt % 2:
                        found = found * (1 if self._is_part(axis) else 2) + self.above[number]
                    self.lengths[number] = found
                return self.lengths[number]

    def _is_part(self, axis: Dimension) -> bool:
        """Whether a dimension is one of blocks, or none is: a matrix of blocks has to be tall."""
        unifier = self.reading.unifier
        axes = (unifier.find(a) for shape in self.reading.shapes.values() for a in shape)
        sums = [a for a in axes if isinstance(a, Compound) and a.operator == "plus"]
        return not sums or any(unifier.find(part) == axis for a in sums for part in a.parts)

    def _new_length(self, least: int) -> int:
        if self.small:
            return max(_SMALLEST[0], least)
        if self.extreme in ("alone", "many"):
            return max(1 if self.extreme == "alone" else _LONGEST, least)
        used = set(self.lengths.values())
        if self.attempt >= EQUAL:
            return max(_SMALLEST[1], least)
        free = [n for n in _SMALLEST[self.attempt % 2 :] if n not in used and n >= least]
        choices = free[: 3 if self.attempt else 2]
        parity = self._parity()
        fitting = [n for n in choices if n % 2 == parity] or choices
        return self._sizes.choice(fitting) if fitting else least + 1

    def _parity(self) -> int:
        """What the next length is modulo 2, if it can be.

        `\\det(-A) = -\\det(A)` holds for odd ones. Of the first two draws and the widest one, one
        has another parity than the rest, a different one for each of three lengths, so that sums
        of two take both parities as well; the widest for the first of them, as there no value is
        zero by chance.
        """
        count = len(self.lengths)
        usual = random.Random(f"{self.seed}/parity/{count}").randint(0, 1)
        if self.attempt not in _PATTERN:
            return self._sizes.randint(0, 1)
        return usual ^ (_PATTERN.index(self.attempt) == count % len(_PATTERN))

    def shape(self, shape: Shape) -> tuple[int, ...]:
        """The lengths drawn for a shape."""
        return tuple(self.length(axis) for axis in shape)

    def _range(self) -> tuple[int, int, int]:
        plain = self.attempt < 2 * len(_RANGES)
        return _RANGES[self.attempt // 2] if plain else _LATER[self.attempt % 2]

    @property
    def choices(self) -> int:
        """Of how many numbers each entry is drawn with the same chance, its denominator given."""
        return 2 * self._range()[0]

    def number(self, generator: random.Random) -> fmpq:
        """A random rational that is not zero."""
        top, least, most = self._range()
        value = int(generator.random() * 2 * top) - top
        value += value >= 0
        if self.extreme:
            drawn = EXTREMES[self.extreme](fmpq(value, most), generator)
            return abs(drawn) if self.positive else drawn
        if self.positive:
            value = abs(value)
            if self.attempt % 2:  # between 0 and 1, for the likes of 1 - x^2 under a root
                near = _NEAR if self.attempt % 4 == 1 else 1  # so that x is more than a product
                return fmpq(value, near * (top + 1))
        if most == 1:
            return fmpq(value)
        return fmpq(value, least + int(generator.random() * (most - least + 1)))

    def draw(self, key: str, shape: Shape, properties: frozenset[str]) -> Item:
        """The value of a free variable."""
        if key not in self.values:
            self.values[key] = self._value(key, self.shape(shape), properties)
        return self.values[key]

    def whole(self, key: str) -> int:
        """A small whole number."""
        if self.extreme:
            return self.generator(key).choice(_COUNTS)
        return self.generator(key).randint(2, 4)

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
        if isinstance(item, Tensor):
            return structured(item, properties)
        if not is_grid(item):
            return structured(abs(item) if "positive" in properties else item, properties)
        if "positive" in properties:
            item = from_entries(shape, [abs(entry) for entry in item.entries()])
        if (self.positive or self.attempt % 4 == 3) and shape[0] == shape[1]:
            item = item + identity(shape[0]) * self._dominating(shape[0])
        for word in properties:
            if word.endswith(COMMUTING):
                item = self._polynomial(word, item, properties)
        if properties & ORTHOGONAL and shape[0] == shape[1]:
            item[0, 0] = abs(item[0, 0]) * (-1 if self._reflects(key, properties) else 1)
        return structured(item, properties)

    def _reflects(self, key: str, properties: frozenset[str]) -> bool:
        """Whether an orthogonal matrix turns space round: `\\det(Q) = 1` holds of rotations only.

        Like the parities of sizes, each of three such matrices does it at another one of the points
        that are always tried, or at the other two.
        """
        if key not in self.reflections:
            self.reflections[key] = len(self.reflections)
        place = self.reflections[key]
        if ROTATION in properties:
            return False
        if self.attempt not in _PATTERN:
            return self.generator(f"{key}/turned").random() < 0.5
        usual = random.Random(f"{self.seed}/{key}/turned").random() < 0.5
        return usual ^ (_PATTERN.index(self.attempt) == place % len(_PATTERN))

    def _dominating(self, size: int) -> int:
        """What is greater on a diagonal than all entries of its row together."""
        top, least, _ = self._range()
        return size * -(-top // least)

    def _polynomial(self, group: str, item: fmpq_mat, properties: frozenset[str]) -> fmpq_mat:
        """A random polynomial of a matrix that all matrices of a group share.

        Such matrices are dense among those that commute (Motzkin and Taussky 1955).
        """
        if item.nrows() != item.ncols():
            raise Undefined("matrices that commute are square")
        size = item.nrows()
        form = structured(self.entries(self.generator(f"{group}/{size}"), (size, size)), properties)
        value = item * 0
        for weight in item.entries()[:size]:
            value = value * form + identity(size) * weight
        return value

    def tangent(self, key: str, shape: Shape, properties: frozenset[str]) -> Item:
        """A random direction in which a free variable may move."""
        value = self.draw(key, shape, properties)
        name = f"d{key}"
        if name not in self.values:
            item = self.entries(self.generator(name), self.shape(shape))
            if any(word.endswith(COMMUTING) for word in properties):
                raise Undefined("directions in which matrices go on to commute")
            self.values[name] = direction(value, item, properties)
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

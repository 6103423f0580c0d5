"""Shapes, and how the factors of a product group by them.

A shape is a tuple of axes. Scalars are `(1, 1)`, columns `(n, 1)`, rows `(1, n)`; a tensor has more
than two axes. An axis is a whole number, a `Dimension` (a variable to be solved for) or a
`Compound` of several.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod


@dataclass(frozen=True, slots=True)
class Dimension:
    """An unknown axis length, at least 2; `name` is the author's, where there is one."""

    number: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Compound:
    """The product (`times`), sum (`plus`) or minimum (`least`) of lengths, or n(n+1)/2 of one
    (`triangle`)."""

    operator: str
    parts: tuple[Axis, ...]

    def length(self, lengths: Sequence[int]) -> int:
        """The length where those of the parts are known; below 1 there is no such axis."""
        match self.operator:
            case "triangle":
                return lengths[0] * (lengths[0] + 1) // 2
            case "least":
                return min(lengths)
            case "plus":
                return sum(lengths)
            case _:
                return prod(lengths)


Axis = int | Dimension | Compound
Shape = tuple[Axis, ...]

SCALAR: Shape = (1, 1)


@dataclass(frozen=True, slots=True)
class Stacking:
    """How a derivative of a matrix by a matrix is laid out as one matrix.

    The entries of each stand in a column, those of a column together or those of a row (`by_rows`);
    there is a row for each entry of the value, or of what it is taken by (`turned`).
    """

    by_rows: bool
    turned: bool


STACKED = {
    "stacked": Stacking(by_rows=False, turned=False),
    "stacked, turned": Stacking(by_rows=False, turned=True),
    "stacked by rows": Stacking(by_rows=True, turned=False),
    "stacked by rows, turned": Stacking(by_rows=True, turned=True),
}
"""The layouts with such matrices (Magnus and Neudecker 2019, 9.2); all else is as is usual."""


def pattern(shape: tuple[object, ...]) -> str:
    """`S`calar, `C`olumn, `R`ow, `M`atrix, or the number of axes of a tensor."""
    if len(shape) != 2:
        return str(len(shape))
    rows, columns = shape
    if rows == 1:
        return "S" if columns == 1 else "R"
    return "C" if columns == 1 else "M"


_JOIN = {"MM": "M", "MC": "C", "RM": "R", "RC": "S", "CR": "M", "M4": "M", "44": "4"}

Tree = int | tuple["Tree", "Tree"]


def _join(left: str, right: str) -> str | None:
    if left == "S" or right == "S":
        return right if left == "S" else left
    return _JOIN.get(left + right)


@lru_cache(maxsize=4096)
def grouping(patterns: str) -> tuple[str, Tree] | None:
    """How factors of these patterns multiply: the pattern of the value and a binary tree.

    A product of a row and a column is a scalar and may then stand anywhere. None if the factors
    don't multiply in any grouping. Left-most groupings are preferred.
    """
    count = len(patterns)
    best: dict[tuple[int, int], dict[str, Tree]] = {
        (i, i + 1): {patterns[i]: i} for i in range(count)
    }
    for width in range(2, count + 1):
        for start in range(count - width + 1):
            best[start, start + width] = _combine(best, start, start + width)
    whole = best[0, count]
    for value in "4MCRS":
        if value in whole:
            return value, whole[value]
    return next(iter(whole.items()), None)


def _combine(best: dict[tuple[int, int], dict[str, Tree]], start: int, end: int) -> dict[str, Tree]:
    found: dict[str, Tree] = {}
    for middle in range(end - 1, start, -1):
        for left, left_tree in best[start, middle].items():
            for right, right_tree in best[middle, end].items():
                value = _join(left, right)
                if value is not None:
                    found.setdefault(value, (left_tree, right_tree))
    return found

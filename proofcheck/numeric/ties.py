"""Derivatives by an entry of a structured matrix: the entries that are tied to it move with it."""

from __future__ import annotations

from collections.abc import Callable

from proofcheck.numeric.arithmetic import Item
from proofcheck.numeric.jet import key_of

Place = tuple[int, int]

_SYMMETRIC = frozenset(("symmetric", "positive definite", "positive semidefinite"))


def tied(
    free: dict[int, Item], level: int, shape: tuple[int, ...], properties: frozenset[str]
) -> dict[int, Item]:
    """The directions of a level for a matrix with properties (Matrix Cookbook, 2.8).

    free: a direction for each entry of a matrix of the shape, as `directions` makes them.
    """
    weight = _weight(properties)
    if weight is None or len(shape) != 2 or shape[0] != shape[1]:
        return free
    places = [(i, j) for i in range(shape[0]) for j in range(shape[1])]
    single = [free[key_of(level, k)] for k in range(len(places))]
    found: dict[int, Item] = {}
    for k, moved in enumerate(places):
        total = single[k] * 0
        for other, direction in zip(places, single, strict=True):
            total = total + direction * weight(moved, other)
        found[key_of(level, k)] = total
    return found


def _weight(properties: frozenset[str]) -> Callable[[Place, Place], int] | None:
    """How much an entry moves with another one; None where all entries are free."""
    if "diagonal" in properties:
        return lambda moved, other: int(moved == other and moved[0] == moved[1])
    if properties & _SYMMETRIC:
        return lambda moved, other: int(other in (moved, moved[::-1]))
    if "skew-symmetric" in properties:
        return lambda moved, other: int(moved == other) - int(moved == other[::-1])
    if "Toeplitz" in properties:
        return lambda moved, other: int(moved[0] - moved[1] == other[0] - other[1])
    return None

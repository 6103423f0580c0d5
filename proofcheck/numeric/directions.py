"""The unit directions of a variable, and the entries and members that indices pick."""

from __future__ import annotations

from math import prod

from proofcheck.numeric.arithmetic import (
    Field,
    Item,
    Undefined,
    entries_of,
    from_entries,
    is_grid,
    shape_of,
)
from proofcheck.numeric.jet import Jet, has_level, index_of, key_of, without_level


def stacked(jets: list[Jet], numbers: Field) -> Jet:
    """All entries of some jets as one column."""
    keys = {key for jet in jets for key in jet.parts}
    parts: dict[int, Item] = {}
    for key in keys:
        found: list[Item] = []
        for jet in jets:
            part = jet.parts.get(key)
            found += entries_of(numbers.zeros(shape_of(jet.value)) if part is None else part)
        parts[key] = from_entries((len(found), 1), found)
    return Jet(parts)


def directions(level: int, shape: tuple[int, ...], numbers: Field) -> dict[int, Item]:
    """An infinitesimal for every entry of a shape."""
    count = prod(shape)
    one, zero = numbers.number(1), numbers.number(0)
    return {
        key_of(level, k): from_entries(shape, [one if i == k else zero for i in range(count)])
        for k in range(count)
    }


def picked_places(
    shape: tuple[int, ...], picked: tuple[int, ...]
) -> tuple[list[int], tuple[int, ...]]:
    """The places of the entry or the member that indices name, and its shape."""
    if len(shape) == 3:
        inner = shape[1] * shape[2]
        start = (picked[0] - 1) * inner
        if len(picked) > 1:
            row, column = picked[1], picked[2] if len(picked) == 3 else 1
            chosen, along = [start + (row - 1) * shape[2] + column - 1], (1, 1)
        else:
            chosen, along = [start + k for k in range(inner)], shape[1:]
    else:
        row, column = picked if len(picked) == 2 else (picked[0], 1)
        if len(picked) == 1 and shape[0] == 1:
            row, column = 1, picked[0]
        chosen, along = [(row - 1) * shape[1] + column - 1], (1, 1)
    if not all(0 <= k < prod(shape) for k in chosen):
        raise Undefined("an index is out of range")
    return chosen, along


def turned(chosen: list[int] | None, shape: tuple[int, ...]) -> list[int]:
    """The places of the entries of a matrix column by column."""
    if len(shape) != 2:
        raise Undefined("the columns of what is no matrix")
    rows, columns = shape
    places = list(range(rows * columns)) if chosen is None else chosen
    return [places[i * columns + j] for j in range(columns) for i in range(rows)]


def vec_or_transpose(operator: str, shape: tuple[int, ...]) -> tuple[int, int]:
    """The shape of what has the entries of a matrix column by column."""
    rows, columns = shape
    return (columns, rows) if operator == "transpose" else (rows * columns, 1)


def only(jet: Jet, level: int, chosen: list[int]) -> Jet:
    """The jet with only some of the infinitesimals of a level, numbered anew."""
    parts: dict[int, Item] = {}
    for key, part in jet.parts.items():
        if not has_level(key, level):
            parts[key] = part
        elif index_of(key, level) in chosen:
            parts[without_level(key, level) | key_of(level, chosen.index(index_of(key, level)))] = (
                part
            )
    return Jet(parts)


def alternating_signs() -> list[int]:
    """The entries of the Levi-Civita symbol (DLMF 1.6.14)."""
    places = ((i, j, k) for i in range(3) for j in range(3) for k in range(3))
    return [(j - i) * (k - i) * (k - j) // 2 for i, j, k in places]


def pick(item: Item, at: tuple[int, ...]) -> Item:
    """The entry, or the member of a family, at indices that count from 1.

    An index 0 is every one: a row or a column of a matrix.
    """
    shape = shape_of(item)
    if len(shape) == 3:
        if len(at) == 2:
            at = (at[0], at[1], 1)
        inner = shape[1] * shape[2]
        if not 1 <= at[0] <= shape[0]:
            raise Undefined("an index is out of range")
        member = from_entries(shape[1:], item.entries[(at[0] - 1) * inner : at[0] * inner])
        return member if len(at) == 1 else pick(member, at[1:])
    if not is_grid(item):
        raise Undefined("an entry of a number")
    if len(at) == 2 and 0 in at:
        return _line(item, shape, at)
    if len(at) == 1:
        at = (at[0], 1) if shape[1] == 1 else (1, at[0])
    if not all(1 <= i <= n for i, n in zip(at, shape, strict=True)):
        raise Undefined("an index is out of range")
    return item[at[0] - 1, at[1] - 1]


def _line(item: Item, shape: tuple[int, ...], at: tuple[int, ...]) -> Item:
    """A row (`at` is `(i, 0)`) or a column of a matrix."""
    rows, columns = (
        range(length) if not index else range(index - 1, index)
        for index, length in zip(at, shape, strict=True)
    )
    if not all(0 <= i < n for span, n in zip((rows, columns), shape, strict=True) for i in span):
        raise Undefined("an index is out of range")
    return from_entries((len(rows), len(columns)), [item[i, j] for i in rows for j in columns])

"""Tangents along unit directions put together to gradients, Jacobians and tensors."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from proofcheck.formula.shape import STACKED, Stacking, pattern
from proofcheck.numeric.arithmetic import (
    Field,
    Item,
    Number,
    entries_of,
    from_entries,
    shape_of,
    transpose,
)
from proofcheck.numeric.jet import Jet, has_level, index_of, without_level


def assemble(jet: Jet, level: int, by: tuple[int, ...], layout: str, numbers: Field) -> Jet:
    """The derivative of a jet along the directions of one level.

    by: the shape of what the derivative is taken by; its entries in row-major order are the
    indices of the level. The shape of the value is that of `inference.shapes.derivative_shape`.
    """
    groups: dict[int, dict[int, Item]] = {0: {}}
    for key, part in jet.parts.items():
        if has_level(key, level):
            rest = without_level(key, level)
            groups.setdefault(rest, {})[index_of(key, level)] = part
    shape = shape_of(jet.value)
    return Jet({key: _place(group, shape, by, layout, numbers) for key, group in groups.items()})


def _place(
    parts: Mapping[int, Item],
    shape: tuple[int, ...],
    by: tuple[int, ...],
    layout: str,
    numbers: Field,
) -> Item:
    count = prod(by)
    zero = numbers.zeros(shape)
    tangents = [parts.get(k, zero) for k in range(count)]
    kinds = pattern(shape) + pattern(by)
    if kinds[1] == "S":
        return tangents[0]
    if kinds[0] == "S":
        gradient = from_entries(by, tangents)
        return transpose(gradient) if layout == "numerator" else gradient
    columns = [entries_of(tangent) for tangent in tangents]
    if kinds in ("CC", "CR"):
        jacobian = from_entries((shape[0], count), _interleaved(columns))
        return transpose(jacobian) if layout == "denominator" and kinds == "CC" else jacobian
    if layout in STACKED and len(shape) == len(by) == 2:
        return _stacked(columns, shape, by, STACKED[layout])
    if kinds == "RC":
        return from_entries((count, shape[1]), [entry for row in columns for entry in row])
    return from_entries((*shape, *by), _interleaved(columns))


def _stacked(
    columns: list[list[Number]], shape: tuple[int, ...], by: tuple[int, ...], stacking: Stacking
) -> Item:
    """The derivatives of all entries by all entries, in the order that the stacking says."""
    rows, order = _order(shape, stacking), _order(by, stacking)
    entries = [columns[k][i] for i in rows for k in order]
    jacobian = from_entries((len(rows), len(order)), entries)
    return transpose(jacobian) if stacking.turned else jacobian


def _order(shape: tuple[int, ...], stacking: Stacking) -> list[int]:
    """The places of the entries, which are counted row by row, from the first of a column on."""
    if stacking.by_rows:
        return list(range(prod(shape)))
    return [i * shape[1] + j for j in range(shape[1]) for i in range(shape[0])]


def jacobian(jet: Jet, level: int, count: int, numbers: Field) -> Jet:
    """The entries of a jet, in rows, along each of the directions of a level, in columns."""
    size = len(entries_of(jet.value))
    flat = Jet({key: from_entries((size, 1), entries_of(part)) for key, part in jet.parts.items()})
    return assemble(flat, level, (count, 1), "numerator", numbers)


def _interleaved(columns: list[list[Number]]) -> list[Number]:
    return [column[i] for i in range(len(columns[0])) for column in columns]

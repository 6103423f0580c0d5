"""Matrices that are written out, by cells or by stretches of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from proofcheck.formula.expr import Expr, Grid, Stretch
from proofcheck.formula.shape import SCALAR
from proofcheck.inference.reason import Reason
from proofcheck.numeric.arithmetic import (
    Field,
    Item,
    Undefined,
    entries_of,
    from_entries,
    is_grid,
    shape_of,
)
from proofcheck.numeric.jet import Jet
from proofcheck.numeric.ranges import spanned_by
from proofcheck.numeric.refused import Refused

if TYPE_CHECKING:
    from proofcheck.numeric.evaluation import Evaluator, Frame

_MOST_CELLS = 3000


def by_stretches(evaluator: Evaluator, expr: Grid, frame: Frame) -> Jet:
    """A matrix by stretches, written out in full."""
    rows, columns = (
        [(k, at) for k, part in enumerate(parts) for at in _lines(evaluator, expr, part, frame)]
        for parts in (expr.rows, expr.columns)
    )
    if len(rows) * len(columns) > _MOST_CELLS:
        raise Refused(Reason.LIMIT_REACHED, "the matrix is too large")
    return _assembled(
        evaluator,
        [
            [
                (expr.cells[r][c], replace(frame, indices={**frame.indices, **mine, **theirs}))
                for c, theirs in columns
            ]
            for r, mine in rows
        ],
    )


def by_cells(evaluator: Evaluator, rows: tuple[tuple[Expr, ...], ...], frame: Frame) -> Jet:
    """A matrix by its cells, which are numbers or blocks."""
    return _assembled(evaluator, [[(cell, frame) for cell in row] for row in rows])


def _lines(evaluator: Evaluator, expr: Grid, part: Stretch, frame: Frame) -> list[dict[str, int]]:
    """The values of the index of a stretch; none for one row or column."""
    if not part.index:
        return [{}]
    spanned = part.index, part.lower, part.upper, ()
    return [{part.index: value} for value in spanned_by(evaluator, expr, spanned, frame)]


def _assembled(evaluator: Evaluator, cells: list[list[tuple[Expr, Frame]]]) -> Jet:
    """A matrix from what stands in its places, each of the size of its place."""
    if not cells or not cells[0]:
        raise Undefined("a matrix without rows or columns")
    jets = [[evaluator.evaluate(cell, frame) for cell, frame in row] for row in cells]
    sizes = evaluator.reading.sizes
    shapes = [
        [evaluator.point.shape(sizes.get(id(cell), SCALAR)) for cell, _ in row] for row in cells
    ]
    keys = {key for row in jets for jet in row for key in jet.parts}
    return Jet({key: _joined(evaluator.field, jets, shapes, key) for key in keys})


def _joined(
    field: Field, jets: list[list[Jet]], shapes: list[list[tuple[int, ...]]], key: int
) -> Item:
    """The parts of all blocks with one key."""
    lines: list[list[Item]] = []
    for row, row_shapes in zip(jets, shapes, strict=True):
        blocks = [_block(field, jet, at, key) for jet, at in zip(row, row_shapes, strict=True)]
        height = row_shapes[0][0]
        lines += [[e for block in blocks for e in block[i]] for i in range(height)]
    return from_entries((len(lines), len(lines[0])), [e for line in lines for e in line])


def _block(field: Field, jet: Jet, shape: tuple[int, ...], key: int) -> list[list[Item]]:
    """The rows of one block."""
    part = jet.parts.get(key)
    if part is None or (not is_grid(part) and shape != (1, 1)):
        part = field.zeros(shape)
    if shape_of(part) != shape:
        raise Undefined("a block has another size than its place")
    entries = entries_of(part)
    return [entries[i * shape[1] : (i + 1) * shape[1]] for i in range(shape[0])]

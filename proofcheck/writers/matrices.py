"""Values of symbols as small matrices side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from proofcheck.numeric.verdict import Binding
from proofcheck.writers.glyphs import columns, shorten, visible

_GAP = "   "
_LABEL = 40

Block = tuple[str, ...]
"""Lines of the same width."""


def lay_out(bindings: Iterable[Binding], width: int) -> list[str]:
    """Lines with the values of all the bindings, as many side by side as `width` columns hold."""
    lines: list[str] = []
    row: list[Block] = []
    for block in (_block(binding, width) for binding in bindings):
        if row and _width([*row, block]) > width:
            lines += _beside(row)
            row = []
        row.append(block)
    return [*lines, *_beside(row)]


def _block(binding: Binding, width: int) -> Block:
    """`X = [1 2]` with one line a row; a scalar has no brackets."""
    label = shorten(visible(binding.name), _LABEL) + " = "
    rows = [[visible(entry) for entry in row] for row in binding.rows]
    if len(rows) == 1 and len(rows[0]) == 1:
        lines = [label + rows[0][0]]
    else:
        indent = " " * columns(label)
        lines = [(indent if i else label) + row for i, row in enumerate(_rows(rows))]
    return _pad([shorten(line, width) for line in lines])


def _rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows in brackets, their columns aligned at the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "[" + " ".join(entry.rjust(width) for entry, width in zip(row, widths, strict=True)) + "]"
        for row in rows
    ]


def _pad(lines: Sequence[str]) -> Block:
    width = max(map(columns, lines), default=0)
    return tuple(line + " " * (width - columns(line)) for line in lines)


def _width(blocks: Sequence[Block]) -> int:
    return sum(columns(block[0]) for block in blocks) + len(_GAP) * (len(blocks) - 1)


def _beside(blocks: Sequence[Block]) -> list[str]:
    """The blocks from left to right, their first lines level."""
    height = max(map(len, blocks), default=0)
    filled = [(*block, *[" " * columns(block[0])] * (height - len(block))) for block in blocks]
    return [_GAP.join(line).rstrip() for line in zip(*filled, strict=True)]

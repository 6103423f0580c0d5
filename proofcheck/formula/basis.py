"""Unit vectors `e_i`, and the matrices `J^{ij}` and `E_{ij}` with a single one."""

from __future__ import annotations

from proofcheck.document.source import Span
from proofcheck.formula.expr import Call, Constant, Entry, Expr, Product

SINGLE = frozenset(("J", "E", r"\mathbf{J}", r"\mathbf{E}"))
UNIT = frozenset(("e", r"\mathbf{e}"))


def unit_vector(index: Expr, span: Span) -> Expr:
    """The column with a one at `index`: a member of the standard basis."""
    return Entry(Constant("basis", None, span), (index,), span)


def single_entry(indices: tuple[Expr, ...], span: Span) -> Expr:
    """`J^{ij}`, with a one at the place `(i, j)`: the product of two unit vectors
    (Matrix Cookbook, 9.7)."""
    row, column = (unit_vector(index, span) for index in indices)
    return Product((row, Call("transpose", (column,), span)), span)


def standard(name: str, indices: tuple[Expr, ...], span: Span) -> Expr | None:
    """What `e_i` or `E_{ij}` is where these letters are those of the standard basis."""
    if name in UNIT and len(indices) == 1:
        return unit_vector(indices[0], span)
    if name in SINGLE and len(indices) == 2:
        return single_entry(indices, span)
    return None

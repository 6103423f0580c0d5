"""The numbers that steps are evaluated in: exact rationals, and balls where these don't suffice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any, cast

from flint import acb, acb_mat, arb, arb_mat, ctx, fmpq, fmpq_mat

Number = Any  # fmpq, arb or acb: python-flint's types share their operators but no base class
Grid = Any  # fmpq_mat, arb_mat or acb_mat


class Undefined(Exception):
    """An expression has no value here: a pole, a singular inverse, a negative logarithm."""


class NeedsBalls(Exception):
    """The value is no rational number."""


class Unsupported(Exception):
    """No rule of evaluation exists; the message names what for."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """A value with more than two axes, its entries in row-major order."""

    shape: tuple[int, ...]
    entries: tuple[Number, ...]

    def __add__(self, other: Tensor) -> Tensor:
        pairs = zip(self.entries, other.entries, strict=True)
        return Tensor(self.shape, tuple(a + b for a, b in pairs))

    def __neg__(self) -> Tensor:
        return Tensor(self.shape, tuple(-entry for entry in self.entries))

    def __mul__(self, factor: Number) -> Tensor:
        return Tensor(self.shape, tuple(entry * factor for entry in self.entries))


Item = Any  # Number, Grid or Tensor


@dataclass(frozen=True, slots=True)
class Field:
    """Makes numbers and grids: rationals if `bits` is 0, else balls of that precision.

    imaginary: empty for real numbers; for complex ones the argument of an inner product that is
    conjugated, `left` or `right`.
    """

    bits: int = 0
    imaginary: str = ""

    @property
    def exact(self) -> bool:
        """Whether values are rationals."""
        return self.bits == 0

    def number(self, value: int | Fraction) -> Number:
        """The number of the field with this value."""
        if isinstance(value, int):
            rational = fmpq(value)
        else:
            rational = fmpq(value.numerator, value.denominator)
        if self.exact:
            return rational
        return acb(rational) if self.imaginary else arb(rational)

    def grid(self, rows: int, columns: int, entries: Sequence[Number]) -> Item:
        """A matrix from its entries in row-major order; a 1 by 1 one is its entry."""
        if rows == columns == 1:
            return entries[0]
        return _grid(rows, columns, entries)

    def zeros(self, shape: tuple[int, ...]) -> Item:
        """The zero of a shape."""
        zero = self.number(0)
        if len(shape) == 2:
            return self.grid(shape[0], shape[1], [zero] * (shape[0] * shape[1]))
        return Tensor(shape, (zero,) * prod(shape))

    def identity(self, size: int) -> Item:
        """The identity matrix."""
        one, zero = self.number(1), self.number(0)
        entries = [one if i == j else zero for i in range(size) for j in range(size)]
        return self.grid(size, size, entries)


_GRIDS = (fmpq_mat, arb_mat, acb_mat)
RATIONALS = Field()


def use_precision(bits: int, imaginary: str = "") -> Field:
    """The balls of a precision, which holds for all of python-flint until it is set again."""
    ctx.prec = bits
    return Field(bits, imaginary)


def _grid(rows: int, columns: int, entries: Sequence[Number]) -> Grid:
    if not entries:
        raise Undefined("a matrix without elements")
    if isinstance(entries[0], fmpq):
        return fmpq_mat(rows, columns, list(entries))
    make = acb_mat if isinstance(entries[0], acb) else arb_mat
    return make(rows, columns, list(entries))


def is_grid(item: Item) -> bool:
    """Whether an item is a matrix, a column or a row."""
    return isinstance(item, _GRIDS)


def shape_of(item: Item) -> tuple[int, ...]:
    """The axis lengths of an item; `(1, 1)` for a number."""
    if is_grid(item):
        return item.nrows(), item.ncols()
    return item.shape if isinstance(item, Tensor) else (1, 1)


def entries_of(item: Item) -> list[Number]:
    """The entries in row-major order."""
    if is_grid(item):
        return cast(list[Number], item.entries())
    return list(item.entries) if isinstance(item, Tensor) else [item]


def transpose(item: Item) -> Item:
    """The transpose of a grid, or the number itself."""
    return item.transpose() if is_grid(item) else item


def conjugate(item: Item) -> Item:
    """The complex conjugate; a real item is its own."""
    return item.conjugate() if isinstance(item, acb | acb_mat) else item


def real_part(item: Item) -> Item:
    """The real part, entry by entry."""
    if isinstance(item, acb):
        return acb(item.real)
    if isinstance(item, acb_mat):
        return acb_mat(item.nrows(), item.ncols(), [entry.real for entry in item.entries()])
    return item


def imaginary_part(item: Item) -> Item:
    """The imaginary part, entry by entry; zero of a real item."""
    if isinstance(item, acb):
        return acb(item.imag)
    if isinstance(item, acb_mat):
        return acb_mat(item.nrows(), item.ncols(), [entry.imag for entry in item.entries()])
    return item * 0


def settle(grid: Grid) -> Item:
    """A 1 by 1 grid as its entry."""
    return grid[0, 0] if grid.nrows() == 1 and grid.ncols() == 1 else grid


def multiply(left: Item, right: Item) -> Item:
    """The product of two items whose inner axes agree, or of a number and anything."""
    if is_grid(left) and is_grid(right):
        if left.ncols() != right.nrows():
            raise Undefined("the inner sizes of a product differ")
        return settle(left * right)
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        return _multiply_tensors(left, right)
    return left * right


def _multiply_tensors(left: Item, right: Item) -> Item:
    if isinstance(left, Tensor) and not is_grid(right) and not isinstance(right, Tensor):
        return left * right
    if isinstance(right, Tensor) and not is_grid(left) and not isinstance(left, Tensor):
        return right * left
    return contract(left, right, min(2, len(shape_of(left)), len(shape_of(right))))


def contract(left: Item, right: Item, count: int) -> Item:
    """The last `count` axes of one summed against the first of the other."""
    mine, theirs = shape_of(left), shape_of(right)
    inner = prod(theirs[:count])
    if mine[len(mine) - count :] != theirs[:count]:
        raise Undefined("the contracted sizes differ")
    if len(mine) + len(theirs) - 2 * count == 1:
        raise Undefined("a contraction leaves a single axis")
    a, b = entries_of(left), entries_of(right)
    rows, columns = len(a) // inner, len(b) // inner
    entries = [
        sum((a[i * inner + k] * b[k * columns + j] for k in range(1, inner)), a[i * inner] * b[j])
        for i in range(rows)
        for j in range(columns)
    ]
    return from_entries((*mine[: len(mine) - count], *theirs[count:]), entries)


def from_entries(shape: tuple[int, ...], entries: Sequence[Number]) -> Item:
    """An item of a shape from its entries."""
    if not shape or shape == (1, 1):
        return entries[0]
    if len(shape) > 2:
        return Tensor(shape, tuple(entries))
    return _grid(shape[0], shape[1], entries)

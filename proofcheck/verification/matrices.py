"""Matrices of numbers of every kind, as plain tuples; a number is a matrix of one entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from proofcheck.verification.numbers import Number, Unsupported, base, reciprocal

MOST_ENTRIES = 20_000
_EXPANDED = 4


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix: its shape and its entries in row-major order."""

    rows: int
    columns: int
    entries: tuple[Number, ...]

    def at(self, row: int, column: int) -> Number:
        """An entry, counted from 0."""
        if not (0 <= row < self.rows and 0 <= column < self.columns):
            raise Unsupported("an index out of range")
        return self.entries[row * self.columns + column]

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        return self.rows, self.columns

    @property
    def is_number(self) -> bool:
        """Whether there is one entry alone."""
        return self.rows == 1 == self.columns


@dataclass(frozen=True, slots=True)
class Family:
    """Matrices of one shape, counted from 1."""

    members: tuple[Grid, ...]

    def at(self, index: int) -> Grid:
        """A member, counted from 0."""
        if not 0 <= index < len(self.members):
            raise Unsupported("an index out of range")
        return self.members[index]


def number(value: Number) -> Grid:
    """A number as a matrix."""
    return Grid(1, 1, (value,))


def build(rows: int, columns: int, entry: Callable[[int, int], Number]) -> Grid:
    """A matrix by its entries, counted from 0."""
    if rows * columns > MOST_ENTRIES:
        raise Unsupported("a matrix this large")
    return Grid(rows, columns, tuple(entry(i, j) for i in range(rows) for j in range(columns)))


def identity(size: int) -> Grid:
    """The identity."""
    return build(size, size, lambda i, j: Fraction(int(i == j)))


def each(function: Callable[[Number], Number], grid: Grid) -> Grid:
    """A function of every entry."""
    return Grid(grid.rows, grid.columns, tuple(map(function, grid.entries)))


def pairs(function: Callable[[Number, Number], Number], left: Grid, right: Grid) -> Grid:
    """A function of the entries side by side; one zero is the zero of every shape."""
    if (left.rows, left.columns) != (right.rows, right.columns):
        if left.is_number and left.entries[0] == 0:
            left = each(lambda entry: entry * 0, right)
        elif right.is_number and right.entries[0] == 0:
            right = each(lambda entry: entry * 0, left)
        else:
            raise Unsupported("sizes that differ")
    entries = tuple(function(a, b) for a, b in zip(left.entries, right.entries, strict=True))
    return Grid(left.rows, left.columns, entries)


def product(left: Grid, right: Grid) -> Grid:
    """A matrix product, or a multiple."""
    if left.is_number or right.is_number:
        factor, grid = (left, right) if left.is_number else (right, left)
        return each(lambda entry: factor.entries[0] * entry, grid)
    if left.columns != right.rows:
        raise Unsupported("factors that do not fit from left to right")
    return build(
        left.rows,
        right.columns,
        lambda i, j: total([left.at(i, k) * right.at(k, j) for k in range(left.columns)]),
    )


def total(numbers: Sequence[Number]) -> Number:
    """The sum."""
    result: Number = Fraction(0)
    for one in numbers:
        result = result + one
    return result


def transpose(grid: Grid) -> Grid:
    """Rows as columns."""
    return build(grid.columns, grid.rows, lambda i, j: grid.at(j, i))


def trace(grid: Grid) -> Number:
    """The sum of the diagonal."""
    _square(grid)
    return total([grid.at(i, i) for i in range(grid.rows)])


def inner(left: Grid, right: Grid) -> Number:
    """The sum of the products of the entries."""
    return total(list(pairs(lambda a, b: a * b, left, right).entries))


def determinant(grid: Grid) -> Number:
    """By elimination; of a small matrix by its first row, which needs no pivots."""
    _square(grid)
    return _expanded(grid) if grid.rows <= _EXPANDED else _eliminated(grid)[0]


def _expanded(grid: Grid) -> Number:
    """The expansion along the first row."""
    if grid.rows == 1:
        return grid.entries[0]
    signs = range(grid.columns)
    return total([grid.at(0, j) * _expanded(_minor(grid, 0, j)) * (-1) ** j for j in signs])


def _minor(grid: Grid, row: int, column: int) -> Grid:
    """A matrix without a row and a column."""
    return build(
        grid.rows - 1,
        grid.columns - 1,
        lambda i, j: grid.at(i + (i >= row), j + (j >= column)),
    )


def cofactors(grid: Grid) -> Grid:
    """The signed minors."""
    _square(grid)
    if grid.is_number:
        return number(Fraction(1))
    return build(
        grid.rows, grid.columns, lambda i, j: determinant(_minor(grid, i, j)) * (-1) ** (i + j)
    )


def cross(left: Grid, right: Grid) -> Grid:
    """The cross product of two columns of three entries."""
    return product(crossing(left), right)


def crossing(grid: Grid) -> Grid:
    """The matrix whose product with a column is the cross product with that."""
    if len(grid.entries) != 3:
        raise Unsupported("a cross product of vectors that have not three entries")
    a, b, c = grid.entries
    zero = Fraction(0)
    return Grid(3, 3, (zero, -c, b, c, zero, -a, -b, a, zero))


def inverse(grid: Grid) -> Grid:
    """By elimination (Golub and Van Loan 2013, 3.4)."""
    return _eliminated(grid)[1]


def _eliminated(grid: Grid) -> tuple[Number, Grid]:
    """The determinant and the inverse; raises `Unsupported` where no pivot is surely not zero."""
    _square(grid)
    n = grid.rows
    rows = [
        [grid.at(i, j) for j in range(n)] + [Fraction(int(i == j)) for j in range(n)]
        for i in range(n)
    ]
    found: Number = Fraction(1)
    for k in range(n):
        pivot = next((i for i in range(k, n) if _surely_not_zero(rows[i][k])), None)
        if pivot is None:
            raise Unsupported("a matrix that may be singular")
        if pivot != k:
            rows[k], rows[pivot] = rows[pivot], rows[k]
            found = -found
        found = found * rows[k][k]
        scale = reciprocal(rows[k][k])
        rows[k] = [entry * scale for entry in rows[k]]
        for i in range(n):
            if i != k:
                factor = rows[i][k]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k], strict=True)]
    return found, build(n, n, lambda i, j: rows[i][n + j])


def pseudoinverse(grid: Grid) -> Grid:
    """The Moore-Penrose inverse by a factorisation `A = C R` of full rank (Magnus and Neudecker
    2019, 2.7); raises `Unsupported` where numbers that are not rational hide the rank."""
    pivots, reduced = _echelon(grid)
    if not pivots:
        return build(grid.columns, grid.rows, lambda i, j: Fraction(0))
    left = build(grid.rows, len(pivots), lambda i, j: grid.at(i, pivots[j]))
    right = build(len(pivots), grid.columns, lambda i, j: reduced[i][j])
    tall, flat = transpose(left), transpose(right)
    inner = inverse(product(product(tall, grid), flat))
    return product(flat, product(inner, tall))


def _echelon(grid: Grid) -> tuple[list[int], list[list[Number]]]:
    """The columns with a pivot and the rows of the reduced echelon form."""
    rows = [[grid.at(i, j) for j in range(grid.columns)] for i in range(grid.rows)]
    pivots: list[int] = []
    for column in range(grid.columns):
        k = len(pivots)
        place = next((i for i in range(k, grid.rows) if _surely_not_zero(rows[i][column])), None)
        if place is None:
            if any(row[column] != 0 for row in rows[k:]):
                raise Unsupported("the rank of a matrix that is not rational")
            continue
        rows[k], rows[place] = rows[place], rows[k]
        scale = reciprocal(rows[k][column])
        rows[k] = [entry * scale for entry in rows[k]]
        for i in range(grid.rows):
            if i != k:
                factor = rows[i][column]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k], strict=True)]
        pivots.append(column)
    return pivots, rows


def _surely_not_zero(entry: Number) -> bool:
    plain = base(entry)
    return plain != 0 if isinstance(plain, Fraction) else not plain.has_zero()


def _square(grid: Grid) -> None:
    if grid.rows != grid.columns:
        raise Unsupported("a square matrix that is not square")


def kronecker(left: Grid, right: Grid) -> Grid:
    """The Kronecker product (Magnus and Neudecker 2019, 2.2)."""
    p, q = right.rows, right.columns
    return build(
        left.rows * p,
        left.columns * q,
        lambda i, j: left.at(i // p, j // q) * right.at(i % p, j % q),
    )


def vec(grid: Grid) -> Grid:
    """The columns one below the other."""
    return Grid(grid.rows * grid.columns, 1, transpose(grid).entries)


def diag(grid: Grid) -> Grid:
    """A column as a diagonal matrix, or the diagonal of a matrix."""
    if grid.columns == 1 or grid.rows == 1:
        size = grid.rows * grid.columns
        return build(size, size, lambda i, j: grid.entries[i] if i == j else Fraction(0))
    return build(grid.rows, 1, lambda i, j: grid.at(i, i))

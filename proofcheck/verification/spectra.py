"""Eigenvalues, singular values and power series of square matrices, in intervals."""

from __future__ import annotations

from fractions import Fraction

from mpmath import iv

from proofcheck.verification import matrices, numbers
from proofcheck.verification.matrices import Grid, build, each, identity, product
from proofcheck.verification.numbers import Interval, Number, Unsupported

_WIDTH = Fraction(1, 2**120)
_LARGEST_NORM = 40
_MOST_TERMS = 400
_MOST_ROWS = 8
_SERIES: dict[str, tuple[int, int]] = {"exp": (0, 1), "sin": (1, 2), "cos": (0, 2)}
"""The first power of a series, and how many powers lie between two of its terms."""


def eigenvalues(grid: Grid) -> list[Number]:
    """The eigenvalues of a rational matrix where all are real, the greatest first.

    They are the roots of the characteristic polynomial (Faddeev and LeVerrier, in Gantmacher 1959,
    IV.5), isolated by sympy's exact algorithm.
    """
    _rational(grid)
    if grid.rows != grid.columns:
        raise Unsupported("the eigenvalues of a matrix that is not square")
    found: list[Number] = []
    for low, high, count in _roots(_characteristic(grid)):
        found += [Interval(iv.mpf([numbers.ends(low).a, numbers.ends(high).b]))] * count
    if len(found) != grid.rows:
        raise Unsupported("eigenvalues that are not real")
    return found[::-1]


def _roots(coefficients: list[Fraction]) -> list[tuple[Fraction, Fraction, int]]:
    """The real roots of a polynomial, ascending: two ends of each, and how often it is one."""
    from sympy import QQ, Poly, Symbol

    polynomial = Poly(
        [QQ(c.numerator, c.denominator) for c in coefficients], Symbol("x"), domain=QQ
    )
    found = polynomial.intervals(eps=QQ(_WIDTH.numerator, _WIDTH.denominator))
    return [
        (Fraction(int(low.p), int(low.q)), Fraction(int(high.p), int(high.q)), int(count))
        for (low, high), count in found
    ]


def _characteristic(grid: Grid) -> list[Fraction]:
    """The coefficients of `det(xI - A)`, the highest first."""
    n = grid.rows
    found, power = [Fraction(1)], identity(n)
    for k in range(1, n + 1):
        moved = product(grid, power)
        found.append(-matrices.trace(moved) / k)
        power = _plus(moved, identity(n), found[-1])
    return found


def _plus(grid: Grid, other: Grid, factor: Fraction) -> Grid:
    """A matrix and a multiple of another."""
    return matrices.pairs(lambda a, b: a + b * factor, grid, other)


def singular_values(grid: Grid) -> list[Number]:
    """The roots of the eigenvalues of the smaller Gram matrix, the greatest first."""
    flipped = matrices.transpose(grid)
    tall = grid.rows >= grid.columns
    gram = product(flipped, grid) if tall else product(grid, flipped)
    return [numbers.sqrt(value) for value in eigenvalues(gram)]


def series(name: str, grid: Grid) -> Grid:
    """`exp`, `sin` or `cos` of a square rational matrix by its power series, with an interval for
    what lies beyond the last term (Higham 2008, 4.2)."""
    if name not in _SERIES or grid.rows != grid.columns:
        raise Unsupported(f"the function `{name}` of a matrix")
    _rational(grid)
    size = max(sum(abs(grid.at(i, j)) for j in range(grid.columns)) for i in range(grid.rows))
    if size > _LARGEST_NORM:
        raise Unsupported(f"the function `{name}` of a matrix this large")
    first, step = _SERIES[name]
    ends = each(lambda entry: Interval(numbers.ends(entry)), grid)
    power = identity(grid.rows)
    total = each(lambda entry: entry * 0, power)
    factorial, k = Fraction(1), 0
    while k < _MOST_TERMS and not (k > 2 * size and _beyond(size, k) < Fraction(1, 2**150)):
        if k >= first and (k - first) % step == 0:
            sign = -1 if step == 2 and (k - first) // 2 % 2 else 1
            part = Fraction(sign) / factorial
            total = _plus(total, power, part)
        k += 1
        factorial *= k
        power = product(power, ends)
    rest = _beyond(size, k)
    bound = numbers.ends(rest)
    error = Interval(iv.mpf([-bound.b, bound.b]))
    return build(grid.rows, grid.columns, lambda i, j: total.at(i, j) + error)


def _beyond(size: Fraction, k: int) -> Fraction:
    """A bound of the terms from the k-th on, where `k > 2 size`: twice the k-th."""
    found = Fraction(2)
    for n in range(1, k + 1):
        found = found * size / n
    return found


def _rational(grid: Grid) -> None:
    if grid.rows > _MOST_ROWS or not all(isinstance(e, Fraction) for e in grid.entries):
        raise Unsupported("the spectrum of a matrix that is large or not rational")

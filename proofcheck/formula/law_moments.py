"""Means and variances of the distributions by name, by their parameters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from proofcheck.formula.expr import Expr, Negative, Number, Power, Product, Quotient, Sum

Parameters = Sequence[Expr]
_ONE, _TWO = Number(Fraction(1)), Number(Fraction(2))


@dataclass(frozen=True, slots=True)
class LawMoments:
    """The mean and the variance of a family; `across` is the covariance of columns of a matrix.

    `usual` is false where the parameters are written in other ways as well.
    """

    family: str
    mean: Callable[[Parameters], Expr]
    variance: Callable[[Parameters], Expr]
    source: str
    across: Callable[[Parameters], Expr | None] = lambda _: None
    usual: bool = True


def _times(*factors: Expr) -> Expr:
    return Product(factors)


def _over(top: Expr, bottom: Expr) -> Expr:
    return Quotient(top, bottom)


def _squared(base: Expr) -> Expr:
    return Power(base, _TWO)


def _plus(*terms: Expr) -> Expr:
    return Sum(terms)


def _rest(share: Expr) -> Expr:
    return Sum((_ONE, Negative(share)))


_JKB = "Johnson, Kotz and Balakrishnan 1994"
_JKK = "Johnson, Kemp and Kotz 2005"
ROWS: tuple[LawMoments, ...] = (
    LawMoments("normal", lambda p: p[0], lambda p: p[1], "Bishop 2006, 2.3"),
    LawMoments(
        "matrix normal",
        lambda p: p[0],
        lambda p: p[1],
        "Gupta and Nagar 2000, 2.2",
        lambda p: p[2],
    ),
    LawMoments("Bernoulli", lambda p: p[0], lambda p: _times(p[0], _rest(p[0])), f"{_JKK}, 3"),
    LawMoments(
        "binomial",
        lambda p: _times(p[0], p[1]),
        lambda p: _times(p[0], p[1], _rest(p[1])),
        f"{_JKK}, 3",
    ),
    LawMoments("Poisson", lambda p: p[0], lambda p: p[0], f"{_JKK}, 4"),
    LawMoments(
        "exponential",
        lambda p: _over(_ONE, p[0]),
        lambda p: _over(_ONE, _squared(p[0])),
        f"{_JKB}, 19: by its rate",
        usual=False,
    ),
    LawMoments(
        "gamma",
        lambda p: _over(p[0], p[1]),
        lambda p: _over(p[0], _squared(p[1])),
        f"{_JKB}, 17: by its rate",
        usual=False,
    ),
    LawMoments(
        "beta",
        lambda p: _over(p[0], _plus(p[0], p[1])),
        lambda p: _over(
            _times(p[0], p[1]),
            _times(_squared(_plus(p[0], p[1])), _plus(p[0], p[1], _ONE)),
        ),
        f"{_JKB}, 25",
    ),
    LawMoments("chi-squared", lambda p: p[0], lambda p: _times(_TWO, p[0]), f"{_JKB}, 18"),
)
BY_FAMILY = {row.family: row for row in ROWS}
OF_NUMBERS = BY_FAMILY.keys() - {"normal", "matrix normal"}
"""The families whose random variables are numbers."""

"""Means and variances of the distributions by name, by their parameters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from proofcheck.formula.expr import Call, Expr, Negative, Number, Power, Product, Quotient, Sum

Parameters = Sequence[Expr]
_ZERO, _ONE, _TWO, _THREE, _SIX = (Number(Fraction(n)) for n in (0, 1, 2, 3, 6))


@dataclass(frozen=True, slots=True)
class LawMoments:
    """The mean and the variance of a family; `across` is the covariance of columns of a matrix.

    `third` and `fourth` are the moments of these orders about the mean, of a law of numbers.
    `generating` is `E[e^{tX}]` by the parameters and `t`; the normal law has no row for it.
    `usual` is false where the parameters are written in other ways as well.
    """

    family: str
    mean: Callable[[Parameters], Expr]
    variance: Callable[[Parameters], Expr]
    source: str
    across: Callable[[Parameters], Expr | None] = lambda _: None
    usual: bool = True
    third: Callable[[Parameters], Expr] | None = None
    fourth: Callable[[Parameters], Expr] | None = None
    generating: Callable[[Parameters, Expr], Expr] | None = None


def _times(*factors: Expr) -> Expr:
    return Product(factors)


def _over(top: Expr, bottom: Expr) -> Expr:
    return Quotient(top, bottom)


def _squared(base: Expr) -> Expr:
    return Power(base, _TWO)


def _power(base: Expr, exponent: int) -> Expr:
    return Power(base, Number(Fraction(exponent)))


def _number(value: int) -> Expr:
    return Number(Fraction(value))


def _minus(one: Expr, other: Expr) -> Expr:
    return Sum((one, Negative(other)))


def _share(p: Expr) -> Expr:
    """The variance of a Bernoulli variable."""
    return _times(p, _rest(p))


def _plus(*terms: Expr) -> Expr:
    return Sum(terms)


def _rest(share: Expr) -> Expr:
    return Sum((_ONE, Negative(share)))


def _exp(exponent: Expr) -> Expr:
    return Call("exp", (exponent,))


def _mixed(share: Expr, t: Expr) -> Expr:
    """`1 - p + pe^t`."""
    return _plus(_rest(share), _times(share, _exp(t)))


def _rising(start: Expr, first: int, last: int) -> tuple[Expr, ...]:
    """The factors `start + k`, for `k` from the first to the last."""
    return tuple(_plus(start, _number(k)) for k in range(first, last + 1))


def _third_of_beta(a: Expr, b: Expr) -> Expr:
    both = _plus(a, b)
    top = _times(_TWO, a, b, _minus(b, a))
    return _over(top, _times(_power(both, 3), *_rising(both, 1, 2)))


def _fourth_of_beta(a: Expr, b: Expr) -> Expr:
    both = _plus(a, b)
    inner = _plus(_times(_TWO, _squared(both)), _times(a, b, _minus(both, _SIX)))
    return _over(_times(_THREE, a, b, inner), _times(_power(both, 4), *_rising(both, 1, 3)))


_JKB = "Johnson, Kotz and Balakrishnan 1994"
_JKK = "Johnson, Kemp and Kotz 2005"
ROWS: tuple[LawMoments, ...] = (
    LawMoments(
        "normal",
        lambda p: p[0],
        lambda p: p[1],
        "Bishop 2006, 2.3",
        third=lambda p: _ZERO,
        fourth=lambda p: _times(_THREE, _squared(p[1])),
    ),
    LawMoments(
        "matrix normal",
        lambda p: p[0],
        lambda p: p[1],
        "Gupta and Nagar 2000, 2.2",
        lambda p: p[2],
    ),
    LawMoments(
        "Bernoulli",
        lambda p: p[0],
        lambda p: _share(p[0]),
        f"{_JKK}, 3",
        third=lambda p: _times(_share(p[0]), _rest(_times(_TWO, p[0]))),
        fourth=lambda p: _times(_share(p[0]), _rest(_times(_THREE, _share(p[0])))),
        generating=lambda p, t: _mixed(p[0], t),
    ),
    LawMoments(
        "binomial",
        lambda p: _times(p[0], p[1]),
        lambda p: _times(p[0], _share(p[1])),
        f"{_JKK}, 3",
        third=lambda p: _times(p[0], _share(p[1]), _rest(_times(_TWO, p[1]))),
        fourth=lambda p: _times(
            p[0],
            _share(p[1]),
            _plus(_ONE, _times(_THREE, _minus(p[0], _TWO), _share(p[1]))),
        ),
        generating=lambda p, t: Power(_mixed(p[1], t), p[0]),
    ),
    LawMoments(
        "Poisson",
        lambda p: p[0],
        lambda p: p[0],
        f"{_JKK}, 4",
        third=lambda p: p[0],
        fourth=lambda p: _plus(p[0], _times(_THREE, _squared(p[0]))),
        generating=lambda p, t: _exp(_times(p[0], _minus(_exp(t), _ONE))),
    ),
    LawMoments(
        "exponential",
        lambda p: _over(_ONE, p[0]),
        lambda p: _over(_ONE, _squared(p[0])),
        f"{_JKB}, 19: by its rate",
        usual=False,
        third=lambda p: _over(_TWO, _power(p[0], 3)),
        fourth=lambda p: _over(_number(9), _power(p[0], 4)),
        generating=lambda p, t: _over(p[0], _minus(p[0], t)),
    ),
    LawMoments(
        "gamma",
        lambda p: _over(p[0], p[1]),
        lambda p: _over(p[0], _squared(p[1])),
        f"{_JKB}, 17: by its rate",
        usual=False,
        third=lambda p: _over(_times(_TWO, p[0]), _power(p[1], 3)),
        fourth=lambda p: _over(_times(_THREE, p[0], _plus(p[0], _TWO)), _power(p[1], 4)),
        generating=lambda p, t: Power(_over(p[1], _minus(p[1], t)), p[0]),
    ),
    LawMoments(
        "beta",
        lambda p: _over(p[0], _plus(p[0], p[1])),
        lambda p: _over(
            _times(p[0], p[1]),
            _times(_squared(_plus(p[0], p[1])), _plus(p[0], p[1], _ONE)),
        ),
        f"{_JKB}, 25",
        third=lambda p: _third_of_beta(p[0], p[1]),
        fourth=lambda p: _fourth_of_beta(p[0], p[1]),
    ),
    LawMoments(
        "chi-squared",
        lambda p: p[0],
        lambda p: _times(_TWO, p[0]),
        f"{_JKB}, 18",
        third=lambda p: _times(_number(8), p[0]),
        fourth=lambda p: _times(_number(12), p[0], _plus(p[0], _number(4))),
        generating=lambda p, t: Power(_rest(_times(_TWO, t)), Negative(_over(p[0], _TWO))),
    ),
)
BY_FAMILY = {row.family: row for row in ROWS}
OF_NUMBERS = BY_FAMILY.keys() - {"normal", "matrix normal"}
"""The families whose random variables are numbers."""

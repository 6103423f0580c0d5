"""Functions of one number, with all derivatives from their power series, and of many entries."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from math import prod
from typing import Any

from flint import acb, acb_series, arb, arb_series, fmpq

from proofcheck.numeric.arithmetic import (
    Field,
    Item,
    NeedsBalls,
    Number,
    Undefined,
    conjugate,
    entries_of,
    from_entries,
    is_grid,
    shape_of,
)
from proofcheck.numeric.jet import Jet, add, linear, negate, product, taylor

Series = Any  # arb_series or acb_series
Primitive = Callable[[list[Jet], Field], Jet]


def _inverse_erf(x: Series) -> Series:
    """The series whose error function is a real one, by Newton's method from its first term."""
    if isinstance(x, acb_series):
        raise Undefined("the inverse error function is taken of real numbers")
    found, known = arb_series([arb(x[0]).erfinv()], 1), 1
    while known < x.prec:
        known = min(2 * known, x.prec)
        start = arb_series([found[k] for k in range(known)], known)
        slope = (start * start).exp() * (arb.pi().sqrt() / 2)
        found = start - (start.erf() - arb_series([x[k] for k in range(known)], known)) * slope
    return found


SERIES: dict[str, Callable[[Series], Series]] = {
    "log": lambda x: x.log(),
    "exp": lambda x: x.exp(),
    "sqrt": lambda x: x.sqrt(),
    "sin": lambda x: x.sin(),
    "cos": lambda x: x.cos(),
    "tan": lambda x: x.tan(),
    "sinh": lambda x: (x.exp() - (-x).exp()) / 2,
    "cosh": lambda x: (x.exp() + (-x).exp()) / 2,
    "tanh": lambda x: 1 - 2 / ((x * 2).exp() + 1),
    "arctan": lambda x: x.atan(),
    "arcsin": lambda x: (x / (1 - x * x).sqrt()).atan(),
    "arccos": lambda x: arb.pi() / 2 - (x / (1 - x * x).sqrt()).atan(),
    "artanh": lambda x: ((1 + x) / (1 - x)).log() / 2,
    "logistic": lambda x: 1 / (1 + (-x).exp()),
    "softplus": lambda x: (1 + x.exp()).log(),
    "gamma function": lambda x: x.gamma(),
    "reciprocal gamma": lambda x: x.rgamma(),
    "factorial": lambda x: (x + 1).gamma(),
    "log gamma": lambda x: x.lgamma(),
    "error function": lambda x: x.erf(),
    "inverse error function": _inverse_erf,
}


def coefficients(name: str, at: Number, order: int) -> list[Number]:
    """The Taylor coefficients of a function of `SERIES`, or of its derivative, at a ball."""
    if name.endswith(" prime"):
        above = coefficients(name.removesuffix(" prime"), at, order + 1)
        return [above[k + 1] * (k + 1) for k in range(order + 1)]
    make = acb_series if isinstance(at, acb) else arb_series
    series = SERIES[name](make([at, 1], order + 1))
    return [series[k] for k in range(order + 1)]


def series(name: str) -> Callable[[Jet, Field], Jet]:
    """A function of one number; needs balls, raises `Undefined` where the number has no value."""

    def apply(jet: Jet, field: Field) -> Jet:
        if field.exact:
            raise NeedsBalls(name)
        found = coefficients(name, jet.value, jet.order)
        if not all(number.is_finite() for number in found):
            raise Undefined(f"`{name}` is not defined here")
        return taylor(found, jet)

    return apply


def binomial(arguments: list[Jet], field: Field) -> Jet:
    """`n` over `k` for any two numbers, by the gamma function (DLMF 1.2, 5.2)."""
    top, bottom = arguments
    one = Jet({0: field.number(1)})
    rest = add(top, negate(bottom))
    below = (series("reciprocal gamma")(add(part, one), field) for part in (bottom, rest))
    return reduce(product, below, series("factorial")(top, field))


def multinomial(arguments: list[Jet], field: Field) -> Jet:
    """`n` over the factorials of numbers, by the gamma function (DLMF 26.4, 5.2)."""
    top, among = arguments
    one = Jet({0: field.number(1)})
    below = (series("reciprocal gamma")(add(part, one), field) for part in entries(among))
    return reduce(product, below, series("factorial")(top, field))


def beta(arguments: list[Jet], field: Field) -> Jet:
    """The beta function by the gamma function (DLMF 5.12)."""
    first, second = arguments
    tops = [series("gamma function")(part, field) for part in arguments]
    return reduce(product, tops, series("reciprocal gamma")(add(first, second), field))


def double_factorial(arguments: list[Jet], field: Field) -> Jet:
    """`n (n-2) (n-4) ⋯` for a whole number from -1 on."""
    number = arguments[0].value
    whole = number if isinstance(number, fmpq) else number.unique_fmpz()
    if whole is None or arguments[0].order or whole != int(whole) or not -1 <= whole <= 1000:
        raise Undefined("the double factorial of what is no whole number")
    return Jet({0: field.number(prod(range(int(whole), 0, -2)))})


def of_entries(function: Callable[[Jet, Field], Jet]) -> Primitive:
    """A function of one number on every entry of its argument."""

    def apply(arguments: list[Jet], field: Field) -> Jet:
        jet = arguments[0]
        if not is_grid(jet.value):
            return function(jet, field)
        return join(shape_of(jet.value), [function(entry, field) for entry in entries(jet)], field)

    return apply


def entries(jet: Jet) -> list[Jet]:
    """The jets of the entries, in row-major order."""
    lists = {key: entries_of(part) for key, part in jet.parts.items()}
    count = len(lists[0])
    return [Jet({key: items[i] for key, items in lists.items()}) for i in range(count)]


def join(shape: tuple[int, ...], jets: list[Jet], field: Field) -> Jet:
    """One jet from those of its entries."""
    keys = {key for jet in jets for key in jet.parts} | {0}
    zero = field.number(0)
    return Jet(
        {key: from_entries(shape, [jet.parts.get(key, zero) for jet in jets]) for key in keys}
    )


def exceeds(left: Jet, right: Jet) -> bool:
    """Whether one number is the greater; raises `Undefined` where that is a kink or not known."""
    if left.value > right.value:
        return True
    if left.value < right.value:
        return False
    if len(left.parts) == len(right.parts) == 1 and left.value == right.value:
        return True
    raise Undefined("two numbers are equal where only the greater counts")


def maximum(left: Jet, right: Jet) -> Jet:
    """The greater of two numbers."""
    return left if exceeds(left, right) else right


def minimum(left: Jet, right: Jet) -> Jet:
    """The lesser of two numbers."""
    return right if exceeds(left, right) else left


def absolute(jet: Jet, field: Field) -> Jet:
    """The absolute value of a number."""
    if field.imaginary:
        return series("sqrt")(product(linear(conjugate, jet), jet), field)
    return maximum(jet, negate(jet))


def sign(jet: Jet, field: Field) -> Jet:
    """-1, 0 or 1; of a complex number that on the unit circle which has its angle."""
    if field.imaginary:
        logarithm = series("log")(absolute(jet, field), field)
        return product(jet, series("exp")(negate(logarithm), field))
    zero = Jet({0: field.number(0)})
    if len(jet.parts) == 1 and jet.value == 0:
        return zero
    return Jet({0: field.number(1 if exceeds(jet, zero) else -1)})


def rectified(jet: Jet, field: Field) -> Jet:
    """The number if it is positive, else zero."""
    return maximum(jet, Jet({0: field.number(0)}))


def rounded(way: str) -> Callable[[Jet, Field], Jet]:
    """The `floor` or the `ceil` of a number; its differential is zero away from the whole ones."""

    def apply(jet: Jet, field: Field) -> Jet:
        whole = getattr(jet.value, way)()
        if jet.order and jet.value == whole:
            raise Undefined("a whole number is where rounding jumps")
        if isinstance(jet.value, fmpq):
            return Jet({0: field.number(int(whole))})
        found = whole.unique_fmpz()
        if found is None:
            raise Undefined("a number may or may not be whole")
        return Jet({0: field.number(int(found))})

    return apply


def scaled(item: Item, top: int, bottom: int) -> Item:
    """An item times a fraction."""
    if isinstance(entries_of(item)[0], fmpq):
        return item * fmpq(top, bottom)
    return item * top / bottom


def scale(jet: Jet, top: int, bottom: int = 1) -> Jet:
    """A jet times a fraction."""
    return linear(lambda part: scaled(part, top, bottom), jet)

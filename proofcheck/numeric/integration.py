"""Integrals and infinite sums of numbers, as balls.

Between two finite limits the quadrature is certified: it bounds the integrand as a holomorphic
function (Johansson 2018, "Numerical integration in arbitrary-precision ball arithmetic"). Out to
infinity a line is cut after shells of doubling width, of which the last ones have to be nothing to
the precision in use; a series is cut where its terms fall by a steady ratio. What lies beyond is
taken to be no more than what came last: the ball is as wide, but no proof, so that a difference
proves nothing there.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import acb, arb, ctx

from proofcheck.numeric.arithmetic import Number, Undefined

Integrand = Callable[[acb, bool], acb]

_SPARE_BITS = 32
_SHELLS = 12
_EVALUATIONS = 1000
_WITHIN = 60
_TERMS = 400
_FEWEST = 24
_STEADY = 12

HOLOMORPHIC = frozenset((
    "exp", "elementwise exp", "sin", "cos", "sinh", "cosh", "error function", "gamma function",
    "factorial", "binomial", "multinomial", "beta function", "digamma function", "transpose",
    "trace", "determinant", "frobenius", "inner product",
    "weighted inner product", "hadamard", "elementwise sin", "elementwise cos",
))  # fmt: skip
"""Operators that are holomorphic wherever they are finite."""
ABSOLUTE = frozenset(("bars", "absolute value"))
"""Operators that are holomorphic on either side of a kink."""
CUT = frozenset(("log", "elementwise log", "sqrt", "elementwise sqrt"))
"""Operators with a cut along the negative numbers."""


def quadrature(integrand: Integrand, lower: Number, upper: Number) -> acb:
    """The integral between two limits, None for minus or plus infinity."""
    if lower is None and upper is None:
        middle = arb(0)
        return quadrature(integrand, None, middle) + quadrature(integrand, middle, None)
    if lower is None:
        return quadrature(lambda z, analytic: integrand(-z, analytic), -upper, None)
    if upper is None:
        return _to_infinity(integrand, lower)
    return _checked(_piece(integrand, lower, upper, _EVALUATIONS))


def enclosure(integrand: Integrand, lower: Number, upper: Number) -> acb:
    """The integral of what has balls itself, however wide it gets: that within another integral."""
    value = _piece(integrand, lower, upper, _WITHIN)
    if not value.is_finite():
        raise Undefined("the integral does not converge")
    return value


def _small() -> arb:
    """What is nothing to the precision in use, beside one."""
    return arb(2) ** (_SPARE_BITS - ctx.prec)


def _piece(integrand: Integrand, lower: Number, upper: Number, most: int) -> acb:
    return acb.integral(
        integrand, acb(lower), acb(upper), rel_tol=_small(), abs_tol=_small(), eval_limit=most
    )


def _to_infinity(integrand: Integrand, lower: Number) -> acb:
    total, start, before = acb(0), acb(lower), False
    for shell in range(_SHELLS):
        end = start + 2**shell
        part = _checked(_piece(integrand, start, end, _EVALUATIONS))
        total += part
        start = end
        small = abs(part) < _small()
        if small and before and shell >= _SHELLS // 2:
            return total + _about_zero(_small())
        before = small
    raise Undefined("the integral converges too slowly")


def _about_zero(radius: arb) -> acb:
    return acb(arb(0, radius), arb(0, radius))


def _checked(value: acb) -> acb:
    if not value.is_finite() or not value.rad() < arb(2) ** -_SPARE_BITS * (abs(value).upper() + 1):
        raise Undefined("the integral does not converge")
    return value


def series(term: Callable[[int], Number], first: int) -> Number:
    """The sum of `term(k)` from `first` on."""
    total: Number = arb(0)
    before: Number = arb(0)
    steady = 0
    for k in range(first, first + _TERMS):
        value = term(k)
        total = total + value
        falls = abs(value) * 16 <= abs(before) * 15 or value == 0
        steady = steady + 1 if abs(value) < _small() / 16 and falls else 0
        before = value
        if k - first >= _FEWEST and steady >= _STEADY:
            beyond = arb(0, _small())
            return total + (acb(beyond, beyond) if isinstance(total, acb) else beyond)
    raise Undefined("the sum converges too slowly")

"""Values at infinity: `\\lim_{x\\to\\infty} F(x)`, `\\left[ F(x) \\right]_0^\\infty`.

The function is taken at two places far out. Where both values are the same to the precision in use
that is taken for the limit, which bounds nothing: such a step may hold, and is never accused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import arb, ctx

from proofcheck.formula.evaluations import NEAR
from proofcheck.formula.expr import Evaluated, Expr, Negative, Symbol
from proofcheck.formula.integrals import is_infinite
from proofcheck.numeric.arithmetic import NeedsBalls, Undefined, Unsupported, is_grid
from proofcheck.numeric.determinants import constant
from proofcheck.numeric.jet import Jet

if TYPE_CHECKING:
    from proofcheck.numeric.evaluation import Evaluator, Frame

_FAR = (200, 203)  # how far out, in bits
_SPARE_BITS = 40
_MORE_BITS = 900


def at_infinity(evaluator: Evaluator, expr: Evaluated, frame: Frame) -> Jet:
    """The value of an expression where a variable grows; raises `Undefined` where it goes on to
    change."""
    if evaluator.field.exact:
        raise NeedsBalls("a value at infinity")
    if evaluator.holomorphic or evaluator.field.imaginary or len(expr.at) != 1:
        raise Unsupported("a value at infinity within an integral")
    variable, place = expr.at[0]
    precision = ctx.prec
    if variable.name == NEAR:  # differences of nearly equal numbers lose most of their digits
        ctx.prec = precision + _MORE_BITS
    try:
        near, far = (_value(evaluator, expr.operand, variable, place, bits, frame) for bits in _FAR)
    finally:
        ctx.prec = precision
    beyond = abs(near - far) + arb(2) ** (_SPARE_BITS - ctx.prec)
    if not far.is_finite() or not beyond < arb(2) ** (2 * _SPARE_BITS - ctx.prec):
        raise Undefined("nothing is approached at infinity")
    return constant(far + arb(0, beyond.upper()))


def _value(
    evaluator: Evaluator, operand: Expr, variable: Symbol, place: Expr, bits: int, frame: Frame
) -> arb:
    sign = -1 if isinstance(place, Negative) else 1
    there = evaluator.moved(frame, variable, constant(sign * arb(2) ** bits))
    found = evaluator.evaluate(operand, there)
    if is_grid(found.value) or len(found.parts) > 1:
        raise Unsupported("a value at infinity that is no number")
    number: arb = found.value
    return number


def is_far(expr: Evaluated) -> bool:
    """Whether a variable grows without a bound."""
    return any(is_infinite(place) for _, place in expr.at)

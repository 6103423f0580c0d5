"""Integrals and infinite sums within an expression: what their integrands and terms are worth.

Between limits the integrand is evaluated at complex balls, by a second evaluator. Without limits,
or over a set, an integral is a sum over a few points with weights: what holds for all measures is
decided there, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from flint import acb, acb_mat

from proofcheck.formula.expr import Call, Expr, Integral, Summation, symbols
from proofcheck.formula.integrals import is_infinite
from proofcheck.formula.shape import SCALAR
from proofcheck.numeric.arithmetic import (
    Item,
    NeedsBalls,
    Tensor,
    Undefined,
    Unsupported,
    is_grid,
    shape_of,
    use_precision,
)
from proofcheck.numeric.determinants import constant
from proofcheck.numeric.effort import MOST_NODES, current
from proofcheck.numeric.integration import ABSOLUTE, CUT, HOLOMORPHIC, enclosure, quadrature, series
from proofcheck.numeric.jet import Jet, add, linear, negate, product
from proofcheck.numeric.power_sums import power_sum
from proofcheck.numeric.primitives import PRIMITIVES, power
from proofcheck.numeric.ranges import integer

if TYPE_CHECKING:
    from proofcheck.numeric.evaluation import Evaluator, Frame

_WEIGHTS = (2, 3, 5)  # of the points that stand for a set
_NOT_A_NUMBER = acb("nan")


def integral(evaluator: Evaluator, expr: Integral, frame: Frame) -> Jet:
    """The integral at a point; raises `Undefined` where it does not converge quickly."""
    if expr.lower is None or expr.upper is None:
        return _over_set(evaluator, expr, frame)
    if evaluator.field.exact:
        raise NeedsBalls("an integral")
    twin, inside = _twin_of(evaluator, frame)
    lower, upper = (_end(evaluator, end, frame) for end in (expr.lower, expr.upper))
    outer = twin.analytic
    kept: list[Exception] = []

    def integrand(z: acb, analytic: bool) -> acb:
        if kept:
            return _NOT_A_NUMBER
        twin.analytic = analytic
        try:
            return acb(_number(twin.evaluate(expr.body, _with(twin, inside, expr, constant(z)))))
        except Undefined:
            return _NOT_A_NUMBER
        except Exception as error:  # noqa: BLE001, passed on behind the quadrature
            kept.append(error)
            return _NOT_A_NUMBER

    try:
        if evaluator.holomorphic:
            if lower is None or upper is None:
                raise Unsupported("an integral to infinity within another one")
            found = enclosure(integrand, lower, upper)
        else:
            with _spending(twin):
                found = quadrature(integrand, lower, upper)
    except Undefined:
        if kept:
            raise kept[0] from None
        raise
    finally:
        twin.analytic = outer
    if evaluator.holomorphic:
        return constant(found)
    if not found.imag.contains(0):
        raise Undefined("the integrand is not real")
    return constant(found.real)


@contextmanager
def _spending(evaluator: Evaluator) -> Iterator[None]:
    """Takes the nodes that are evaluated from what is left for the step."""
    effort, before, most = current(), evaluator.nodes, evaluator.most
    evaluator.most = min(most, before + effort.left)
    try:
        yield
    finally:
        effort.left -= evaluator.nodes - before
        evaluator.most = most


def _end(evaluator: Evaluator, end: Expr, frame: Frame) -> Item:
    """A limit; None for one at infinity."""
    return None if is_infinite(end) else _number(evaluator.evaluate(end, frame))


def _number(jet: Jet) -> Item:
    if jet.order:
        raise Unsupported("the derivative of an integral")
    if is_grid(jet.value) or isinstance(jet.value, Tensor):
        raise Unsupported("the integral of more than a number")
    return jet.value


def _twin_of(evaluator: Evaluator, frame: Frame) -> tuple[Evaluator, Frame]:
    """The evaluator of integrands, and a frame at complex numbers."""
    from proofcheck.numeric.evaluation import Evaluator, Frame, Scope

    if evaluator.holomorphic:
        return evaluator, frame
    if frame.scope.level:
        raise Unsupported("the derivative of an integral")
    if evaluator.twin is None:
        numbers = use_precision(evaluator.field.bits, imaginary="left")
        twin = Evaluator(evaluator.model, evaluator.point, numbers, evaluator.claim)
        twin.holomorphic, twin.most = True, MOST_NODES
        evaluator.twin = twin
    twin = evaluator.twin
    memo: dict[str, Jet] = {}
    scope = frame.scope
    while scope.parent is not None:
        memo = {**scope.memo, **memo}
        scope = scope.parent
    moved = {key: linear(complexified, jet) for key, jet in memo.items()}
    local = {name: linear(complexified, jet) for name, jet in frame.local.items()}
    inner = Scope(0, frozenset(moved), moved, twin.root)
    return twin, Frame(frame.names, inner, local, frame.indices)


def complexified(item: Item) -> Item:
    """A rational or real item as a complex one."""
    if is_grid(item):
        return acb_mat(item)
    if isinstance(item, Tensor):
        return Tensor(item.shape, tuple(acb(entry) for entry in item.entries))
    return acb(item)


def _with(evaluator: Evaluator, frame: Frame, expr: Integral, value: Jet) -> Frame:
    """The frame in which the variable of an integral has a value."""
    from proofcheck.numeric.evaluation import Scope

    name = expr.variable.name
    if name in frame.local:
        return replace(frame, local={**frame.local, name: value})
    key = frame.names[name]
    scope = Scope(frame.scope.level, frozenset((key,)), {key: value}, frame.scope)
    return replace(frame, scope=scope)


def _over_set(evaluator: Evaluator, expr: Integral, frame: Frame) -> Jet:
    """The weighted sum over the points of a set, which are the same for all that runs there."""
    key = frame.names[expr.variable.name]
    shape = evaluator.reading.shapes.get(key, SCALAR)
    properties = evaluator.model.variables[key].properties
    total: Jet | None = None
    for number, weight in enumerate(_WEIGHTS):
        drawn = evaluator.point.draw(f"{key}#{expr.domain}#{number}", shape, properties)
        at = constant(evaluator._convert(drawn))
        value = evaluator.evaluate(expr.body, _with(evaluator, frame, expr, at))
        term = product(constant(evaluator.field.number(weight)), value)
        total = term if total is None else add(total, term)
    assert total is not None
    return total


def infinite_sum(evaluator: Evaluator, expr: Summation, frame: Frame) -> Jet:
    """The sum over one index without an end."""
    known = None if evaluator.holomorphic else power_sum(evaluator, expr, frame)
    if known is not None:
        return known
    if evaluator.field.exact:
        raise NeedsBalls("an infinite sum")
    if len(expr.indices) > 1 or expr.conditions or expr.operator != "sum":
        raise Unsupported("an infinite sum or product of this kind")
    first = 1 if expr.lower is None else integer(evaluator, expr.lower, frame)

    def term(k: int) -> Item:
        indices = {**frame.indices, expr.indices[0]: k}
        return _number(evaluator.evaluate(expr.body, replace(frame, indices=indices)))

    with _spending(evaluator):
        return constant(series(term, first))


def call(evaluator: Evaluator, expr: Call, frame: Frame) -> Jet:
    """An operator within an integrand: a holomorphic one, or one that the variable is not under."""
    jets = [evaluator.evaluate(argument, frame) for argument in expr.arguments]
    value = jets[0].value
    if expr.operator in CUT and not is_grid(value):
        if expr.operator.endswith("sqrt") and not jets[0].order:
            return constant(_finite(value.sqrt(analytic=evaluator.analytic)))
        if value.imag.contains(0) and not value.real > 0:
            raise Undefined("a logarithm meets its cut")
    elif expr.operator in ABSOLUTE and not is_grid(value):
        return _without_sign(jets[0])
    elif expr.operator == "bars" and len(set(shape_of(value))) == 1:
        return PRIMITIVES["determinant"](jets, evaluator.field)
    elif expr.operator not in HOLOMORPHIC and _is_moved(evaluator, expr, frame):
        raise Unsupported(f"the integral of `{expr.operator}`")
    return PRIMITIVES[expr.operator](jets, evaluator.field)


def _without_sign(jet: Jet) -> Jet:
    """The absolute value of a number away from its kink, as a holomorphic function."""
    if jet.value.real > 0:
        return jet
    if jet.value.real < 0:
        return negate(jet)
    raise Undefined("an absolute value meets its kink")


def _is_moved(evaluator: Evaluator, expr: Expr, frame: Frame) -> bool:
    """Whether an expression rests on the variable of an integral, as far as is known."""
    if symbols(expr) & frame.local.keys():
        return True
    moved: set[str] = set()
    scope = frame.scope
    while scope.parent is not None:
        moved |= scope.changed
        scope = scope.parent
    return bool(moved & evaluator.rests_on(expr, frame.names))


def principal_power(evaluator: Evaluator, base: Jet, exponent: Jet) -> Jet:
    """A power within an integrand; one that is not whole has a cut along the negative numbers."""
    whole = exponent.value
    if not is_grid(whole) and whole.imag == 0 and whole.real.is_integer():
        return power(base, exponent, evaluator.field)
    if is_grid(base.value) or base.order or exponent.order:
        raise Unsupported("such a power within an integral")
    return constant(_finite(base.value.pow(whole, analytic=evaluator.analytic)))


def _finite(value: acb) -> acb:
    if not value.is_finite():
        raise Undefined("a power meets its cut")
    return value

"""Of what degree an expression is in the random variables in it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from proofcheck.formula.expr import (
    Call,
    Entry,
    Expr,
    Moment,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Summation,
    Symbol,
    children,
)
from proofcheck.inference.model import Claim, Defined, Model, Names

_LINEAR = frozenset(("transpose", "trace", "vec"))
_SQUARED = frozenset(("norm", "two norm", "frobenius norm"))


def total_degree(model: Model, claim: Claim, keys: AbstractSet[str], most: int) -> int:
    """The highest degree in some random variables that a moment in a claim is of; more than `most`
    where it is not known."""
    sides = (claim.left, claim.right)
    return max(degree(model, side, claim.names, keys, most) for side in sides)


def degree(model: Model, expr: Expr, names: Names, keys: AbstractSet[str], most: int) -> int:
    """The degree of an expression in random variables, one more than `most` where it is more or
    not known. A moment is a constant, if it is of no more than that order."""

    def of(part: Expr) -> int:
        return degree(model, part, names, keys, most)

    too_high = most + 1
    match expr:
        case Symbol(name=name):
            law = model.variables[names[name]].law if name in names else None
            if names.get(name) in keys:
                return 1
            return degree(model, law.expr, law.names, keys, most) if isinstance(law, Defined) else 0
        case Sum(terms=terms):
            return max(map(of, terms))
        case Negative(term=part) | Entry(base=part) | Summation(operator="sum", body=part):
            return of(part)
        case Product(factors=factors):
            return min(sum(map(of, factors)), too_high)
        case Quotient(numerator=top, denominator=bottom):
            return of(top) if of(bottom) == 0 else too_high
        case Power(
            base=Call(operator=operator, arguments=(part,)), exponent=Number(value=value)
        ) if value == 2 and operator in _SQUARED:
            return min(2 * of(part), too_high)
        case Power(base=base, exponent=Number(value=value)) if value.denominator == 1 and value > 0:
            return min(int(value) * of(base), too_high)
        case Call(operator=operator, arguments=(part,)) if operator in _LINEAR:
            return of(part)
        case Moment(operator="expectation", arguments=(part,)):
            return 0 if of(part) <= most else too_high
        case Moment(operator="variance", arguments=(part,)):
            return 0 if 2 * of(part) <= most else too_high
        case Moment(operator="covariance", arguments=(one, other)):
            return 0 if of(one) + of(other) <= most else too_high
        case _:
            return too_high if any(map(of, children(expr))) else 0

"""How sure agreement at random points is: the bound of Schwartz and Zippel.

A polynomial of degree d that is not zero is zero at a point whose entries are drawn from sets of s
numbers with a chance of at most d / s (Schwartz 1980).
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from proofcheck.formula.expr import (
    Call,
    Constant,
    Differential,
    Dotted,
    Entry,
    Expr,
    Negative,
    Number,
    Power,
    Product,
    Sum,
    Summation,
    Symbol,
)
from proofcheck.inference.model import Claim, Defined, Free, Model, Names
from proofcheck.inference.readings import all_leaves

_MULTILINEAR = frozenset(
    ("transpose", "trace", "frobenius", "inner product", "outer product", "hadamard", "kronecker")
) | {"vec", "diag", "symmetric part", "skew part", "commutator", "anticommutator"}
_MOST_DEPTH = 40


class _NoPolynomial(Exception):
    """An expression is no polynomial in what is drawn."""


def chance(
    model: Model, claim: Claim, values: Iterable[int], whole: frozenset[str]
) -> Fraction | None:
    """A bound on the chance that sides which differ agree at all points.

    values: for each point, of how many numbers every entry is drawn there. whole: the names that
    are drawn as whole numbers. None where the sides are not known to be polynomials in independent
    entries.
    """
    keys = all_leaves(model, claim)
    if claim.unknown or any(model.variables[key].name in whole for key in keys):
        return None
    try:
        degree = max(_degree(model, s, claim.names, 0) for s in (claim.left, claim.right))
    except _NoPolynomial:
        return None
    total = Fraction(1)
    for count in values:
        total *= min(Fraction(1), Fraction(degree, count))
    return total


def _degree(model: Model, expr: Expr, names: Names, depth: int) -> int:
    """At least the degree of an expression in the entries that are drawn."""

    def of(inner: Expr) -> int:
        return _degree(model, inner, names, depth + 1)

    if depth > _MOST_DEPTH:
        raise _NoPolynomial
    match expr:
        case Number() | Constant():
            return 0
        case Symbol(name=name) if name in names:
            return _of_variable(model, names[name], depth)
        case Sum(terms=terms):
            return max(map(of, terms))
        case Negative(term=part) | Differential(operand=part) | Dotted(meaning=part):
            return of(part)
        case Product(factors=parts):
            return sum(map(of, parts))
        case Call(operator=operator, arguments=parts) if operator in _MULTILINEAR:
            return sum(map(of, parts))
        case Power(base=base, exponent=Number(value=value)) if value.denominator == 1 and value > 0:
            return of(base) * int(value)
        case Entry(base=base):
            return of(base)
        case Summation(operator="sum", body=body, conditions=()):
            return of(body)
        case _:
            raise _NoPolynomial


def _of_variable(model: Model, key: str, depth: int) -> int:
    variable = model.variables[key]
    match variable.law:
        case Free() if not variable.properties:
            return 1
        case Defined(expr=expr, names=names, parameters=()):
            return _degree(model, expr, names, depth + 1)
        case _:
            raise _NoPolynomial

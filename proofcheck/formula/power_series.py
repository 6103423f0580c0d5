r"""Sums to infinity over the powers of something: `\sum_{k=0}^\infty A^k`, `\sum_k \frac{x^k}{k!}`.

What they add up to is known, so that they have a certified value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from proofcheck.formula.expr import (
    Call,
    Expr,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Summation,
    Symbol,
    symbols,
)


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor of the terms, perhaps `below` a line; to the power of the index and `offset`, if
    that is a number."""

    expr: Expr
    below: bool
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class PowerSeries:
    """The factors of its terms in order; `exponential` where these are over a factorial."""

    factors: tuple[Factor, ...]
    exponential: bool


def power_series(expr: Summation) -> PowerSeries | None:
    """A sum as such a series, or None for any other."""
    if len(expr.indices) != 1 or expr.conditions or expr.operator != "sum":
        return None
    (index,) = expr.indices
    found: list[Factor] = []
    factorials = 0
    for factor, below in _factors(expr.body):
        match factor:
            case _ if index not in symbols(factor):
                found.append(Factor(factor, below))
            case Call(operator="factorial", arguments=(argument,)) if below:
                factorials += argument == Symbol(index)
                if argument != Symbol(index):
                    return None
            case Power(base=base, exponent=exponent) if index not in symbols(base):
                offset = _offset(exponent, index)
                if offset is None:
                    return None
                found.append(Factor(base, below, offset))
            case _:
                return None
    raised = any(factor.offset is not None for factor in found)
    return PowerSeries(tuple(found), factorials == 1) if raised and factorials < 2 else None


def _factors(expr: Expr) -> Iterator[tuple[Expr, bool]]:
    """The factors of a term in order, each with whether it stands below a line."""
    match expr:
        case Product(factors=factors):
            for factor in factors:
                yield from _factors(factor)
        case Negative(term=term):
            yield Number(Fraction(-1)), False
            yield from _factors(term)
        case Quotient(numerator=top, denominator=bottom):
            yield from _factors(top)
            yield from ((factor, not below) for factor, below in _factors(bottom))
        case _:
            yield expr, False


def _offset(exponent: Expr, index: str) -> int | None:
    """The 2 of `k+2`; None for what is no such exponent."""
    if exponent == Symbol(index):
        return 0
    if not isinstance(exponent, Sum) or len(exponent.terms) != 2:
        return None
    letter, number = exponent.terms
    value = number.term if isinstance(number, Negative) else number
    if letter != Symbol(index) or not isinstance(value, Number) or value.value.denominator != 1:
        return None
    return -int(value.value) if value is not number else int(value.value)

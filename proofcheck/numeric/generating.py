r"""Expectations of exponentials under laws: `E[e^{tX}] = \exp(\mu t + \tfrac12\sigma^2t^2)`.

No space with the moments up to an order has these; they are the formula of the law, of what the
exponent is in the random variable (Johnson, Kotz and Balakrishnan 1994; Johnson, Kemp and Kotz
2005). A normal exponent has its mean and its variance, whatever it is made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from proofcheck.formula.expr import (
    Call,
    Constant,
    Evaluated,
    Expr,
    Moment,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    rebuild,
    symbols,
)
from proofcheck.formula.law_moments import BY_FAMILY
from proofcheck.inference.model import Claim, Model, Spread
from proofcheck.numeric.degrees import degree

_ZERO, _ONE, _TWO = (Number(Fraction(n)) for n in (0, 1, 2))


def with_generating(
    model: Model, claim: Claim, imposed: Mapping[str, Spread]
) -> tuple[Claim, frozenset[str]]:
    """The claim in which the expectations of exponentials are their formulas, where all names of a
    law mean in the claim what they mean in the law, and the keys in the exponents of laws of
    numbers."""
    names = dict(claim.names)
    for spread in imposed.values():
        for name in frozenset[str]().union(*map(symbols, spread.parameters)):
            if (
                name not in spread.names
                or names.get(name, spread.names[name]) != spread.names[name]
            ):
                return claim, frozenset()
            names[name] = spread.names[name]
    generating = _Generating(model, replace(claim, names=names), imposed)
    left, right = generating.within(claim.left), generating.within(claim.right)
    if left is claim.left and right is claim.right:
        return claim, frozenset()
    numbers = frozenset(names[name] for name in generating.letters if name in names)
    return replace(claim, left=left, right=right, names=names), numbers


@dataclass(frozen=True, slots=True)
class _Generating:
    """Replaces the expectations of exponentials of what has a law."""

    model: Model
    claim: Claim
    imposed: Mapping[str, Spread]
    letters: set[str] = field(default_factory=set)  # in exponents of what is a number

    def within(self, expr: Expr) -> Expr:
        """An expression with the formulas in it; itself where there are none."""
        match expr:
            case Moment(operator="expectation", arguments=(argument,), over=(), given=()):
                return self._mean(argument) or expr
            case _:
                found = rebuild(expr, self.within)
                return expr if found == expr else found

    def _degree(self, expr: Expr) -> int:
        return degree(self.model, expr, self.claim.names, self.imposed.keys(), 1)

    def _mean(self, argument: Expr) -> Expr | None:
        """The expectation of an exponential, of a multiple of one, or of sums with them."""
        match argument:
            case Sum(terms=terms):
                parts = [self._mean(term) for term in terms]
                if not any(parts):
                    return None
                plain = [Moment("expectation", (t,)) if self._degree(t) else t for t in terms]
                kept = zip(parts, plain, strict=True)
                return replace(argument, terms=tuple(part or term for part, term in kept))
            case Negative(term=term):
                part = self._mean(term)
                return None if part is None else replace(argument, term=part)
            case Quotient(numerator=top, denominator=bottom) if not self._degree(bottom):
                part = self._mean(top)
                return None if part is None else replace(argument, numerator=part)
            case Product(factors=factors):
                moving = [factor for factor in factors if self._degree(factor)]
                exponents = [_exponent(factor) for factor in moving]
                known = tuple(exponent for exponent in exponents if exponent is not None)
                if not known or len(known) < len(moving):
                    return None
                part = self._of_exponential(Sum(known))
                rest = tuple(factor for factor in factors if factor not in moving)
                return None if part is None else replace(argument, factors=(*rest, part))
            case _:
                exponent = _exponent(argument)
                return None if exponent is None else self._of_exponential(exponent)

    def _of_exponential(self, exponent: Expr) -> Expr | None:
        if self._degree(exponent) != 1:
            return None
        names = self.claim.names
        keys = [
            key for key in self.imposed if degree(self.model, exponent, names, frozenset((key,)), 1)
        ]
        spreads = [self.imposed[key] for key in keys]
        if all(spread.number for spread in spreads):
            self.letters.update(symbols(exponent))
        if all(spread.normal for spread in spreads):
            mean, variance = (Moment(kind, (exponent,)) for kind in ("expectation", "variance"))
            return Call("exp", (Sum((mean, Quotient(variance, _TWO))),))
        row = BY_FAMILY.get(spreads[0].family)
        variables = [Symbol(name) for name, key in names.items() if key == keys[0]]
        if len(keys) > 1 or row is None or row.generating is None or spreads[0].indices:
            return None
        start, end = (Evaluated(exponent, ((variables[0], at),)) for at in (_ZERO, _ONE))
        slope = Sum((end, Negative(start)))
        formula = row.generating(spreads[0].parameters, slope)
        return Product((Call("exp", (start,)), formula))


def _exponent(expr: Expr) -> Expr | None:
    match expr:
        case Call(operator="exp", arguments=(inner,)):
            return inner
        case Power(base=Constant(name="e"), exponent=exponent):
            return exponent
        case _:
            return None

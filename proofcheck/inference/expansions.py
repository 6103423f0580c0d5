r"""Equations up to a remainder, `+ O(\|h\|^2)` and `+ o(h)`, and approximations of an order.

Two sides are equal up to terms of an order in `h` if their Taylor polynomials below it are. An
approximation says no order: the words do, and its right side, as the polynomial in `h` that it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from proofcheck.document.tokens import Token
from proofcheck.extraction.derivation import Side
from proofcheck.formula.expr import (
    Call,
    Expansion,
    Expr,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    children,
    symbols,
    walk,
)

_SMALL = re.compile(r"h|H|E|(?:\\(?:var)?epsilon|\\delta|\\eta)\b.*|\\Delta.+|\\delta.+")
"""Letters that are customarily small."""
_LENGTHS = frozenset(("norm", "two norm", "one norm", "infinity norm", "spectral norm", "bars"))
_LINEAR = frozenset(("transpose", "trace", "vec", "diag", "symmetric part"))
_SAYS = re.compile(
    r"first[- ]order|second[- ]order|taylor|lineari[sz]|linear approximation|order in "
)
_MOST = 3


class Remainder(NamedTuple):
    """A side without its remainder, the tokens in the bracket of that, and whether it is little."""

    kept: Side
    of: tuple[Token, ...]
    little: bool


def without_remainder(side: Side) -> Remainder | None:
    r"""What stands before `+ O(…)` at the end of a side; None if there is none."""
    tokens = [
        t for t in side.tokens if t.text not in (r"\left", r"\right", r"\big", r"\Big", r"\!")
    ]
    while tokens and tokens[-1].text in (".", ",", ";", r"\,", r"\;", "~"):
        tokens.pop()
    if not tokens or tokens[-1].text != ")":
        return None
    depth, start = 0, len(tokens)
    while start and (depth or start == len(tokens)):
        start -= 1
        depth += (tokens[start].text == ")") - (tokens[start].text == "(")
    head = start
    while head and tokens[head - 1].text in ("{", "}", "O", "o", r"\mathcal", r"\mathrm"):
        head -= 1
    letter = "".join(t.text for t in tokens[head:start] if t.text in ("O", "o"))
    if letter not in ("O", "o") or head < 2 or tokens[head - 1].text != "+":
        return None
    end = next(i for i, token in enumerate(side.tokens) if token is tokens[head - 1])
    kept = side.tokens[:end]
    bare = replace(side, tokens=kept, span=kept[0].span.to(kept[-1].span))
    return Remainder(bare, tuple(tokens[start + 1 : -1]), letter == "o")


def order_of(inside: Expr, little: bool) -> tuple[Symbol, int] | None:
    """What is small in a remainder, and the order up to which the sides are equal."""
    base, power = inside, 1
    match inside:
        case Power(base=below, exponent=Number(value=value)) if value.denominator == 1:
            base, power = below, int(value)
        case _:
            pass
    measured = isinstance(base, Call) and base.operator in _LENGTHS
    if isinstance(base, Call) and measured:
        base = base.arguments[0]
    if not isinstance(base, Symbol) or not (measured or _SMALL.fullmatch(base.name)):
        return None
    order = power if little else power - 1
    return (base, order) if 0 <= order <= _MOST else None


def expansions(left: Expr, right: Expr, variable: Symbol, order: int) -> tuple[Expr, Expr]:
    """The Taylor polynomials of two sides, multiplied by what of the variable they are divided by:
    difference quotients have no value at zero."""
    power = max(_divided(node, variable) for node in walk(left) + walk(right))
    cleared = [_cleared(side, variable, power) if power else side for side in (left, right)]
    mine, theirs = (
        Expansion(side, variable, order + power, whole.span)
        for side, whole in zip(cleared, (left, right), strict=True)
    )
    return mine, theirs


def _divided(node: Expr, variable: Symbol) -> int:
    """The power of a variable in the denominator of a quotient, if that is a multiple of one."""
    if not isinstance(node, Quotient):
        return 0
    factors = node.denominator.factors if isinstance(node.denominator, Product) else ()
    return sum(_power_of(factor, variable) for factor in factors or (node.denominator,))


def _power_of(factor: Expr, variable: Symbol) -> int:
    match factor:
        case Symbol(name=variable.name):
            return 1
        case Power(base=Symbol(name=variable.name), exponent=Number(value=value)):
            return max(0, int(value)) if value.denominator == 1 else 0
        case _:
            return 0


def _cleared(expr: Expr, variable: Symbol, power: int) -> Expr:
    """The product of an expression with a power of a variable, which is taken into quotients."""
    match expr:
        case Sum(terms=terms):
            return Sum(tuple(_cleared(term, variable, power) for term in terms), expr.span)
        case Negative(term=term):
            return Negative(_cleared(term, variable, power), expr.span)
        case Quotient(numerator=top) if _divided(expr, variable):
            inside = expr.denominator
            factors = inside.factors if isinstance(inside, Product) else (inside,)
            kept = tuple(factor for factor in factors if not _power_of(factor, variable))
            rest = _times(top, variable, power - _divided(expr, variable))
            return Quotient(rest, Product(kept), expr.span) if kept else rest
        case Product(factors=factors):
            divided = [k for k, f in enumerate(factors) if _divided(f, variable)]
            if len(divided) == 1:
                k = divided[0]
                inner = _cleared(factors[k], variable, power)
                return Product((*factors[:k], inner, *factors[k + 1 :]), expr.span)
            return _times(expr, variable, power)
        case _:
            return _times(expr, variable, power)


def _times(expr: Expr, variable: Symbol, power: int) -> Expr:
    if not power:
        return expr
    raised = variable if power == 1 else Power(variable, Number(Fraction(power)))
    return Product((raised, expr), expr.span)


def says_order(prose: str) -> bool:
    """Whether a text speaks of approximations of an order."""
    return bool(_SAYS.search(prose))


def approximated(left: Expr, right: Expr) -> tuple[Symbol, int] | None:
    """What is small in an approximation, and its order: a small letter is added to something inside
    of the left side, and the right side is a polynomial in it."""
    found = {
        variable
        for node in walk(left)
        if isinstance(node, Sum) and node is not left
        for variable in _added(node)
    }
    if len(found) != 1:
        return None
    variable = found.pop()
    degree = _degree(right, variable.name)
    return (variable, degree) if degree is not None and 1 <= degree <= _MOST else None


def _added(node: Sum) -> Sequence[Symbol]:
    """The small letters that are terms of a sum, or factors of one, beside a term without them."""
    found: list[Symbol] = []
    for term in node.terms:
        bare = term.term if isinstance(term, Negative) else term
        factors = bare.factors if isinstance(bare, Product) else (bare,)
        found += [f for f in factors if isinstance(f, Symbol) and _SMALL.fullmatch(f.name)]
    return [v for v in found if any(v.name not in symbols(term) for term in node.terms)]


def _degree(expr: Expr, name: str) -> int | None:
    """The degree of a polynomial in a variable; None if it is none, as far as the form says."""
    if name not in symbols(expr):
        return 0
    match expr:
        case Symbol():
            return 1
        case Sum() | Negative() | Product():
            parts = [_degree(part, name) for part in children(expr)]
            known = [part for part in parts if part is not None]
            if len(known) < len(parts):
                return None
            return sum(known) if isinstance(expr, Product) else max(known)
        case Quotient(numerator=top, denominator=bottom) if name not in symbols(bottom):
            return _degree(top, name)
        case Power(base=base, exponent=Number(value=value)) if value in map(Fraction, range(1, 4)):
            below = _degree(base, name)
            return None if below is None else below * int(value)
        case Call(operator=operator, arguments=(inner,)) if operator in _LINEAR:
            return _degree(inner, name)
        case Call(operator=operator, arguments=arguments) if operator in ("frobenius", "dot"):
            degrees = [_degree(part, name) for part in arguments]
            return None if None in degrees else sum(part for part in degrees if part is not None)
        case _:
            return None

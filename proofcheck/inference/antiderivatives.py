r"""Integrals without limits: `\int f(x)\,dx = F(x) + C` says that `F` has the derivative `f`.

Only the constant tells them from integrals over a domain that goes without saying.
"""

from __future__ import annotations

from dataclasses import replace

from proofcheck.extraction.derivation import Side
from proofcheck.formula.expr import (
    Derivative,
    Expr,
    Integral,
    Negative,
    Product,
    Sum,
    Symbol,
    symbols,
    walk,
)

_CONSTANTS = frozenset(("C", "c", "K"))


def without_letter(side: Side) -> Side | None:
    """A side without the `+ C` at its end; None if there is none."""
    tokens = list(side.tokens)
    while tokens and tokens[-1].text in (".", ",", ";", r"\,", r"\;", "~"):
        tokens.pop()
    if len(tokens) < 3 or tokens[-2].text != "+" or tokens[-1].text not in _CONSTANTS:
        return None
    letter = tokens[-1].text
    if any(token.text == letter for token in tokens[:-1]):
        return None
    kept = tuple(tokens[:-2])
    return replace(side, tokens=kept, span=kept[0].span.to(kept[-1].span))


def variable_of(*sides: Expr) -> Symbol | None:
    """What the integrals without limits in some sides are over, if there are any, and it is one."""
    nodes = [node for side in sides for node in walk(side)]
    found = {node.variable for node in nodes if isinstance(node, Integral) and _is_open(node)}
    return found.pop() if len(found) == 1 else None


def derived(side: Expr, by: Symbol) -> Expr | None:
    """The derivative of a side in which integrals without limits are; None where they are part of
    more than a sum of multiples."""
    match side:
        case Integral(body=body) if _is_open(side):
            return body
        case Sum(terms=terms):
            parts = [derived(term, by) for term in terms]
            known = tuple(part for part in parts if part is not None)
            return Sum(known, side.span) if len(known) == len(parts) else None
        case Negative(term=term):
            part = derived(term, by)
            return None if part is None else Negative(part, side.span)
        case Product(factors=factors):
            inside = [k for k, factor in enumerate(factors) if any(map(_is_open, walk(factor)))]
            if not inside:
                return Derivative(side, (by,), span=side.span)
            others = [factor for k, factor in enumerate(factors) if k not in inside]
            if len(inside) > 1 or any(by.name in symbols(factor) for factor in others):
                return None
            part = derived(factors[inside[0]], by)
            return None if part is None else Product((*others, part), side.span)
        case _:
            if any(map(_is_open, walk(side))):
                return None
            return Derivative(side, (by,), span=side.span)


def _is_open(node: Expr) -> bool:
    """Whether a node is an integral without limits, and over no set."""
    ends = isinstance(node, Integral) and (node.lower, node.upper, node.domain)
    return ends == (None, None, "")

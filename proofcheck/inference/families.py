"""Letters that name families, which may mean something else without an index."""

from __future__ import annotations

from collections.abc import Iterable

from proofcheck.formula.expr import (
    Apply,
    Call,
    Derivative,
    Entry,
    Expr,
    Negative,
    Number,
    Sum,
    Symbol,
    walk,
)
from proofcheck.formula.probabilities import is_probability
from proofcheck.inference.conventions import Evidence
from proofcheck.inference.patterns import beside_entries

_OF_NUMBERS = frozenset(("log", "exp", "sqrt", "sin", "cos"))
"""Functions that are usually of numbers."""


def families_in(exprs: list[Expr], evidence: Evidence) -> frozenset[str]:
    """The letters with members (`x_i^T`, `n_{ij}`), which may mean something else without."""
    small = _sampled(exprs) | {
        name for name in evidence.doubly if name.islower() and len(name) == 1
    }
    indexed = evidence.indexed | evidence.doubly
    sizes = evidence.sizes & indexed
    small |= indexed & {name for expr in exprs for name in beside_entries(expr)}
    small |= indexed & _numbers(exprs)
    return evidence.members | evidence.counted | small | sizes


def _numbers(exprs: Iterable[Expr]) -> set[str]:
    """The letters that stand beside a 1, `1-p`, and nowhere as a vector does, `p^T`, `diag(p)`."""
    beside: set[str] = set()
    vectors: set[str] = set()
    for expr in exprs:
        for node in walk(expr):
            match node:
                case Sum(terms=terms) if any(isinstance(term, Number) for term in terms):
                    plain = (t.term if isinstance(t, Negative) else t for t in terms)
                    beside |= {term.name for term in plain if isinstance(term, Symbol)}
                case Call(operator=operator, arguments=(Symbol(name=name),)):
                    vectors |= {name} if operator not in _OF_NUMBERS else set()
                case Derivative(by=by):
                    vectors |= (
                        {b.name for b in by if isinstance(b, Symbol)} if node.gradient else set()
                    )
                case _:
                    pass
    return beside - vectors


def _sampled(exprs: Iterable[Expr]) -> set[str]:
    """The letters of `P(y|x)` of which `P(y_i|x_i)` takes members: not entries of `x`."""
    found: set[str] = set()
    for expr in exprs:
        for node in walk(expr):
            if isinstance(node, Apply) and is_probability(node.function.name):
                members = (a.base for a in node.arguments if isinstance(a, Entry))
                found |= {base.name for base in members if isinstance(base, Symbol)}
    return found

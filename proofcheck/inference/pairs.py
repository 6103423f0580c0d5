"""`\\sum_{i<j}`: whether such a sum is over both letters or over the first one alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from proofcheck.formula.expr import (
    Expr,
    Summation,
    bound_here,
    children,
    free_indices,
    indexing,
    rebuild,
    walk,
)


def pairs_in_chain(sides: Sequence[Expr]) -> frozenset[str]:
    """The second letters of conditions that stand free nowhere in a chain but below them."""
    found: frozenset[str] = frozenset()
    for side in sides:
        for node in walk(side):
            found |= _partners(node)
    return found - frozenset(letter for side in sides for letter in _free_outside(side))


def _partners(expr: Expr) -> frozenset[str]:
    """The letters that the conditions of a sum compare its indices with."""
    if not isinstance(expr, Summation) or expr.upper is not None:
        return frozenset()
    return (indexing(expr) & free_indices(expr.body)) - set(expr.indices)


def _free_outside(expr: Expr) -> frozenset[str]:
    """The free indices but for the partners in what a sum with such a condition is over."""
    own = free_indices(expr) & frozenset(
        letter for child in children(expr) for letter in _free_outside(child)
    )
    if not children(expr) or not any(_partners(child) for child in walk(expr)):
        return free_indices(expr)
    return own - _partners(expr) - bound_here(expr)


def with_pairs(expr: Expr, letters: frozenset[str]) -> Expr:
    """The expression with these letters bound by the sums that compare their index with them."""
    if not letters or not any(_partners(node) for node in walk(expr)):
        return expr
    expr = rebuild(expr, lambda child: with_pairs(child, letters))
    bound = sorted(_partners(expr) & letters)
    if bound and isinstance(expr, Summation):
        return replace(expr, indices=(*expr.indices, *bound))
    return expr

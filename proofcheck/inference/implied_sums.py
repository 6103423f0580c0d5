"""Einstein's convention: an index that stands twice in a product, and nowhere free, is summed.

Only where no other reading is left: the index is not free in the chain that the side stands in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from proofcheck.formula.expr import (
    Apply,
    Call,
    Derivative,
    Entry,
    Expr,
    Product,
    Sum,
    Summation,
    bound_here,
    children,
    free_indices,
    index_letters,
    rebuild,
    spans,
)

_TWICE = 2
_SAID = re.compile(
    r"\b(?:einstein|summation convention|implied summation|"
    r"(?:repeated|doubled?|dummy) ind(?:ex|ices)|ind(?:ex|ices) that (?:occurs?|appears?) twice)\b"
)


def says_sums_implied(prose: str) -> bool:
    """Whether the words of a document say that it sums over what stands twice."""
    return bool(_SAID.search(prose.lower()))


def free_in_chain(sides: Sequence[Expr]) -> frozenset[str]:
    """The indices that a chain leaves free: those of its first side that are not summed there."""
    head, rest = sides[0], sides[1:]
    counts = _counts(head)
    elsewhere = frozenset(index for side in rest for index in free_indices(side))
    return frozenset(i for i in free_indices(head) if i in elsewhere or counts[i] != _TWICE)


def free_by_count(expr: Expr) -> frozenset[str]:
    """The indices that stand once in a term, and so are summed nowhere."""
    terms = expr.terms if isinstance(expr, Sum) else (expr,)
    counts = [_counts(term) for term in terms]
    return frozenset(i for i in free_indices(expr) if any(count[i] == 1 for count in counts))


def with_implied_sums(expr: Expr, free: frozenset[str]) -> Expr:
    """The expression with a sum around the smallest product that an implied sum is of.

    The very same node if nothing is implied.
    """
    unbound = free_indices(expr) - free
    counts = _counts(expr) if unbound else Counter()
    for index in sorted(i for i in unbound if counts[i] == _TWICE):
        expr = _summed(expr, index)
    return expr


def _counts(expr: Expr) -> Counter[str]:
    """How often each index stands unbound, in the term where it does so most."""
    if isinstance(expr, Sum):
        most: Counter[str] = Counter()
        for term in expr.terms:
            most |= _counts(term)
        return most
    found: Counter[str] = Counter()
    if isinstance(expr, Entry):
        found.update(letter for index in expr.indices for letter in index_letters(index))
    for child in children(expr):
        found += _counts(child)
    for end in (end for _, *ends, _ in spans(expr) for end in ends if end is not None):
        found.update({index: 1 - found[index] for index in free_indices(end)})  # never summed
    for index in bound_here(expr):
        del found[index]
    return found


def _summed(expr: Expr, index: str) -> Expr:
    """The expression with a sum in front of the smallest part that has both places."""
    below = [child for child in children(expr) if index in free_indices(child)]
    joins = isinstance(expr, Product | Derivative | Entry | Call | Apply)
    if joins and (len(below) > 1 or isinstance(expr, Entry)):
        return Summation("sum", (index,), None, None, (), expr, expr.span)
    return rebuild(expr, lambda child: _summed(child, index) if child in below else child)

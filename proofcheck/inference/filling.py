"""A number 1 beside a vector, as the vector of ones: `1 - h \\odot h`, `(1-y)^T\\log(1-p)`.

Authors write so of vectors; of matrices only where the sum is multiplied entry by entry, since
`1 - vv^T` is an identity matrix forgotten.
"""

from __future__ import annotations

from dataclasses import replace

from proofcheck.formula.expr import Call, Expr, Negative, Number, Power, Sum, rebuild

VECTOR, FILLED = "ones of a vector", "ones of a matrix"
"""The operators that give ones in the shape of their argument."""


def filled(expr: Expr, operator: str = VECTOR) -> Expr:
    """The expression with ones in the place of each number 1 that is a term of a sum.

    There are as many as what stands beside it has entries, and so one beside a number. `operator`
    is the one that gives them.
    """
    match expr:
        case Sum(terms=terms):
            beside = next((term for term in terms if not _is_one(term)), None)
            if beside is None:
                return expr
            return rebuild(expr, lambda term: _ones(term, beside, operator))
        case Call(operator="hadamard"):
            return rebuild(expr, lambda factor: filled(factor, FILLED))
        case Negative():
            return rebuild(expr, lambda term: filled(term, operator))
        case Power(base=base):
            return replace(expr, base=filled(base))  # an exponent is a number
        case _:
            return rebuild(expr, filled)


def _is_one(term: Expr) -> bool:
    return term.value == 1 if isinstance(term, Number) else _is_negated_one(term)


def _is_negated_one(term: Expr) -> bool:
    return isinstance(term, Negative) and _is_one(term.term)


def _ones(term: Expr, beside: Expr, operator: str) -> Expr:
    """A term of a sum: ones in the shape of another term for a 1, itself otherwise."""
    if not _is_one(term):
        return filled(term, operator)
    if isinstance(term, Negative):
        return Negative(_ones(term.term, beside, operator), term.span)
    return Call(operator, (filled(beside, operator),), term.span)

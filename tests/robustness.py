"""Expressions for hypothesis: random ones over square matrices, what keeps their value, and it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from proofcheck.document.document import Excerpt
from proofcheck.document.tokens import Token, tokenize
from proofcheck.formula.expr import Call, Expr, Negative, Number, Product, Sum, Symbol
from proofcheck.formula.notation import Notation
from proofcheck.formula.parser import parse

Matrix = tuple[tuple[Fraction, ...], ...]
LETTERS = ("A", "B", "C")
DECLARED = r"Let $A, B, C \in \mathbb{R}^{n \times n}$."
NOTATION = Notation(indices=frozenset("ijk"))


def tokens(latex: str) -> tuple[Token, ...]:
    """The tokens of a formula."""
    return tokenize(Excerpt(latex, ((0, 0),)))


def read(latex: str) -> Expr:
    """The tree of a formula."""
    return parse(tokens(latex), NOTATION)


def _extended(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return (
        several.map(Sum)
        | several.map(Product)
        | inner.map(lambda part: Call("transpose", (part,)))
        | st.tuples(st.integers(2, 4), inner).map(
            lambda pair: Product((Number(Fraction(pair[0])), pair[1]))
        )
    )


def flat(expr: Expr) -> Expr:
    """The expression without a sum in a sum, a product in a product: as it parses from LaTeX."""
    match expr:
        case Sum(terms=terms):
            parts = [part for term in map(flat, terms) for part in _inside(term, Sum)]
            return Sum(tuple(parts))
        case Product(factors=factors):
            parts = [part for factor in map(flat, factors) for part in _inside(factor, Product)]
            return Product(tuple(parts))
        case Call(arguments=(argument,)):
            return replace(expr, arguments=(flat(argument),))
        case _:
            return expr


def _inside(expr: Expr, kind: type) -> tuple[Expr, ...]:
    if isinstance(expr, Sum) and kind is Sum:
        return expr.terms
    return expr.factors if isinstance(expr, Product) and kind is Product else (expr,)


def rewritten(expr: Expr, turn: int) -> Expr:
    """Another expression of the same value; `turn` chooses among the ways."""
    match expr:
        case Sum(terms=terms):
            parts = tuple(rewritten(term, turn + i) for i, term in enumerate(terms))
            return Sum(parts[::-1] if turn % 2 else parts)
        case Product(factors=(first, Sum(terms=terms))) if turn % 3:
            return Sum(tuple(flat(Product((first, term))) for term in terms))
        case Product(factors=factors):
            return Product(tuple(rewritten(factor, turn + i) for i, factor in enumerate(factors)))
        case Call(operator="transpose", arguments=(Product(factors=factors),)) if turn % 2:
            return flat(Product(tuple(_transposed(factor) for factor in factors[::-1])))
        case Call(operator="transpose", arguments=(Sum(terms=terms),)):
            return flat(Sum(tuple(_transposed(term) for term in terms)))
        case Call(operator="transpose", arguments=(Call(arguments=(inner,)),)):
            return rewritten(inner, turn)
        case _:
            return expr


def _transposed(expr: Expr) -> Expr:
    return expr if isinstance(expr, Number) else Call("transpose", (expr,))


def value(expr: Expr, values: Mapping[str, Matrix]) -> Matrix:
    """What an expression is, worked out without any of the program."""
    match expr:
        case Symbol(name=name):
            return values[name]
        case Sum(terms=terms):
            found = [value(term, values) for term in terms]
            return tuple(
                tuple(sum(row, Fraction(0)) for row in zip(*rows, strict=True))
                for rows in zip(*found, strict=True)
            )
        case Negative(term=term):
            return _scaled(value(term, values), Fraction(-1))
        case Product(factors=factors):
            scale, made = Fraction(1), None
            for factor in factors:
                if isinstance(factor, Number):
                    scale *= factor.value
                else:
                    other = value(factor, values)
                    made = other if made is None else _times(made, other)
            assert made is not None
            return _scaled(made, scale)
        case Call(operator="transpose", arguments=(inner,)):
            return tuple(zip(*value(inner, values), strict=True))
        case _:
            raise ValueError(expr)


def _times(left: Matrix, right: Matrix) -> Matrix:
    columns = tuple(zip(*right, strict=True))
    return tuple(
        tuple(
            sum((a * b for a, b in zip(row, column, strict=True)), Fraction(0))
            for column in columns
        )
        for row in left
    )


def _scaled(item: Matrix, scale: Fraction) -> Matrix:
    return tuple(tuple(scale * entry for entry in row) for row in item)


matrices: st.SearchStrategy[Expr] = st.recursive(
    st.sampled_from(LETTERS).map(Symbol), _extended, max_leaves=6
).map(flat)
"""Polynomials in three square matrices and their transposes."""

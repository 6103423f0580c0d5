"""A side of a step as an expression of sympy, built from the tree and never from its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sympy

from proofcheck.document.tokens import tokenize_text
from proofcheck.extraction.derivation import Side
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import (
    Apply,
    Call,
    Constant,
    Entry,
    Expr,
    Matrix,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Summation,
    Symbol,
)
from proofcheck.formula.parser import parse
from proofcheck.formula.printer import to_latex

Value = Any
"""An expression of sympy, which has no types of its own: a scalar or a matrix expression."""

Reading = Iterable[tuple[str, str]] | Mapping[str, str]
"""The kinds of symbols by their names, `matrix(m,n)` or `vector(n)`."""

_KIND = re.compile(r"(?P<kind>matrix|vector|row)\((?P<sizes>[^()]*)\)")
_SCALAR: dict[str, Callable[..., Value]] = {
    **{name: getattr(sympy, name) for name in "log exp sin cos tan sinh cosh tanh sqrt".split()},
    "sign": sympy.sign,
    "factorial": sympy.factorial,
    "binomial": sympy.binomial,
    "gamma": sympy.gamma,
}
_MATRIX: dict[str, Callable[..., Value]] = {
    "transpose": sympy.transpose,
    "trace": sympy.trace,
    "determinant": sympy.det,
    "frobenius": lambda left, right: sympy.trace(sympy.transpose(left) * right),
    "hadamard": sympy.HadamardProduct,
    "kronecker": sympy.KroneckerProduct,
}
_CONSTANTS = {"pi": sympy.pi, "euler": sympy.E, "imaginary": sympy.I}


def to_sympy(
    side: Side | str, reading: Iterable[tuple[str, str]] | Mapping[str, str] = ()
) -> Value:
    r"""A side of a step, or the LaTeX of one, as an expression of sympy.

    `reading` gives the kinds of the symbols, as `Judgement.reading` does: `matrix(m,n)` makes a
    `MatrixSymbol` of shape `(m, n)`, `vector(n)` one of shape `(n, 1)`, and every other symbol is a
    scalar `Symbol`. A product such as `x^TAx` is a matrix expression of shape `(1, 1)`.

        >>> to_sympy(r"\operatorname{tr}(A^TB)", {"A": "matrix(n,n)", "B": "matrix(n,n)"})
        Trace(A.T*B)

    Raises `ValueError` with the part that was not understood or that sympy cannot express.
    """
    tokens = tokenize_text(side) if isinstance(side, str) else side.tokens
    try:
        return _Translation(dict(reading)).value(parse(tokens))
    except Unreadable as error:
        raise ValueError(f"not understood: {error}") from error
    except (TypeError, sympy.ShapeError, AttributeError) as error:
        raise ValueError(f"sympy cannot express it: {error}") from error


class _Translation:
    """Translates expressions under a reading."""

    def __init__(self, reading: Mapping[str, str]) -> None:
        self._reading = reading

    def value(self, expr: Expr) -> Value:
        """The expression in sympy; raises `ValueError`."""
        match expr:
            case Number(value=value):
                return sympy.Rational(value.numerator, value.denominator)
            case Symbol(name=name):
                return self._symbol(name)
            case Constant():
                return self._constant(expr)
            case Sum(terms=terms):
                return self._sum([self.value(term) for term in terms], expr)
            case Negative(term=term):
                return -self.value(term)
            case Product(factors=factors):
                return sympy.prod([self.value(factor) for factor in factors])
            case Quotient(numerator=numerator, denominator=denominator):
                return self.value(numerator) / self._scalar(denominator)
            case Power(base=base, exponent=exponent):
                return self.value(base) ** self._scalar(exponent)
            case Call(operator=operator, arguments=arguments):
                return self._call(operator, arguments, expr)
            case Apply(function=function, arguments=arguments, primes=0):
                return sympy.Function(function.name)(*map(self._scalar, arguments))
            case Entry(base=base, indices=indices):
                return self._entry(base, indices, expr)
            case Matrix(rows=rows):
                return sympy.Matrix([[self._scalar(entry) for entry in row] for row in rows])
            case Summation(conditions=()):
                return self._summation(expr)
            case _:
                pass
        raise _inexpressible(expr)

    def _symbol(self, name: str) -> Value:
        kind = _KIND.fullmatch(self._reading.get(name, ""))
        if kind is None:
            return sympy.Symbol(name)
        sizes = [_size(size) for size in kind["sizes"].split(",")]
        shape = {"vector": (*sizes, 1), "row": (1, *sizes)}.get(kind["kind"], tuple(sizes))
        return sympy.MatrixSymbol(name, *shape)

    def _constant(self, expr: Constant) -> Value:
        if expr.name in _CONSTANTS:
            return _CONSTANTS[expr.name]
        if expr.name == "identity" and expr.size is not None:
            return sympy.Identity(_size(to_latex(expr.size)))
        raise _inexpressible(expr, "its size is not written" if expr.name == "identity" else "")

    def _sum(self, terms: list[Value], expr: Expr) -> Value:
        """A sum; a zero is that of any shape."""
        matrices = [term for term in terms if _is_matrix(term)]
        if not matrices:
            return sympy.Add(*terms)
        if any(not _is_matrix(term) and term != 0 for term in terms):
            raise _inexpressible(expr, "a number is added to a matrix")
        total = matrices[0]
        for matrix in matrices[1:]:
            total = total + matrix
        return total

    def _scalar(self, expr: Expr) -> Value:
        value = self.value(expr)
        if _is_matrix(value):
            raise _inexpressible(expr, "a matrix stands where sympy wants a number")
        return value

    def _call(self, operator: str, arguments: tuple[Expr, ...], expr: Expr) -> Value:
        if operator in _MATRIX:
            values = [self.value(argument) for argument in arguments]
            if operator == "transpose" and not _is_matrix(values[0]):
                return values[0]
            return _MATRIX[operator](*values)
        if operator in _SCALAR:
            return _SCALAR[operator](*map(self._scalar, arguments))
        raise _inexpressible(expr)

    def _entry(self, base: Expr, indices: tuple[Expr, ...], expr: Expr) -> Value:
        """One entry, counted from 0 as sympy does."""
        value = self.value(base)
        if not _is_matrix(value):
            raise _inexpressible(expr, "it is not known of what shape it is")
        places = [self._scalar(index) - 1 for index in indices]
        if len(places) == 1:
            zero = sympy.Integer(0)
            places = [*places, zero] if value.shape[1] == 1 else [zero, *places]
        return value[tuple(places)]

    def _summation(self, expr: Summation) -> Value:
        """A sum or a product over one index with both its ends."""
        makers = {"sum": sympy.Sum, "product": sympy.Product}
        if expr.operator not in makers or len(expr.indices) != 1 or not (expr.lower and expr.upper):
            raise _inexpressible(expr)
        ends = (self._scalar(expr.lower), self._scalar(expr.upper))
        return makers[expr.operator](
            self._scalar(expr.body), (sympy.Symbol(expr.indices[0]), *ends)
        )


def _size(text: str) -> Value:
    """A length of an axis."""
    return sympy.Integer(text) if text.strip().isdigit() else sympy.Symbol(text.strip())


def _is_matrix(value: Value) -> bool:
    return bool(getattr(value, "is_Matrix", False))


def _inexpressible(expr: Expr, why: str = "") -> ValueError:
    latex = to_latex(expr)
    return ValueError(f"`{latex}` is not expressed in sympy" + (f": {why}" if why else ""))

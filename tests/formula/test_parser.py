"""Formulas as people write them, and the trees they are."""

from __future__ import annotations

import pytest

from proofcheck.document.document import Excerpt
from proofcheck.document.tokens import tokenize
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import Call, Expr, Number, Symbol, children
from proofcheck.formula.notation import Notation
from proofcheck.formula.parser import parse
from proofcheck.formula.printer import to_latex

NOTATION = Notation(functions=frozenset("fg"), indices=frozenset("ijk"))


def read(latex: str, notation: Notation = NOTATION) -> Expr:
    """The tree of a formula."""
    return parse(tokenize(Excerpt(latex, ((0, 0),))), notation)


def outline(expr: Expr) -> str:
    """A tree on one line: operators in words, everything else by the name of its class."""
    match expr:
        case Number(value=value):
            return str(value)
        case Symbol(name=name):
            return name
        case Call(operator=operator):
            head = operator
        case _:
            head = type(expr).__name__
    return f"{head}({', '.join(outline(child) for child in children(expr))})"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"2Y:X^TdW", "frobenius(Product(2, Y), Product(transpose(X), Differential(W)))"),
        (r"A\odot B:C", "frobenius(hadamard(A, B), C)"),
        (r"A:-B", "frobenius(A, Negative(B))"),
        (r"dX^{-1}", "Differential(Power(X, Negative(1)))"),
        (r"dX^TX", "Product(Differential(transpose(X)), X)"),
        (r"dxx^T", "Product(Differential(x), transpose(x))"),
        (r"X^{-T}", "transpose(Power(X, -1))"),
        (r"\|Y\|^2_F", "Power(norm(Y), 2)"),
        (r"\|Y\|_F^2", "Power(norm(Y), 2)"),
        (r"||x||^2", "Power(norm(x), 2)"),
        (r"|X^TX|", "bars(Product(transpose(X), X))"),
        (r"\frac{\partial f(x)}{\partial x}", "Derivative(Apply(f, x), x)"),
        (r"\frac{\partial}{\partial X}AXB", "Derivative(Product(A, X, B), X)"),
        (r"d/dX(X^{-1})", "Derivative(Power(X, Negative(1)), X)"),
        (r"\nabla_x f(x)", "Derivative(Apply(f, x), x)"),
        (r"\frac12x^TAx", "Product(Quotient(1, 2), transpose(x), A, x)"),
        (r"{1 \over 2}x", "Product(Quotient(1, 2), x)"),
        (r"\sum_{i,j}A_{ij}B_{ij}", "Summation(Product(Entry(A, i, j), Entry(B, i, j)))"),
        (r"\mathbf{B^TA^T}", r"Product(transpose(\mathbf{B}), transpose(\mathbf{A}))"),
        (r"\log\det(M)", "log(determinant(M))"),
        (r"e^{-x}", "exp(Negative(x))"),
        (r"A_k^{-}", "A_{k}^{-}"),
        (r"W_{out}", "W_{out}"),
    ],
)
def test_trees(latex: str, expected: str) -> None:
    if latex == r"A_k^{-}":
        assert outline(read(latex, Notation())) == expected
    else:
        assert outline(read(latex)) == expected


@pytest.mark.parametrize(
    "spelling",
    [
        r"{\rm Tr}(A)",
        r"\mathrm{tr}(A)",
        r"\text{tr}(A)",
        r"\operatorname{trace}(A)",
        "tr(A)",
        r"Tr\{A\}",
    ],
)
def test_spellings_of_the_trace(spelling: str) -> None:
    assert outline(read(spelling)) == "trace(A)"


@pytest.mark.parametrize(
    "transpose",
    [
        "A^T",
        r"A^\top",
        r"A^{\rm T}",
        r"A^{\mathsf T}",
        r"A^\mathrm{T}",
        "A^t",
        r"A^\intercal",
        "A'",
        "A^⊤",
    ],
)
def test_spellings_of_the_transpose(transpose: str) -> None:
    assert outline(read(transpose)) == "transpose(A)"


def test_layout_says_nothing() -> None:
    plain = read(r"(A+B)\,C")
    assert read(r"\Big(A+B\Big)\;\boxed{C}") == plain
    assert read(r"\left( A + B \right)\color{red}{C}") == plain


@pytest.mark.parametrize(
    ("latex", "named"),
    [
        (r"A\foo B", r"\foo"),
        (r"\frac{}{}", "empty"),
        (r"(A", "the end"),
        ("A)", ")"),
        (r"A^{ij}", "ij"),
        (r"E[x]", "expectation"),
        ("", "the end"),
        ("{" * 500 + "x" + "}" * 500, "deeply"),
    ],
)
def test_what_is_not_understood_is_named(latex: str, named: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(latex)
    assert named in caught.value.message


def test_the_span_is_that_of_the_culprit() -> None:
    with pytest.raises(Unreadable) as caught:
        read(r"A+\foo B")
    assert (caught.value.span.start, caught.value.span.end) == (2, 6)


@pytest.mark.parametrize(
    "latex",
    [
        r"2Y:X^TdW",
        r"\operatorname{tr}(A^TB)-\frac{1}{2}x^TAx",
        r"\frac{\partial L}{\partial W}",
        r"\sum_{i,j} A_{ij}B_{ij}",
        r"(A+B)^{-1}C",
        r"A\odot (BC):D",
        r"\|Ax-b\|^2",
        r"-(A-B):(C+D)",
        r"f(x)+\nabla_x f(x)",
        r"\begin{bmatrix}A & B\\ C & D\end{bmatrix}",
        r"d(X^TX)",
        r"(A\otimes B)\operatorname{vec}(X)",
    ],
)
def test_what_is_printed_parses_to_the_same(latex: str) -> None:
    tree = read(latex)
    assert read(to_latex(tree)) == tree

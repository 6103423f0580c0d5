"""Dots and lists as trees, and back to what was written."""

from __future__ import annotations

import pytest

from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import Cases, Comparison, Dotted, Grid, Stretch, Summation
from proofcheck.formula.notation import Notation
from proofcheck.formula.printer import to_latex
from tests.formula.test_parser import outline, read

NOTATION = Notation(
    functions=frozenset("f"),
    indices=frozenset("ijk"),
    numbered=frozenset({("x", 1), ("a", 2)}),
    sizes=frozenset("mn"),
)

WRITTEN = [
    (r"x_1+\cdots+x_n", r"\sum_{#1=1}^{n} x_{#1}"),
    (r"x_1^2+...+x_n^2", r"\sum_{#1=1}^{n} x_{#1}^{2}"),
    (r"x_0+\cdots+x_{n-1}", r"\sum_{#1=0}^{n-1} x_{#1}"),
    (r"x_1x_2\cdots x_n", r"\prod_{#1=1}^{n} x_{#1}"),
    (r"A_1A_2\cdots A_k", r"\prod_{#1=1}^{k} A_{#1}"),
    (r"A_k\cdots A_1", r"\prod_{#1=1}^{k} A_{k-#1+1}"),
    (r"1\cdot 2\cdots n", r"\prod_{#1=1}^{n} #1"),
    (r"a_1b_1+a_2b_2+\dots+a_nb_n", r"\sum_{#1=1}^{n} a_{#1}b_{#1}"),
    (r"a_1b_n+a_2b_{n-1}+\dots+a_nb_1", r"\sum_{#1=1}^{n} a_{#1}b_{n-#1+1}"),
    (r"a_1t+\cdots+a_nt^n", r"\sum_{#1=1}^{n} a_{#1}t^{#1}"),
    (
        r"\frac{\partial f}{\partial x_1}+\cdots+\frac{\partial f}{\partial x_n}",
        r"\sum_{#1=1}^{n} \frac{\partial f}{\partial x_{#1}}",
    ),
]
MATRICES = [
    (r"\begin{bmatrix}x_1&\cdots&x_n\end{bmatrix}", r"x_{#1'}"),
    (r"\begin{bmatrix}x_1\\ \vdots\\ x_n\end{bmatrix}", r"x_{#1}"),
    (r"[u_1, u_2, \ldots, u_n]", r"u_{#1}"),
    (r"(x_1,\dots,x_n)", r"x_{#1}"),
    (
        (
            r"\begin{pmatrix} a_{11}&\cdots&a_{1n}\\ \vdots&\ddots&\vdots\\"
            r" a_{m1}&\cdots&a_{mn}\end{pmatrix}"
        ),
        r"a_{#1,#1'}",
    ),
    (
        (
            r"\begin{pmatrix} a_{11}&a_{12}&\cdots&a_{1n}\\ a_{21}&a_{22}&\cdots&a_{2n}\\"
            r" \vdots&\vdots&&\vdots\\ a_{m1}&a_{m2}&\cdots&a_{mn}\end{pmatrix}"
        ),
        r"a_{#1,#1'}",
    ),
    (r"\begin{matrix} |&&|\\ u_1&\cdots&u_n\\ |&&|\end{matrix}", r"u_{#1'}"),
    (r"\begin{matrix} -u_1^T-\\ \vdots\\ -u_n^T-\end{matrix}", r"u_{#1}^{T}"),
]


@pytest.mark.parametrize(("latex", "meaning"), WRITTEN)
def test_dots_mean_a_sum_or_a_product(latex: str, meaning: str) -> None:
    tree = read(latex, NOTATION)
    assert isinstance(tree, Dotted)
    assert isinstance(tree.meaning, Summation)
    assert to_latex(tree.meaning) == meaning


@pytest.mark.parametrize(("latex", "cell"), MATRICES)
def test_dots_mean_a_matrix(latex: str, cell: str) -> None:
    tree = read(latex, NOTATION)
    assert isinstance(tree, Dotted)
    assert isinstance(tree.meaning, Grid)
    assert [[to_latex(c) for c in row] for row in tree.meaning.cells] == [[cell]]


@pytest.mark.parametrize("latex", [latex for latex, _ in WRITTEN + MATRICES])
def test_what_was_written_is_printed(latex: str) -> None:
    tree = read(rf"y+{latex}", NOTATION)
    assert read(to_latex(tree), NOTATION) == tree
    assert "#" not in to_latex(tree)


@pytest.mark.parametrize("blank", ["", "0"])
def test_a_diagonal_is_one_case_of_its_cells(blank: str) -> None:
    rows = f"d_1&{blank}&{blank}", rf"{blank}&\ddots&{blank}", f"{blank}&{blank}&d_n"
    tree = read(r"\begin{bmatrix}" + r"\\".join(rows) + r"\end{bmatrix}", NOTATION)
    assert isinstance(tree, Dotted)
    assert isinstance(tree.meaning, Grid)
    ((cell,),) = tree.meaning.cells
    assert isinstance(cell, Cases)
    assert [to_latex(value) for value, _ in cell.branches] == ["d_{#1}", "0", "0"]


def test_elements_that_do_not_fit_stay_by_themselves() -> None:
    expected = "Sum(2, Dotted(Summation(1, n, Power(x, #1))))"
    assert outline(read(r"2+x+x^2+\cdots+x^n", NOTATION)) == expected


def test_the_number_of_equal_elements_is_open() -> None:
    tree = read(r"(1,\ldots,1)", NOTATION)
    assert isinstance(tree, Dotted)
    assert isinstance(tree.meaning, Grid)
    assert [part.upper for part in tree.meaning.rows] == [None]
    assert tree.meaning.columns == (Stretch(),)


def test_the_span_is_that_of_what_was_written() -> None:
    tree = read(r"x_1+\cdots+x_n", NOTATION)
    assert (tree.span.start, tree.span.end) == (0, 14)


@pytest.mark.parametrize(
    ("latex", "start"),
    [
        (r"x_1+x_3+\cdots+x_n", 8),
        (r"x_1+\dots+y_n", 4),
        (r"x+\cdots", 2),
        (r"\begin{bmatrix}x_1&\cdots&y_n\end{bmatrix}", 19),
    ],
)
def test_the_dots_are_the_culprit(latex: str, start: int) -> None:
    with pytest.raises(Unreadable) as caught:
        read(latex, NOTATION)
    assert caught.value.span.start == start


@pytest.mark.parametrize(
    "indicator",
    ["[i=j]", r"\mathbb{1}[i=j]", r"\mathbf 1_{\{i=j\}}", r"1_{i=j}", r"\mathbb I(i=j)"],
)
def test_spellings_of_an_indicator(indicator: str) -> None:
    assert isinstance(read(indicator, NOTATION), Comparison)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\sum_{i<j}A_{ij}", "Summation(Comparison(i, j), Entry(A, i, j))"),
        (r"\sum_{1\le i<j\le n}A_{ij}", "Summation(1, n, Comparison(i, j), Entry(A, i, j))"),
        (r"\sum_{i=1,i\ne k}^n A_{ik}", "Summation(1, n, Comparison(i, k), Entry(A, i, k))"),
        (
            r"\sum_{\substack{i\ge 1\\ i\ne k}}A_{ik}",
            "Summation(1, Comparison(i, k), Entry(A, i, k))",
        ),
        (r"\prod_i x_i\prod_j x_j", "Product(Summation(Entry(x, i)), Summation(Entry(x, j)))"),
        (r"\sum_i\sum_j A_{ij}", "Summation(Summation(Entry(A, i, j)))"),
        (r"x_{i+1}", "Entry(x, Sum(i, 1))"),
        (r"x_n", "Entry(x, Constant(n))"),
        (r"a_{12}", "Entry(a, 1, 2)"),
    ],
)
def test_ranges_and_indices(latex: str, expected: str) -> None:
    assert outline(read(latex, NOTATION)) == expected

"""Matrices with a single one, and derivatives by entries that move together."""

from __future__ import annotations

import pytest

from proofcheck.pipeline import check_text
from tests.numeric.claims import check, declare, verdicts

SYMMETRIC = (declare("X", "matrix", "symmetric"),)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"\operatorname{tr}(AJ^{ij}) = A_{ji}", r"\operatorname{tr}(AJ^{ij}) = A_{ij}"),
        ("(J^{ij})^T = J^{ji}", "(J^{ij})^T = J^{ij}"),
        ("J^{ij}AJ^{kl} = A_{jk}J^{il}", "J^{ij}AJ^{kl} = A_{jk}J^{li}"),
        (r"A = \sum_{i,j}A_{ij}J^{ij}", r"A = \sum_{i,j}A_{ij}J^{ji}"),
        (
            r"\frac{\partial X}{\partial X_{ij}} = J^{ij}",
            r"\frac{\partial X}{\partial X_{ij}} = -J^{ij}",
        ),
    ],
)
def test_single_entries(right: str, wrong: str) -> None:
    assert verdicts((right,)) == ["holds"]
    assert verdicts((wrong,)) == ["fails"]


def test_unit_vectors_are_a_reading() -> None:
    (judgement,) = check((r"I = \sum_i e_ie_i^T",))
    assert judgement.verdict == "holds"
    assert "`e_i` and `E_{ij}` with a single one" in judgement.notes


@pytest.mark.parametrize(
    ("equation", "verdict"),
    [
        (r"\frac{\partial\det(X)}{\partial X} = \det(X)X^{-1}", "holds"),
        (r"\frac{\partial\det(X)}{\partial X} = \det(X)(2X^{-1}-X^{-1}\circ I)", "holds"),
        (r"\frac{\partial\det(X)}{\partial X} = \det(X)(X^{-1}-X^{-1}\circ I)", "fails"),
    ],
)
def test_a_symmetric_matrix_may_be_differentiated_by_its_own_entries(
    equation: str, verdict: str
) -> None:
    assert verdicts((equation,), declarations=SYMMETRIC) == [verdict]


def test_entries_of_a_general_matrix_move_alone() -> None:
    assert verdicts((r"\frac{\partial\operatorname{tr}(AX)}{\partial X} = A+A^T-A\circ I",)) == [
        "fails"
    ]


def test_a_symbol_is_another_one_where_it_is_let_be() -> None:
    text = (
        "# One\n\nLet $A$ be a symmetric matrix.\n\n$$A^Tx = Ax$$\n\n"
        "# Two\n\nLet $A$ be a square matrix.\n\n$$y^TA^Tx = y^TAx$$\n"
    )
    verdict = [str(checked.judgement.verdict) for checked in check_text(text).steps()]
    assert verdict == ["holds", "conditional"]


def test_a_mention_does_not_take_a_property_away() -> None:
    text = (
        "# One\n\nLet $A$ be a symmetric matrix.\n\n$$A^Tx = Ax$$\n\n"
        "# Two\n\nNow the matrix $A$ is used.\n\n$$y^TA^Tx = y^TAx$$\n"
    )
    verdict = [str(checked.judgement.verdict) for checked in check_text(text).steps()]
    assert verdict == ["holds", "holds"]


def test_small_numbers_that_are_symmetric_by_chance_decide_nothing() -> None:
    blocks = r"\begin{bmatrix} A & C^T \\ B^T & D^T \end{bmatrix}"
    text = (
        r"Let $A$ be an $m\times m$ matrix, $B$ an $m\times n$ matrix, $C$ an $n\times m$ matrix, "
        r"$D$ an $n\times n$ matrix. "
        rf"$$\begin{{bmatrix}} A & B \\ C & D \end{{bmatrix}}^T = {blocks}$$"
    )
    assert [str(checked.judgement.verdict) for checked in check_text(text).steps()] == [
        "conditional"
    ]


@pytest.mark.parametrize("right", ["1 - u^Tv", "1 + uv"])
def test_an_identity_matrix_is_not_read_as_a_letter_to_excuse_a_step(right: str) -> None:
    assert verdicts((r"\det(I + uv^T) = 1 + u^Tv",)) == ["holds"]
    assert verdicts((rf"\det(I + uv^T) = {right}",)) == ["fails"]


@pytest.mark.parametrize(
    ("right", "verdict"),
    [(r"\operatorname{tr}(D)", "holds"), (r"-\operatorname{tr}(D)", "fails"), ("D", "assumed")],
)
def test_what_is_orthogonal_may_vanish_by_a_claim(right: str, verdict: str) -> None:
    left = "QDQ^T" if right == "D" else r"\operatorname{tr}(QDQ^T)"
    said = (declare("Q", "matrix", "orthogonal"),)
    assert verdicts((f"{left} = {right}",), declarations=said) == [verdict]


@pytest.mark.parametrize(("right", "verdict"), [("b-a+1", "holds"), ("b-a", "fails")])
def test_sums_that_end_before_they_begin_are_not_meant(right: str, verdict: str) -> None:
    report = check_text(rf"$$\sum_{{k=a}}^b 1 = {right}$$")
    assert [str(checked.judgement.verdict) for checked in report.steps()] == [verdict]


def test_a_declared_size_is_a_number_that_is_known() -> None:
    said = r"Let $A$ be an $m\times m$ matrix and $B$ an $n\times n$ matrix. "
    wrong = r"$$\det(A\otimes B) = \det(A)^m\det(B)^n$$"
    assert [str(c.judgement.verdict) for c in check_text(said + wrong).steps()] == ["fails"]

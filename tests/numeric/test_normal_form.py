"""Proofs by normal forms: what is equal for every size is proved, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofcheck import Verdict
from proofcheck.formula.expr import Expr
from proofcheck.formula.printer import to_latex
from proofcheck.pipeline import check_text
from tests.numeric.claims import check, declare
from tests.robustness import DECLARED, matrices, rewritten

_PROVED = (
    "2Y:X^TdW = 2XY:dW",
    r"\operatorname{tr}(ABC) = \operatorname{tr}(C^TB^TA^T)^T",
    r"\operatorname{tr}(ABC) = \operatorname{tr}(BCA)",
    r"A:BC = B^TA:C",
    r"d(X^TAX) = (dX)^TAX + X^TA\,dX",
    r"d(X^{-1}) = -X^{-1}(dX)X^{-1}",
    r"d\log\det X = \operatorname{tr}(X^{-1}dX)",
    r"\|x - y\|^2 = x^Tx - 2x^Ty + y^Ty",
    r"\|X\|_F^2 = \operatorname{tr}(X^TX)",
    r"A^{-1}B^{-1}BAC = C",
    r"(2A)^{-1} = \frac{1}{2}A^{-1}",
    r"\frac{a}{1+b} + \frac{ab}{1+b} = a",
    r"\sqrt{a}\sqrt{a} = a",
    r"e^{a+b} = e^ae^b",
    r"x^Tyz^Tw = (z^Tw)(y^Tx)",
    r"\frac{\partial}{\partial X}\operatorname{tr}(A^TX) = A",
    r"\frac{\partial}{\partial x}x^TAx = (A + A^T)x",
    r"\frac{\partial}{\partial X_{ij}}\operatorname{tr}(A^TX) = A_{ij}",
    r"\sum_i x_iy_i = x^Ty",
    r"\sum_j A_{ij}x_j = (Ax)_i",
    r"\sum_i\sum_j x_iA_{ij}y_j = x^TAy",
    r"\sum_{i=1}^n(x_i - c)^2 = \sum_{i=1}^n x_i^2 - 2c\sum_{i=1}^n x_i + nc^2",
    r"\sum_i\sum_j x_i^3y_j^2 = \sum_k\sum_l y_k^2x_l^3",
    r"\det(AB) = \det(A)\det(B)",
    r"(A\odot B)x = (B\odot A)x",
)


@pytest.mark.parametrize("row", _PROVED)
def test_an_identity_of_every_size_is_proved(row: str) -> None:
    (judged,) = check((row,))
    assert (judged.verdict, judged.evidence) == (Verdict.HOLDS, "proved")


@pytest.mark.parametrize(
    ("row", "name", "word"),
    [
        ("x^TAy = y^TAx", "A", "symmetric"),
        ("x^TAx = 0", "A", "skew-symmetric"),
        ("A^TAx = x", "A", "orthogonal"),
        ("AAx = Ax", "A", "idempotent"),
        ("d(x^TAx) = 2x^TA\\,dx", "A", "symmetric"),
    ],
)
def test_what_is_declared_of_a_matrix_is_used(row: str, name: str, word: str) -> None:
    (judged,) = check((row,), declarations=(declare(name, "matrix", word),))
    assert (judged.verdict, judged.evidence) == (Verdict.HOLDS, "proved")


def test_a_definition_is_put_in_the_place_of_its_symbol() -> None:
    text = "Let $S := A + A^T$. Then $$x^TSy = y^TSx.$$"
    *_, last = check_text(text).steps()
    assert (last.judgement.verdict, last.judgement.evidence) == (Verdict.HOLDS, "proved")


@pytest.mark.parametrize(
    "row",
    [
        r"\det\begin{bmatrix} a & b \\ c & f \end{bmatrix} = af - bc",
        r"\operatorname{vec}(AXB) = (B^T\otimes A)\operatorname{vec}(X)",
        r"(A + BC)^{-1} = A^{-1} - A^{-1}B(I + CA^{-1}B)^{-1}CA^{-1}",
    ],
)
def test_what_has_no_normal_form_still_holds_at_every_point(row: str) -> None:
    (judged,) = check((row,))
    assert (judged.verdict, judged.evidence) == (Verdict.HOLDS, "exact")


def test_a_sum_of_very_many_terms_is_not_expanded() -> None:
    power = "(A+B+C+D)"
    (judged,) = check((f"{power}^6 x = {power}{power}^5 x",))
    assert judged.verdict is Verdict.HOLDS
    assert judged.evidence == "exact"


@settings(deadline=None, max_examples=60)
@given(matrices, st.integers(0, 5))
def test_what_is_equal_by_construction_is_proved(expr: Expr, turn: int) -> None:
    left, right = to_latex(expr), to_latex(rewritten(expr, turn))
    (step,) = check_text(f"{DECLARED}\n\n$${left} = {right}$$\n").steps()
    if step.judgement.verdict is Verdict.HOLDS:
        assert step.judgement.evidence == "proved"

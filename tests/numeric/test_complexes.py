"""Claims with conjugates, at real and at complex values."""

from __future__ import annotations

import pytest

from tests.numeric.claims import check, declare, verdicts


@pytest.mark.parametrize(
    "equation",
    [
        "(AB)^H = B^HA^H",
        "(A^{-1})^H = (A^H)^{-1}",
        r"(A\otimes B)^H = A^H\otimes B^H",
        r"\|A\|_F^2 = \operatorname{tr}(AA^H)",
        "dX^H = (dX)^H",
        "d(X^HX) = (dX)^HX + X^HdX",
    ],
)
def test_identities_hold_at_complex_values(equation: str) -> None:
    assert verdicts((equation,)) == ["holds"]


def test_what_fails_at_real_values_fails() -> None:
    assert verdicts(("(AB)^H = A^HB^H",)) == ["fails"]


def test_what_holds_for_real_values_alone_fails_where_all_is_complex() -> None:
    equation = ("A^HB = A^TB",)
    complexes = declare("A", "matrix", "complex"), declare("B", "matrix", "complex")
    assert verdicts(equation) == ["unchecked"]
    (judgement,) = check(equation, declarations=complexes)
    assert judgement.verdict == "fails"
    assert judgement.counterexample is not None
    assert any("j" in entry for row in judgement.counterexample.symbols[0].rows for entry in row)


@pytest.mark.parametrize(
    ("word", "right", "wrong"),
    [
        ("hermitian", "Ax = A^Hx", "Ax = -A^Hx"),
        ("unitary", "x^HA^HAx = x^Hx", "x^HAAx = x^Hx"),
        ("positive definite", "(A^{-1})^Hx = A^{-1}x", "(A^{-1})^Hx = Ax"),
    ],
)
def test_properties_shape_complex_values(word: str, right: str, wrong: str) -> None:
    said = (declare("A", "matrix", word),)
    assert verdicts((right,), declarations=said) == ["holds"]
    assert verdicts((wrong,), declarations=said) == ["fails"]


def test_a_letter_that_may_be_the_imaginary_unit_proves_nothing() -> None:
    (judgement,) = check(("(A+iB)^H = A^H-iB^H",))
    assert judgement.verdict == "unchecked"
    assert "imaginary unit" in judgement.message


def test_columns_of_a_unitary_matrix_are_drawn() -> None:
    said = (declare("U", "matrix", "unitary"), declare("x", "vector", "unitary"))
    assert verdicts(("x^HU^HUx = x^Hx",), declarations=said) == ["holds"]

"""Derivatives as columns and rows: what a directive says, and what a part of a document does."""

from __future__ import annotations

import pytest

from proofcheck.pipeline import check_text

SAID = "Let $A$ be an $m\\times n$ matrix, $B$ an $n\\times n$ matrix, $b$ an $m$-vector and $x$ an $n$-vector.\n\n"  # noqa: E501
COLUMN = r"\nabla_x \|Ax-b\|^2 = 2A^T(Ax-b)"
SECOND = r"\nabla_x (x^TBx)^2 = 2x^TBx(B+B^T)x"
ROW = r"\nabla_x (x^TBx) = x^T(B+B^T)"
ANOTHER_ROW = r"\nabla_x (x^TBx)^3 = 3(x^TBx)^2x^T(B+B^T)"
JACOBIAN = r"\frac{\partial Ax}{\partial x} = A"
TURNED_JACOBIAN = r"\frac{\partial Ax}{\partial x} = A^T"


def reported(*formulas: str, directive: str = "", between: str = "Next,") -> list[tuple[str, str]]:
    """The steps that are reported, as right side and rule."""
    text = f"<!-- proofcheck: {directive} -->\n\n" if directive else ""
    text += SAID + f"\n\n{between}\n\n".join(f"$${formula}$$" for formula in formulas)
    checked = check_text(text)
    steps = [step for derivation in checked.derivations for step in derivation.steps]
    assert len(steps) == len(formulas)
    return [(s.step.right.text.strip(), s.finding.rule) for s in steps if s.finding]


@pytest.mark.parametrize(
    ("directive", "wrong"),
    [
        ("layout denominator", [ROW, JACOBIAN]),
        ("layout numerator", [COLUMN, SECOND, TURNED_JACOBIAN]),
    ],
)
def test_a_directive_settles_the_layout(directive: str, wrong: list[str]) -> None:
    found = reported(COLUMN, SECOND, ROW, JACOBIAN, TURNED_JACOBIAN, directive=directive)
    assert found == [(formula.split(" = ")[1], "transposed-layout") for formula in wrong]


def test_a_gradient_that_most_of_its_part_speaks_against() -> None:
    assert reported(COLUMN, SECOND, ROW) == [(ROW.split(" = ")[1], "transposed-layout")]


def test_one_gradient_settles_nothing() -> None:
    assert reported(COLUMN, ROW) == []


def test_an_author_who_mixes_is_left_alone() -> None:
    assert reported(COLUMN, SECOND, ROW, ANOTHER_ROW) == []


def test_jacobians_say_nothing_of_gradients() -> None:
    assert reported(JACOBIAN, JACOBIAN, ROW) == []


def test_what_is_wrong_in_both_layouts_is_an_error() -> None:
    wrong = r"\nabla_x (x^TBx) = 3x^T(B+B^T)"
    assert reported(COLUMN, SECOND, wrong, directive="layout denominator") != [
        (wrong.split(" = ")[1], "transposed-layout")
    ]


def test_answers_have_layouts_of_their_own() -> None:
    assert reported(COLUMN, SECOND, ROW, between="## Answer") == []

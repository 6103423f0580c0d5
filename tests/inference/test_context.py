"""What a document says of its symbols, and how far that reaches."""

from __future__ import annotations

from proofcheck import Verdict
from proofcheck.pipeline import check_text


def verdicts(text: str) -> list[Verdict]:
    """The verdicts on the steps of a Markdown document."""
    return [checked.judgement.verdict for checked in check_text(text).steps()]


def test_a_declared_property_is_used() -> None:
    assert verdicts("Let $A$ be symmetric.\n\n$$\\nabla_x (x^TAx) = 2Ax$$") == [Verdict.HOLDS]


def test_declared_sizes_stay_apart() -> None:
    text = "Let $A$ be an $m \\times n$ matrix.\n\n$$A^T = A$$\n\n$$A^TA = AA^T$$"
    assert verdicts(text)[1] is Verdict.FAILS


def test_a_definition_may_follow_its_use() -> None:
    text = "$$L = Y:Y$$\n\nwhere $Y = X^TW$. Then\n\n$$\\frac{\\partial L}{\\partial W} = 2XY$$"
    assert verdicts(text) == [Verdict.DEFINITION, Verdict.DEFINITION, Verdict.HOLDS]


def test_a_second_equation_is_a_new_definition_if_it_is_no_claim() -> None:
    text = "Take $f(x) = x^Tx$.\n\n# Another\n\nTake $f(x) = a^Tx$. Then $\\nabla f(x) = a$."
    assert verdicts(text) == [Verdict.DEFINITION, Verdict.DEFINITION, Verdict.HOLDS]


def test_a_letter_with_members_is_another_one() -> None:
    text = (
        "For numbers, $(x+1)^2 = x^2+2x+1$. For vectors, "
        "$$\\sum_{i=1}^n x_i^Tx_i = \\operatorname{tr}\\left(\\sum_{i=1}^n x_ix_i^T\\right)$$"
    )
    assert verdicts(text) == [Verdict.HOLDS, Verdict.HOLDS]


def test_steps_that_only_real_values_satisfy_are_not_said_to_hold() -> None:
    assert verdicts("$$(A^H)^T = A$$") == [Verdict.UNCHECKED]

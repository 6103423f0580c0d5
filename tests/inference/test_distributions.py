"""What a distribution says of its parameters."""

from __future__ import annotations

import pytest

from proofcheck import Verdict
from proofcheck.pipeline import check_text

EXPANDED = r"$$(x-m)^TS^{-1}(x-m) = x^TS^{-1}x - 2m^TS^{-1}x + m^TS^{-1}m$$"


def verdicts(text: str) -> list[Verdict]:
    """The verdicts on the steps of a Markdown document."""
    return [checked.judgement.verdict for checked in check_text(text).steps()]


@pytest.mark.parametrize("law", [r"\mathcal{N}(m, S)", r"\mathrm{N}(m, S)", "N(m, S)"])
def test_a_covariance_is_symmetric(law: str) -> None:
    assert verdicts(rf"$$x \sim {law}$$" + "\n\n" + EXPANDED) == [Verdict.ASSUMED, Verdict.HOLDS]


@pytest.mark.parametrize("law", [r"\mathrm{W}(m, S)", r"\mathcal{N}(m", r"\chi^2(k)"])
def test_other_distributions_say_nothing(law: str) -> None:
    assert verdicts(rf"$$x \sim {law}$$" + "\n\n" + EXPANDED)[-1] is Verdict.CONDITIONAL


def test_dots_between_expressions_leave_steps_out() -> None:
    text = r"$$(Xw-y)^T(Xw-y) = \cdots = w^TX^TXw - {}w^TX^Ty + y^Ty$$"
    assert verdicts(text.replace("{}", "2")) == [Verdict.HOLDS]
    assert verdicts(text.replace("{}", "3")) == [Verdict.FAILS]


def test_dots_between_names_are_a_list() -> None:
    assert Verdict.DEFINITION not in verdicts(r"$$x_1 = \cdots = x_n$$")

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


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"x \sim \mathcal{N}(2m, S) = \mathcal{N}(m + m, S)", Verdict.HOLDS),
        (r"x \sim \mathcal{N}(2m, S) = \mathcal{N}(0, S)", Verdict.ASSUMED),
        (r"x \sim \mathcal{N}(2m, S) = \mathcal{N}(3m, S)", Verdict.FAILS),
        (r"x \sim \mathcal{N}(m, S) \sim \mathcal{N}(m, V)", Verdict.ASSUMED),
        (r"x \sim \mathcal{N}(m, S) \approx \mathcal{N}(m, 2S)", Verdict.UNCHECKED),
        (r"x \sim \mathrm{Exp}(2a) = \mathrm{Exp}(a+a)", Verdict.HOLDS),
        (r"X \sim \mathcal{MN}(M, 2U, V) = \mathcal{MN}(M, U, 2V)", Verdict.ASSUMED),
        (r"x \sim \mathrm{t}(m, \frac{S}{2}, k) = \mathrm{t}(m, S/3, k)", Verdict.FAILS),
    ],
)
def test_laws_of_one_family_have_equal_parameters(text: str, verdict: Verdict) -> None:
    assert verdicts(f"$${text}$$")[-1] is verdict


@pytest.mark.parametrize(
    ("text", "fails"),
    [
        (r"$x \sim \mathcal{N}(m, S, k)$", True),
        (r"$x \sim \mathcal{N}(x, m, S)$", False),
        (r"$x \sim \mathcal{N}(S)$", False),
        (r"A truncated law: $x \sim \mathcal{N}(m, S, k)$", False),
        (r"$p(x) = \mathcal{N}(m, S, k)$", False),
        (r"$x \sim \mathcal{MN}(n, p)$", False),
        (r"$X \sim \mathcal{MN}(M, U, V)$, $x \sim \mathcal{MN}(n, p)$", True),
        (r"$x \sim \mathcal{N}(m, S, k)$" * 3, False),
        (r"$q = \mathcal{N}(x; S)$", False),
        (r"$p(x) = \mathcal{N}(x; m, S)$ and $q = 2 \mathcal{N}(x; S)$", True),
    ],
)
def test_a_law_with_another_number_of_parameters_is_none(text: str, fails: bool) -> None:
    assert (verdicts(text)[-1] is Verdict.FAILS) is fails

"""Inequalities hold on samples, and are left alone where a point violates them."""

from __future__ import annotations

import pytest

from proofcheck import Verdict
from proofcheck.numeric.verdict import Broken, Judgement
from proofcheck.pipeline import check_text


def _judged(text: str) -> list[Judgement]:
    return [checked.judgement for checked in check_text(text).steps()]


@pytest.mark.parametrize(
    "formula",
    [
        r"a^2 + b^2 \ge 2ab",
        r"0 < e^{-ab}",
        r"\cos a \le 1",
        r"|a + b| \leq |a| + |b|",
        r"a^2 + 1 > 0",
    ],
)
def test_what_is_always_true_holds_on_samples(formula: str) -> None:
    (judgement,) = _judged(f"Let $a$ and $b$ be numbers.\n\n$${formula}$$\n")
    assert (judgement.verdict, judgement.evidence) == (Verdict.HOLDS, "sampled")
    assert judgement.tried is not None
    assert judgement.tried.chance is None


@pytest.mark.parametrize(
    "formula",
    [
        r"a^2 > 2ab - b^2",  # not where the numbers are equal
        r"a^2 < 100000",  # not for large ones
        r"a^2 + \frac{1}{1000} \ge |a|",
        r"a^2 + b^2 \ge 4ab",
        r"(a + b)^2 - a^2 \le b^2 + 2ab",  # always equal
        r"a^3 + b^2 \ge a^3 + b^3",
    ],
)
def test_what_is_false_somewhere_is_left_alone(formula: str) -> None:
    (judgement,) = _judged(f"Let $a$ and $b$ be numbers.\n\n$${formula}$$\n")
    assert judgement.verdict is Verdict.UNCHECKED


@pytest.mark.parametrize(
    "formula",
    [r"a^2 + b^2 \le 2ab - 1", r"e^{-ab} < 0", r"a^2 + 1 \le 0", r"2ab > a^2 + b^2", r"|a| < -1"],
)
def test_what_is_false_everywhere_fails(formula: str) -> None:
    (judgement,) = _judged(f"Let $a$ and $b$ be numbers.\n\n$${formula}$$\n")
    assert (judgement.verdict, judgement.broken) == (Verdict.FAILS, Broken.ORDER)
    assert judgement.counterexample is not None


def test_what_contradicts_something_is_left_alone() -> None:
    text = "Let $a$ be a number. It follows that $$a^2 + 1 \\le 0,$$ a contradiction.\n"
    assert _judged(text)[-1].verdict is Verdict.UNCHECKED


def test_many_entries_violate_what_few_do_not() -> None:
    (judgement,) = _judged("Let $x$ be a vector.\n\n$$\\|x\\|_1 \\le 3\\|x\\|_2$$\n")
    assert judgement.verdict is Verdict.UNCHECKED


@pytest.mark.parametrize(
    "domain", [r"x > 0", r"0 \le p \le 1", r"n \ge 2", r"a < x < b", r"k \le n"]
)
def test_a_domain_is_assumed(domain: str) -> None:
    assert {j.verdict for j in _judged(f"For ${domain}$ all is well.\n")} == {Verdict.ASSUMED}


def test_a_bound_on_what_was_defined_is_a_claim() -> None:
    text = "Let $x$ be a vector and $c = x^Tx$.\n\n$$c \\ge 0$$\n"
    assert _judged(text)[-1].verdict is Verdict.HOLDS
    assert _judged(text.replace(r"\ge", r"\le"))[-1].verdict is Verdict.FAILS


def test_a_conclusion_is_no_domain() -> None:
    text = "Let $x$ be a vector. Hence $$c \\le 3$$\n"
    assert _judged(text)[-1].verdict is Verdict.UNCHECKED

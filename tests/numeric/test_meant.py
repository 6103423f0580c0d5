"""Definitions and equations that make a claim if they are read as they are meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofcheck import Verdict
from proofcheck.pipeline import check_path, check_text
from proofcheck.rules.report import CheckedStep

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"


def _steps(folder: str) -> list[CheckedStep]:
    return list(check_path(FIXTURES / folder / "meant.md").steps())


def _text(checked: CheckedStep) -> str:
    return f"{checked.step.left.text} = {checked.step.right.text}"


PAIRS = [
    pytest.param(right, wrong, id=_text(wrong))
    for right, wrong in zip(_steps("correct"), _steps("mutated"), strict=True)
    if _text(right) != _text(wrong)
]


@pytest.mark.parametrize(("right", "wrong"), PAIRS)
def test_what_is_meant_holds_and_a_slip_in_it_does_not(
    right: CheckedStep, wrong: CheckedStep
) -> None:
    assert right.judgement.verdict is Verdict.HOLDS
    assert wrong.judgement.verdict is not Verdict.HOLDS


def test_the_note_says_how_it_is_meant() -> None:
    notes = [note for right in _steps("correct") for note in right.judgement.notes]
    for words in (
        r"where the derivative of `L` by `\beta` vanishes",
        "the index of `Q_{u}` as a derivative",
        "`f` as vec `F` and `x` as vec `X`",
        r"where `m` is the mean and `\Sigma` is the covariance of `w`",
    ):
        assert words in notes


@pytest.mark.parametrize(
    "text",
    [
        "$$L(w) = c^Tc$$\n\n$$\\hat w = Ac$$",  # the derivative vanishes everywhere
        "$$f(w) = w^TSw$$\n\n$$\\hat w = Sc$$",  # and nowhere that is said
        "$X \\sim L(\\mu, \\Sigma)$\n\n$$\\operatorname{E}[XX^T] = \\Sigma + \\mu\\mu^T$$",
        "$$\\operatorname{E}[x] = \\mu$$",
    ],
)
def test_what_says_nothing_is_left(text: str) -> None:
    report = check_text(text, "note.md")
    assert all(s.judgement.verdict is not Verdict.HOLDS for s in report.steps())

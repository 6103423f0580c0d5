"""What agrees since nothing moves, or since both sides are zero, holds for no other reason."""

from __future__ import annotations

import pytest

from proofcheck.document.read import read_text
from proofcheck.extraction.extract import extract
from proofcheck.numeric.judge import judge
from proofcheck.numeric.verdict import Verdict

POWER = r"The power with $L=\dot{F}F^{-1}$ is, for a number $J$ and a symmetric $S$, $$%s$$"
NORMAL = r"Let $X^Tr = 0$. For vectors $b$ and $c$ $$%s$$"


def _last(text: str) -> Verdict:
    """The verdict on the last step of a text."""
    return judge(extract(read_text(text, "<text>", "markdown")))[-1][-1].verdict


@pytest.mark.parametrize("right", [r"7S:LL", r"S:L", r"-5S:L^T"])
def test_differentials_of_what_stands_still_prove_nothing(right: str) -> None:
    assert _last(POWER % rf"J\,S:L = {right}") is not Verdict.HOLDS


def test_a_differential_that_moves_does() -> None:
    assert _last(POWER % r"J\,S:(\dot{F}F^{-1}) = (J\,SF^{-T}):\dot{F}") is Verdict.HOLDS


def test_sides_that_are_zero_where_an_equation_holds_are_neither_right_nor_wrong() -> None:
    assert _last(NORMAL % "b^TX^Tr = 3c^TX^Tr") in (Verdict.UNCHECKED, Verdict.ASSUMED)


def test_a_zero_that_is_written_is_what_the_equation_says() -> None:
    assert _last(NORMAL % "b^TX^Tr = 0") is Verdict.HOLDS

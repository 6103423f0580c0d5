"""What holds for sizes of one parity, or for matrices of full rank, is not said to hold."""

from __future__ import annotations

import pytest

from proofcheck import Verdict
from proofcheck.extraction.derivation import Extraction
from proofcheck.numeric.judge import judge
from proofcheck.numeric.verdict import Judgement
from tests.numeric.claims import declare, derivation

_SEEDS = 12


def _judged(row: str, seed: int) -> Judgement:
    declared = tuple(declare(name, "matrix", "square") for name in "ABC")
    ((found,),) = judge(Extraction((derivation(row),), declared), salt=str(seed))
    return found


@pytest.mark.parametrize(
    "row",
    [
        r"\det(-A) = -\det(A)",
        r"\det(-A) = \det(A)",
        r"\det(-A)\det(-B) = \det(A)\det(B)",
        r"\det(-A^{-1}B) = -\det(A^{-1}B)",
        r"\prod_{i=1}^n (-a_i) = \prod_{i=1}^n a_i",
    ],
)
def test_a_sign_that_counts_a_size_is_tried_at_both_parities(row: str) -> None:
    assert {_judged(row, seed).verdict for seed in range(_SEEDS)} == {Verdict.FAILS}


@pytest.mark.parametrize(
    "row",
    [
        r"\operatorname{rank}(A + B) = \operatorname{rank}(A)",
        r"\operatorname{rank}(AB) = \operatorname{rank}(A)",
        r"A^+A = I",
    ],
)
def test_what_holds_for_full_rank_only_is_not_decided(row: str) -> None:
    assert _judged(row, 0).verdict is Verdict.UNCHECKED


@pytest.mark.parametrize(
    "row",
    [
        r"\operatorname{rank}(A^TA) = \operatorname{rank}(A)",
        r"\operatorname{rank}(A\otimes B) = \operatorname{rank}(A)\operatorname{rank}(B)",
        r"AA^+A = A",
    ],
)
def test_what_holds_for_every_rank_holds(row: str) -> None:
    assert _judged(row, 0).verdict is Verdict.HOLDS


@pytest.mark.parametrize(
    "row",
    [
        r"\operatorname{tr}(A)^2 = \operatorname{tr}(A^2)",
        r"\operatorname{tr}(A^{-1}) = \operatorname{tr}(A)^{-1}",
        r"\log(a)^2 = \log(a^2)",
    ],
)
def test_a_power_behind_a_single_name_is_one_of_the_function(row: str) -> None:
    assert _judged(row, 0).verdict is Verdict.FAILS


def test_a_power_behind_a_sum_may_be_inside() -> None:
    row = r"\operatorname{tr}(A - B)^2 = \operatorname{tr}(A^2 - AB - BA + B^2)"
    assert _judged(row, 0).verdict is Verdict.HOLDS

"""Expectations, variances and covariances: what holds for all distributions, and what does not."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq

from proofcheck import Verdict
from proofcheck.numeric.arithmetic import RATIONALS, from_entries
from proofcheck.numeric.jet import Jet
from proofcheck.numeric.moments import MOMENTS, WEIGHTS, weights
from proofcheck.pipeline import check_text
from tests.numeric.claims import check, verdicts


@pytest.mark.parametrize(
    "row",
    [
        r"\mathbb{E}[x^TAx] = \operatorname{tr}(A\,\mathbb{E}[xx^T])",
        r"\operatorname{Var}(x) = \mathbb{E}[xx^T] - \mathbb{E}[x]\mathbb{E}[x]^T",
        r"\operatorname{Cov}(Ax, By) = A\operatorname{Cov}(x,y)B^T",
        r"\mathrm{Var}(aX) = a^2\,\mathrm{Var}(X)",
        r"E[(X-E[X])^2] = E[X^2] - E[X]^2",
        r"\mathbb{E}_{x}[x^Ty] = \mathbb{E}_{x}[x]^Ty",
    ],
)
def test_identities_of_all_distributions_hold(row: str) -> None:
    assert verdicts((row,)) == ["holds"]


@pytest.mark.parametrize("row", [r"E[X^2] = E[X]^2", r"E[XY] = E[X]E[Y]"])
def test_what_rests_on_the_distribution_is_not_accused(row: str) -> None:
    (judged,) = check((row,))
    assert str(judged.verdict) == "unchecked"
    assert "distributed" in judged.message


def test_the_customary_macros_need_no_definition() -> None:
    found = check_text(r"$$\Var(x) = \E[xx^T] - \E[x]\E[x]^T$$").steps()
    assert [checked.judgement.verdict for checked in found] == [Verdict.HOLDS]


def test_a_lone_letter_makes_no_expectation() -> None:
    (judged,) = check((r"E(A+B) = EA + EB",))
    assert "expectation" in judged.message


def test_a_condition_is_named() -> None:
    (judged,) = check((r"\mathbb{E}[X|Y] = \mathbb{E}[X]",))
    assert "conditioned" in judged.message


def test_moments_agree_with_sums_of_fractions() -> None:
    values = [Fraction(k * k - 3, k + 1) for k in range(len(WEIGHTS))]
    others = [Fraction(2 * k + 1, 3) for k in range(len(WEIGHTS))]
    shares = [Fraction(weight, sum(WEIGHTS)) for weight in WEIGHTS]

    def mean(numbers: list[Fraction]) -> Fraction:
        return sum((p * x for p, x in zip(shares, numbers, strict=True)), Fraction(0))

    pairs = [x * y for x, y in zip(values, others, strict=True)]
    expected = {
        "expectation": mean(values),
        "variance": mean([x * x for x in values]) - mean(values) ** 2,
        "covariance": mean(pairs) - mean(values) * mean(others),
    }
    jets = [[_number(x), _number(y)] for x, y in zip(values, others, strict=True)]
    assert set(expected) == set(MOMENTS)
    for name, value in expected.items():
        found = MOMENTS[name](jets, weights(RATIONALS)).value
        assert found == fmpq(value.numerator, value.denominator)


def test_the_variance_of_a_column_is_a_matrix() -> None:
    columns = [[Jet({0: from_entries((2, 1), [fmpq(k), fmpq(1 - k)])})] for k in range(4)]
    found = MOMENTS["variance"](columns, weights(RATIONALS)).value
    assert (found.nrows(), found.ncols()) == (2, 2)
    assert found[0, 1] == -found[0, 0]


def _number(value: Fraction) -> Jet:
    return Jet({0: fmpq(value.numerator, value.denominator)})

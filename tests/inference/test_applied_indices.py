"""An index that stands before a bracket is told with its place, and ends no document."""

from __future__ import annotations

from proofcheck.numeric.verdict import Verdict
from proofcheck.pipeline import check_text


def test_the_index_of_a_sum_before_a_bracket_is_not_understood() -> None:
    text = r"$$\operatorname{tr}(A) = \sum_i \lambda_i(A)i(A)$$"
    (step,) = check_text(text, "a.md").steps()
    assert step.judgement.verdict is Verdict.UNCHECKED
    assert "`i` is an index" in step.judgement.message

"""Assumptions under which a step that fails would hold."""

from __future__ import annotations

from proofcheck.numeric.verdict import Verdict
from tests.numeric.claims import check


def test_an_assumption_is_tried_with_the_data_held_fixed() -> None:
    model = (r"y = X\beta + \varepsilon",)
    loss = (r"L = (y - X\beta)^T W (y - X\beta)",)
    step = (r"\frac{\partial L}{\partial \beta} = -2 X^T W (y - X\beta)",)
    *_, found = check(model, loss, step)
    assert found.verdict is Verdict.CONDITIONAL
    assert "`W` is symmetric" in (found.message or "")

"""One error planted at a time in a page that checks clean: found at its line and column."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from proofcheck import Verdict
from proofcheck.pipeline import check_text

PAGE = Path(__file__).parent.parent / "fixtures" / "correct" / "chain_rule_page.txt"
TEXT = PAGE.read_text(encoding="utf-8")

PLANTED = [  # what is replaced, by what, and where the report begins in the replacement
    ("2XY:dW", "2YX:dW", "2YX:dW"),
    ("2XY:dW", "-2XY:dW", "-2XY:dW"),
    ("2Y:X^TdW", "2Y:XdW", "2Y:XdW"),
    ("&= 2Y:dY", "&= Y:dY", "Y:dY"),
    (r"\frac{\partial L}{\partial W} &= 2XY", r"\frac{\partial L}{\partial W} &= 2YX", "2YX"),
    (r"\frac{\partial L}{\partial w} &= 2Xy", r"\frac{\partial L}{\partial w} &= 2X^Ty", "2X^Ty"),
    ("_F = Y:Y", "_F = 2Y:Y", "2Y:Y"),
    (
        r"\sum_i \frac{\partial L}{\partial y_i} \frac{\partial y_i}{\partial \mathbf W}",
        r"\sum_i \frac{\partial L}{\partial y_i} \frac{\partial y_i}{\partial \mathbf Y}",
        r"\sum_i",
    ),
]


def test_the_page_is_clean_and_complete() -> None:
    report = check_text(TEXT, kind="text")
    tally = Counter(checked.judgement.verdict for checked in report.steps())
    assert not report.diagnostics
    assert tally[Verdict.UNCHECKED] == tally[Verdict.ASSUMED] == 0
    assert tally[Verdict.HOLDS] == 14
    assert tally[Verdict.DEFINITION] == 4


def test_the_plain_chain_rule_is_a_double_contraction() -> None:
    first = next(iter(check_text(TEXT, kind="text").steps()))
    assert first.judgement.verdict is Verdict.HOLDS
    assert "double contraction" in " ".join(first.judgement.notes)


@pytest.mark.parametrize(("right", "wrong", "reported"), PLANTED, ids=[p[1][-24:] for p in PLANTED])
def test_a_planted_error_is_reported_where_it_stands(right: str, wrong: str, reported: str) -> None:
    assert right in TEXT
    text = TEXT.replace(right, wrong, 1)
    start = text.index(wrong) + wrong.index(reported)
    file = check_text(text, kind="text")
    starts = [diagnostic.span.start for diagnostic in file.diagnostics]
    assert start in starts
    assert all(start <= other < start + 120 for other in starts)
    assert len(starts) <= 2

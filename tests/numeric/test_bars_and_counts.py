"""A bar that nothing defines beside a count that nothing defines: neither accuses anybody."""

from __future__ import annotations

from proofcheck import check_text


def test_a_mean_without_words_is_not_accused_for_its_count() -> None:
    text = r"$$\sum_i(x_i-\bar x)^2 = \sum_ix_i^2 - n\bar x^2$$"
    report = check_text(text, kind="markdown")
    assert [d.rule for d in report.diagnostics if d.severity == "error"] == []


def test_a_mean_with_its_formula_is() -> None:
    defined = r"Let $\bar x = \frac1n\sum_i x_i$."
    text = defined + "\n\n" + r"$$\sum_i(x_i-\bar x)^2 = \sum_ix_i^2 - \bar x^2$$"
    report = check_text(text, kind="markdown")
    assert [d.rule for d in report.diagnostics if d.severity == "error"] == ["unequal-step"]

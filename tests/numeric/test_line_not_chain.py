"""A wrong line is reported once, and the lines after it are judged by themselves."""

from __future__ import annotations

from proofcheck import Verdict
from proofcheck.pipeline import check_text
from proofcheck.rules.report import CheckedStep

RIGHT = "(A^2 - AB + BA - B^2)C"
WRONG = "(A^2 - AB - BA - B^2)C"
START = r"$$\begin{align} (A+B)(A-B)C &= "


def _steps(*lines: str) -> tuple[list[CheckedStep], int]:
    """The steps of a chain, and how many findings there are."""
    report = check_text(START + r" \\ &= ".join(lines) + r"\end{align}$$")
    return list(report.steps()), len(report.diagnostics)


def test_one_wrong_line_is_one_finding() -> None:
    (first, second), found = _steps(WRONG, RIGHT)
    assert found == 1
    assert first.judgement.verdict is second.judgement.verdict is Verdict.FAILS
    assert second.judgement.inherited
    assert second.finding is None
    assert "only this line is wrong" in " ".join(first.judgement.notes)


def test_what_follows_from_a_wrong_line_holds() -> None:
    (first, second), found = _steps(WRONG, "A^2C - ABC - BAC - B^2C")
    assert found == 1
    assert first.judgement.verdict is Verdict.FAILS
    assert second.judgement.verdict is Verdict.HOLDS


def test_slips_that_cancel_are_both_found() -> None:
    steps, found = _steps(WRONG, "A^2C - ABC - BAC - B^2C", "A^2C - ABC + BAC - B^2C")
    assert found == 2
    assert [s.judgement.verdict for s in steps] == [Verdict.FAILS, Verdict.HOLDS, Verdict.FAILS]
    assert "two slips cancel" in " ".join(steps[2].judgement.notes)


def test_two_wrong_lines_that_differ_are_two_findings() -> None:
    steps, found = _steps(WRONG, "(A^2 - AB + BA + B^2)C")
    assert found == 2
    assert not steps[1].judgement.inherited


def test_after_the_slip_the_chain_goes_on_from_the_right_line() -> None:
    steps, found = _steps(WRONG, RIGHT, "A^2C - ABC + BAC - B^2C", "A^2C - ABC + BAC + B^2C")
    assert [s.finding is not None for s in steps] == [True, False, False, True]
    assert found == 2

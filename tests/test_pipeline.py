"""Directives, settings and problems of documents: what becomes a diagnostic and what does not."""

from __future__ import annotations

import pytest

from proofcheck import Settings
from proofcheck.numeric.verdict import Judgement, Reason, Verdict
from proofcheck.pipeline import check_text
from proofcheck.rules.report import FileReport
from tests.judging import FAILS, prescribe

OFF, ON = "<!-- proofcheck: off -->", "<!-- proofcheck: on -->"
THREE = "$$a = b$$\n\n$$c = d$$\n\n$$e = f$$\n"


def _lines(report: FileReport) -> list[int]:
    return [report.source.position(found.span.start).line for found in report.diagnostics]


@pytest.fixture(autouse=True)
def _all_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    prescribe(monkeypatch, FAILS)


def test_every_failing_step_is_reported() -> None:
    assert _lines(check_text(THREE)) == [1, 3, 5]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (THREE.replace("$$c", "<!-- proofcheck: allow[unequal-step] -->\n$$c"), [1, 6]),
        (THREE.replace("d$$", "d$$ <!-- proofcheck: allow[unequal-step] -->"), [1, 5]),
        (THREE.replace("$$c", "<!-- proofcheck: allow[shape-mismatch] -->\n$$c"), [1, 3, 4, 6]),
        (f"{OFF}\n{THREE}", []),
        (THREE.replace("$$c", f"{OFF}$$c").replace("d$$", f"d$${ON}"), [1, 5]),
    ],
    ids=["next step", "this line", "other rule", "off", "off and on"],
)
def test_directives_silence(text: str, lines: list[int]) -> None:
    assert _lines(check_text(text)) == lines


def test_a_comment_in_the_formula_silences_its_line() -> None:
    text = "\\begin{align}\na &= b \\\\ % proofcheck: allow[unequal-step]\n&= c\n\\end{align}\n"
    assert _lines(check_text(text, kind="latex")) == [3]


def test_what_was_allowed_is_counted() -> None:
    text = THREE.replace("d$$", "d$$ <!-- proofcheck: allow[unequal-step] -->")
    assert check_text(text).allowed == 1


def test_an_unknown_rule_is_not_allowed() -> None:
    report = check_text("<!-- proofcheck: allow[unequal-step, no-such-rule] -->\n$$a = b$$\n")
    assert [found.rule for found in report.diagnostics] == ["invalid-directive"]


def test_settings_turn_rules_on_and_off(monkeypatch: pytest.MonkeyPatch) -> None:
    unchecked = Judgement(Verdict.UNCHECKED, reason=Reason.LIMIT_REACHED, message="took too long")
    prescribe(monkeypatch, unchecked, FAILS)
    text = "$$a = b$$\n\n$$c = d$$\n"
    assert _lines(check_text(text)) == [3]
    assert _lines(check_text(text, settings=Settings(frozenset(("unchecked-step",))))) == [1, 3]
    assert _lines(check_text(text, settings=Settings(disabled=frozenset(("unequal-step",))))) == []


def test_an_unclosed_environment_is_a_finding() -> None:
    report = check_text("First.\n\n\\begin{align}\na &= b\n\nLast.\n", kind="latex")
    assert "unreadable-file" in [found.rule for found in report.diagnostics]

"""Every document in `fixtures/` is reported on exactly as it says itself.

A line on which findings are expected ends with `<!-- error: [rule] -->` or `% error: [rule]`, with
as many `[rule]` as there are findings. A document that has steps which cannot be checked says how
many, `<!-- unchecked: 2 -->` or `% unchecked: 2`, or says it at the end of their lines, with the
reason: `<!-- unchecked: [unsupported-function] -->`.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from proofcheck import Verdict, check_path
from proofcheck.rules.report import FileReport

FIXTURES = Path(__file__).parent.parent / "fixtures"
CORRECT = sorted(path for path in (FIXTURES / "correct").iterdir() if path.is_file())
MUTATED = sorted(path for path in (FIXTURES / "mutated").iterdir() if path.is_file())

_EXPECTED = re.compile(r"(?:<!--|%) error: (?P<rules>(?:\[[a-z-]+\]\s*)+)(?:-->)?\s*$")
_UNCHECKED = re.compile(r"(?:<!--|%) unchecked: (?P<count>\d+)")
_REASONS = re.compile(r"(?:<!--|%) unchecked: (?P<reasons>(?:\[[a-z-]+\]\s*)+)(?:-->|$)")


def _expected(path: Path) -> Counter[tuple[int, str]]:
    """The rules that a document expects, by line."""
    found: Counter[tuple[int, str]] = Counter()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if match := _EXPECTED.search(line):
            found.update((number, rule) for rule in re.findall(r"[a-z-]+", match["rules"]))
    return found


def _reported(report: FileReport) -> Counter[tuple[int, str]]:
    """The rules that are reported, by line."""
    return Counter(
        (report.source.position(diagnostic.span.start).line, diagnostic.rule)
        for diagnostic in report.diagnostics
    )


def _unchecked(report: FileReport) -> list[str]:
    """The steps that were not checked, with what was said of them."""
    return [
        f"{checked.step.left.text} = {checked.step.right.text}: {checked.judgement.message}"
        for checked in report.steps()
        if checked.judgement.verdict is Verdict.UNCHECKED
    ]


def _said_unchecked(text: str) -> int:
    """How many steps a document says are not checked."""
    whole = _UNCHECKED.search(text)
    reasons = [match["reasons"] for match in _REASONS.finditer(text)]
    return (int(whole["count"]) if whole else 0) + "".join(reasons).count("[")


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", [*CORRECT, *MUTATED], ids=_name)
def test_reports_what_the_document_expects(path: Path) -> None:
    report = check_path(path)
    expected, reported = _expected(path), _reported(report)
    assert sorted((expected - reported).elements()) == [], "missing"
    assert sorted((reported - expected).elements()) == [], "too many"


@pytest.mark.parametrize("path", CORRECT, ids=_name)
def test_every_step_of_a_correct_document_is_checked(path: Path) -> None:
    report = check_path(path)
    assert list(report.steps())
    unchecked = _unchecked(report)
    said = _said_unchecked(path.read_text(encoding="utf-8"))
    assert len(unchecked) == said, "\n".join(unchecked)


@pytest.mark.parametrize("path", CORRECT, ids=_name)
def test_a_correct_document_expects_nothing(path: Path) -> None:
    assert not _expected(path)


@pytest.mark.parametrize("path", MUTATED, ids=_name)
def test_a_mutated_document_has_a_correct_twin(path: Path) -> None:
    assert FIXTURES / "correct" / path.name in CORRECT
    assert _expected(path)

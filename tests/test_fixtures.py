"""Every document in `fixtures/` is reported on exactly as it says itself.

A line on which findings are expected ends with `<!-- error: [rule] -->` or `% error: [rule]`, with
as many `[rule]` as there are findings. A document that has steps which cannot be checked says how
many, `<!-- unchecked: 2 -->` or `% unchecked: 2`, or says it at the end of their lines, with the
reason: `<!-- unchecked: [unsupported-function] -->`.

What is understood of a symbol in the part of the document where it stands is said with
`<!-- revealed: A: matrix(n,n) (line 3), symmetric -->` or `% revealed: …`, all facts in any order;
the line from which a fact comes may be left out.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from proofcheck import Settings, Verdict
from proofcheck.pipeline import check_path
from proofcheck.rules.report import FileReport
from proofcheck.rules.revealed import RevealedSymbol

FIXTURES = Path(__file__).parent.parent / "fixtures"
CORRECT = sorted(path for path in (FIXTURES / "correct").iterdir() if path.is_file())
MUTATED = sorted(path for path in (FIXTURES / "mutated").iterdir() if path.is_file())

_EXPECTED = re.compile(r"(?:<!--|%) error: (?P<rules>(?:\[[a-z-]+\]\s*)+)(?:-->)?\s*$")
_UNCHECKED = re.compile(r"(?:<!--|%) unchecked: (?P<count>\d+)")
_REASONS = re.compile(r"(?:<!--|%) unchecked: (?P<reasons>(?:\[[a-z-]+\]\s*)+)(?:-->|$)")
_REVEALED = re.compile(
    r"(?:<!--|%) revealed: (?P<name>.+?): (?P<facts>.*?)\s*(?:-->|$)", re.MULTILINE
)
_COMMA = re.compile(r",\s+")


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
        (report.source.place(diagnostic.span.start).line, diagnostic.rule)
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


@pytest.mark.parametrize("path", [*CORRECT, *MUTATED], ids=_name)
def test_symbols_are_understood_as_the_document_says(path: Path) -> None:
    expected = list(_REVEALED.finditer(path.read_text(encoding="utf-8")))
    report = check_path(path, Settings(reveal=True)) if expected else None
    for match in expected:
        assert report is not None
        symbols = _symbols_around(report, match.start())
        found = [s for s in symbols if s.name == match["name"]]
        said = sorted(_COMMA.split(match["facts"]))
        assert said in [_facts(s, report, said) for s in found], [_facts(s, report) for s in found]


def _symbols_around(report: FileReport, offset: int) -> tuple[RevealedSymbol, ...]:
    """The symbols of the part in which an offset stands."""
    parts = [part for part in report.revealed if part.span.start <= offset]
    return parts[-1].symbols if parts else ()


def _facts(symbol: RevealedSymbol, report: FileReport, said: list[str] | None = None) -> list[str]:
    """The facts about a symbol in the form of the documents, each as in `said` if it is there."""
    lines = {
        fact.words: f"{fact.words} (line {report.source.position(fact.span.start).line})"
        for fact in symbol.facts
    }
    return sorted(w if said and w in said else full for w, full in lines.items())

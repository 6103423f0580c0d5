"""Which rule concerns which judgement."""

from __future__ import annotations

import pytest

from proofcheck.document.source import Span
from proofcheck.extraction.derivation import Relation, RelationKind, Side, Step
from proofcheck.numeric.verdict import Judgement, Reason, Verdict
from proofcheck.rules import registry
from proofcheck.rules.diagnostic import Severity
from proofcheck.rules.rule import quote


def _side(text: str, start: int) -> Side:
    return Side((), text, Span(start, start + len(text)))


STEP = Step(_side("AB", 0), Relation(RelationKind.EQUAL, "=", Span(3, 4)), _side("BA", 5), 0)


@pytest.mark.parametrize(
    ("judgement", "rule", "severity"),
    [
        (Judgement(Verdict.FAILS), "unequal-step", Severity.ERROR),
        (Judgement(Verdict.FAILS, mismatch=True), "shape-mismatch", Severity.ERROR),
        (Judgement(Verdict.CONDITIONAL), "unstated-assumption", Severity.WARNING),
        (Judgement(Verdict.UNCHECKED), "unchecked-step", Severity.WARNING),
    ],
)
def test_a_judgement_that_is_a_finding(judgement: Judgement, rule: str, severity: Severity) -> None:
    found = registry.find(STEP, judgement)
    assert found is not None
    assert (found.rule, found.severity, found.span) == (rule, severity, Span(5, 7))
    assert "`BA`" in found.message
    assert found.message[0] == "`" or found.message[0].islower()


@pytest.mark.parametrize("verdict", [Verdict.HOLDS, Verdict.DEFINITION, Verdict.ASSUMED])
def test_a_judgement_that_is_none(verdict: Verdict) -> None:
    assert registry.find(STEP, Judgement(verdict)) is None


def test_the_sentence_of_the_judgement_comes_first() -> None:
    found = registry.find(STEP, Judgement(Verdict.FAILS, message="`BA` is not `AB`"))
    assert found is not None
    assert found.message == "`BA` is not `AB`"


def test_the_reason_is_part_of_the_sentence() -> None:
    unchecked = Judgement(Verdict.UNCHECKED, reason=Reason.UNKNOWN_SYMBOL, message="what is `Q`")
    found = registry.find(STEP, unchecked)
    assert found is not None
    assert found.message == "what is `Q` (unknown-symbol)"


def test_long_formulas_are_cut_in_the_middle() -> None:
    quoted = quote("A" + "+B" * 200 + "\n + C")
    assert len(quoted) < 80
    assert quoted.startswith("`A+B")
    assert quoted.endswith("B + C`")
    assert "\n" not in quoted

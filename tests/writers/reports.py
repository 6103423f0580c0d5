"""A report made by hand, for the tests of the writers."""

from __future__ import annotations

from proofcheck.document.source import Source, Span
from proofcheck.extraction.derivation import Derivation, Relation, RelationKind, Side, Step
from proofcheck.numeric.verdict import Binding, Counterexample, Judgement, Verdict
from proofcheck.rules import registry
from proofcheck.rules.report import CheckedDerivation, CheckedStep, FileReport, Report

COUNTEREXAMPLE = Counterexample(
    symbols=(Binding("A", (("1", "-2"), ("0", "1/3"))), Binding("x", (("1",), ("2",)))),
    left=Binding("Ax", (("-3",), ("2/3",))),
    right=Binding("A^Tx", (("1",), ("-4/3",))),
    seed="0badcafe",
)
FAILS = Judgement(
    Verdict.FAILS,
    evidence="exact",
    reading=(("A", "matrix(n,n)"), ("x", "vector(n)")),
    counterexample=COUNTEREXAMPLE,
)


def side(source: Source, text: str) -> Side:
    start = source.text.index(text)
    return Side((), text, Span(start, start + len(text)))


def report(text: str, left: str, right: str, judgement: Judgement = FAILS) -> Report:
    """A report on one file with one step, whose sides are looked for in the text."""
    source = Source("note.md", text)
    start = text.index("=")
    relation = Relation(RelationKind.EQUAL, "=", Span(start, start + 1))
    step = Step(side(source, left), relation, side(source, right), 0)
    derivation = Derivation((step,), "display", step.left.span.to(step.right.span), 0)
    finding = registry.find(step, judgement)
    checked = CheckedDerivation(derivation, (CheckedStep(step, judgement, finding),))
    return Report((FileReport("note.md", source, (checked,), (finding,) if finding else ()),))

"""Names of findings that outlive edits elsewhere in the file."""

from __future__ import annotations

import hashlib
from collections import Counter

from proofcheck.document.source import Source, Span
from proofcheck.extraction.derivation import Side, Step
from proofcheck.rules.diagnostic import Diagnostic
from proofcheck.rules.report import FileReport


def fingerprints(file: FileReport) -> tuple[str, ...]:
    """A name for each finding of a file, from its rule and the equation it is about.

    Neither the place, nor the breaks of lines, nor what stands around the equation changes it;
    findings that are alike are told apart by their order.
    """
    steps = {
        (checked.finding.rule, checked.finding.span): checked.step
        for checked in file.steps()
        if checked.finding
    }
    seen: Counter[str] = Counter()
    names = []
    for found in file.diagnostics:
        words = _words(found, steps.get((found.rule, found.span)), file.source)
        names.append(hashlib.sha256(f"{words}\n{seen[words]}".encode()).hexdigest()[:32])
        seen[words] += 1
    return tuple(names)


def _words(found: Diagnostic, step: Step | None, source: Source) -> str:
    """What makes a finding the one that it is."""
    if step is None:
        return "\n".join((found.rule, _bare(source, found.span) or found.message))
    sides = (_normal(step.left), _normal(step.right))
    return "\n".join((found.rule, str(step.relation.kind), *sides))


def _normal(side: Side) -> str:
    """The tokens of a side, without what lies between them."""
    return " ".join(token.text for token in side.tokens) or " ".join(side.text.split())


def _bare(source: Source, span: Span) -> str:
    return " ".join(source.slice(span).split())

"""The report as one JSON object, of the schema `proofcheck/1`.

Lines and columns count from 1, columns in characters, and an end is the place after the last
character. The span of a step is that of its right side.
"""

from __future__ import annotations

import json
from typing import Any

from proofcheck.document.source import Source, Span
from proofcheck.numeric.verdict import Binding, Counterexample, Tried, Verdict
from proofcheck.rules.diagnostic import Diagnostic
from proofcheck.rules.fix import Fix
from proofcheck.rules.report import CheckedDerivation, CheckedStep, FileReport, Report

SCHEMA = "proofcheck/1"

Object = dict[str, Any]


def write(report: Report) -> str:
    """The report as JSON text that ends with a line end."""
    value = {
        "schema": SCHEMA,
        "files": [_file(file) for file in report.files],
        "failures": [{"path": each.path, "message": each.message} for each in report.failures],
        "summary": _summary(report),
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _summary(report: Report) -> Object:
    """The counts; `steps` is the sum of all the verdicts'."""
    tally = report.tally()
    return {
        "files": len({file.path for file in report.files}),
        "derivations": sum(len(file.derivations) for file in report.files),
        "steps": tally.total(),
        **{str(verdict): tally[verdict] for verdict in Verdict},
    }


def _file(file: FileReport) -> Object:
    return {
        "path": file.path,
        "derivations": [_derivation(found, file.source) for found in file.derivations],
        "diagnostics": [_diagnostic(found, file.source) for found in file.diagnostics],
    }


def _derivation(checked: CheckedDerivation, source: Source) -> Object:
    place = _place(checked.derivation.span, source)
    return {
        "line": place["line"],
        "end_line": place["end_line"],
        "section": _section(checked.derivation.span, source),
        "environment": checked.derivation.environment,
        "steps": [_step(step, source) for step in checked.steps],
    }


def _step(checked: CheckedStep, source: Source) -> Object:
    """`rule` and `message` are those of the finding, also where it is not among the diagnostics."""
    step, judgement, finding = checked.step, checked.judgement, checked.finding
    return {
        **_place(step.right.span, source),
        "lhs": step.left.text.strip(),
        "relation": step.relation.text.strip(),
        "rhs": step.right.text.strip(),
        "verdict": str(judgement.verdict),
        "evidence": judgement.evidence or None,
        "tried": _tried(judgement.tried),
        "rule": finding.rule if finding else None,
        "message": finding.message if finding else judgement.message or None,
        "reading": dict(judgement.reading),
        "notes": list(judgement.notes),
        "reason": str(judgement.reason) if judgement.reason else None,
        "counterexample": _counterexample(judgement.counterexample),
        "repair": _fix(checked.fix, source),
    }


def _diagnostic(diagnostic: Diagnostic, source: Source) -> Object:
    return {
        "rule": diagnostic.rule,
        **_place(diagnostic.span, source),
        "section": _section(diagnostic.span, source),
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "help": diagnostic.help,
        "notes": list(diagnostic.notes),
        "fix": _fix(diagnostic.fix, source),
    }


def _fix(found: Fix | None, source: Source) -> Object | None:
    """The right side as corrected, what that changes, and the text for each place in the file."""
    if found is None:
        return None
    edits = [{**_place(span, source), "text": text} for span, text in found.edits]
    return {"latex": found.latex, "message": found.words, "edits": edits}


def _place(span: Span, source: Source) -> Object:
    """Where a span starts and where the character after it stands."""
    start, end = source.place(span.start), source.place(span.end)
    return {
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }


def _section(span: Span, source: Source) -> Object | None:
    """The cell of a notebook or the post of a dump in which a span starts, and its line there."""
    name, line = source.section(span.start)
    return {"name": name, "line": line} if name else None


def _counterexample(found: Counterexample | None) -> Object | None:
    """Every value is a list of rows of numbers as text; a scalar is one row of one number."""
    if found is None:
        return None
    return {
        "symbols": {symbol.name: _rows(symbol) for symbol in found.symbols},
        "left": _rows(found.left) if found.left else None,
        "right": _rows(found.right) if found.right else None,
        "seed": found.seed,
        "certificate": json.loads(found.certificate) if found.certificate else None,
    }


def _tried(found: Tried | None) -> Object | None:
    """The sizes of each point, the bits of balls, and a bound on agreement by chance."""
    if found is None:
        return None
    return {
        "sizes": [list(sizes) for sizes in found.sizes],
        "bits": found.bits or None,
        "chance": found.chance,
    }


def _rows(binding: Binding) -> list[list[str]]:
    return [list(row) for row in binding.rows]

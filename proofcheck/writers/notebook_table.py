"""The report as a table for a notebook, which typesets the formulas."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from html import escape

from proofcheck.numeric.verdict import Verdict
from proofcheck.rules.report import CheckedStep, FileReport, Report
from proofcheck.writers.text import closing

_MOST_ROWS = 500
_COLOURS = {
    Verdict.FAILS: "#c62828",
    Verdict.CONDITIONAL: "#b26a00",
    Verdict.UNCHECKED: "#757575",
    Verdict.HOLDS: "#2e7d32",
}
_ACTIVE = re.compile(r"\\(?:href|url|class|cssId|style|data|require|unicode|html[A-Z])|\\[()]")
_CELL = "text-align:left;vertical-align:top"


def write(report: Report) -> str:
    """A table with a row for each step and each other finding, and the closing line below it."""
    rows = [row for file in report.files for row in _rows(file)]
    shown = "".join(itertools.islice(rows, _MOST_ROWS))
    left = f"{len(rows) - _MOST_ROWS:,} more rows; " if len(rows) > _MOST_ROWS else ""
    failures = "".join(f"<p>{escape(failure.message)}</p>" for failure in report.failures)
    head = "".join(f'<th style="{_CELL}">{name}</th>' for name in ("place", "step", "verdict", ""))
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>{shown}</tbody></table>"
        f"{failures}<p>{escape(left + closing(report))}</p>"
    )


def _rows(file: FileReport) -> Iterator[str]:
    """The rows of a file: its findings that are about no step, then its steps."""
    of_steps = {id(step.finding) for step in file.steps() if step.finding}
    for found in file.diagnostics:
        if id(found) not in of_steps:
            cells = (
                _place(file, found.span.start),
                "",
                _word(found.severity),
                escape(found.message),
            )
            yield _row(*cells)
    for step in file.steps():
        said = step.finding.message if step.finding else step.judgement.message
        verdict = step.judgement.verdict
        formula = _formula(step)
        yield _row(
            _place(file, step.step.right.span.start),
            formula,
            _word(verdict, _COLOURS.get(verdict, "inherit")),
            escape(said or ""),
        )


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells) + "</tr>"


def _word(word: str, colour: str = "#c62828") -> str:
    return f'<span style="color:{colour}">{escape(str(word))}</span>'


def _place(file: FileReport, offset: int) -> str:
    """The name of the file, with line and column."""
    place = file.source.place(offset)
    return escape(f"{file.path}:{place.line}:{place.column}")


def _formula(step: CheckedStep) -> str:
    """The step as the author wrote it; what could do more than show a formula is shown as code."""
    relation = step.step.relation.text.strip()
    latex = f"{step.step.left.text.strip()} {relation} {step.step.right.text.strip()}"
    if _ACTIVE.search(latex):
        return f"<code>{escape(latex)}</code>"
    return f"\\({escape(latex)}\\)"

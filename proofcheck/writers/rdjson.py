"""The report in the Reviewdog Diagnostic Format; its columns count bytes of UTF-8."""

from __future__ import annotations

import json
from typing import Any

from proofcheck.document.source import Source, Span
from proofcheck.rules.diagnostic import Diagnostic
from proofcheck.rules.report import FileReport, Report
from proofcheck.writers.glyphs import visible
from proofcheck.writers.places import byte_column, region, relative

Object = dict[str, Any]


def write(report: Report) -> str:
    """The report as JSON text that ends with a line end."""
    found = [_finding(found, file) for file in report.files for found in file.diagnostics]
    value = {"source": {"name": "proofcheck"}, "diagnostics": found}
    return json.dumps(value, ensure_ascii=True, indent=1) + "\n"


def _finding(found: Diagnostic, file: FileReport) -> Object:
    suggestions = [
        {"range": _range(span, file.source), "text": text}
        for span, text in (found.fix.edits if found.fix else ())
    ]
    return {
        "message": f"{visible(found.message)}\n{visible(found.help)}",
        "location": {"path": relative(file.path), "range": _range(found.span, file.source)},
        "severity": str(found.severity).upper(),
        "code": {"value": found.rule},
        **({"suggestions": suggestions} if suggestions else {}),
    }


def _range(span: Span, source: Source) -> Object:
    place = region(span, source)
    return {
        "start": {"line": place.line, "column": byte_column(span.start, source)},
        "end": {"line": place.end_line, "column": byte_column(span.end, source)},
    }

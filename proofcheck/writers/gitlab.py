"""The report as a Code Quality report of GitLab: a list of findings with their fingerprints."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from proofcheck.rules.diagnostic import Diagnostic, Severity
from proofcheck.rules.fingerprint import fingerprints
from proofcheck.rules.report import FileReport, Report
from proofcheck.writers.glyphs import visible
from proofcheck.writers.places import region, relative

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def write(report: Report) -> str:
    """The report as JSON text that ends with a line end."""
    value = [
        _finding(found, name, file)
        for file in report.files
        for found, name in zip(file.diagnostics, fingerprints(file), strict=True)
    ]
    return json.dumps(value, ensure_ascii=True, indent=1) + "\n"


def _finding(found: Diagnostic, name: str, file: FileReport) -> dict[str, Any]:
    """The fingerprint names the file too: GitLab has one list for all."""
    path, place = relative(file.path), region(found.span, file.source)
    unique = hashlib.sha256(f"{path}\n{name}".encode("utf-8", "surrogatepass")).hexdigest()
    return {
        "description": visible(found.message),
        "check_name": found.rule,
        "fingerprint": unique[:32],
        "severity": _SEVERITY[found.severity],
        "location": {"path": path, "lines": {"begin": place.line, "end": place.end_line}},
    }

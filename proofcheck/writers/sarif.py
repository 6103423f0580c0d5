"""The report as SARIF 2.1.0, for code scanning.

Columns count characters. A message keeps the braces of its formulas as they are: without
`arguments` nothing is put in their place, and readers show doubled braces doubled.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from proofcheck.document.source import Source, Span
from proofcheck.rules.diagnostic import Diagnostic
from proofcheck.rules.fingerprint import fingerprints
from proofcheck.rules.fix import Fix
from proofcheck.rules.registry import RULES
from proofcheck.rules.report import FileReport, Report
from proofcheck.rules.rule import Rule
from proofcheck.writers.places import region, uri

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST = 25_000
"""How many results GitHub takes of one run."""

_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")
_NUMBERS = {rule.name: number for number, rule in enumerate(RULES)}

Object = dict[str, Any]


def write(report: Report, version: str) -> str:
    """The report of this version of the program as JSON text that ends with a line end."""
    results = [result for file in report.files for result in _results(file)]
    run = {
        "tool": {"driver": _driver(version)},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, len(results))],
        "results": results[:MOST],
    }
    value = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(value, ensure_ascii=True, indent=1) + "\n"


def _driver(version: str) -> Object:
    rules = [_rule(rule) for rule in RULES]
    return {
        "name": "proofcheck",
        "version": version,
        "semanticVersion": version,
        "rules": rules,
    }


def _rule(rule: Rule) -> Object:
    """A rule with its page as help."""
    page = rule.page.strip()
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.title()},
        "fullDescription": {"text": page.partition("\n## ")[0].strip()},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": str(rule.severity), "enabled": rule.default},
    }


def _invocation(report: Report, found: int) -> Object:
    """What the run could not do, and what is left out."""
    notes = [_notification("error", failure.message) for failure in report.failures]
    if found > MOST:
        notes.append(_notification("note", f"{found - MOST} findings after {MOST} are left out"))
    return {
        "executionSuccessful": not report.failures,
        "exitCode": report.status,
        "toolExecutionNotifications": notes,
    }


def _notification(level: str, message: str) -> Object:
    return {"level": level, "message": {"text": _plain(message)}}


def _results(file: FileReport) -> Iterator[Object]:
    for found, name in zip(file.diagnostics, fingerprints(file), strict=True):
        yield _result(found, name, file)


def _result(found: Diagnostic, name: str, file: FileReport) -> Object:
    location = {
        "artifactLocation": {"uri": uri(file.path)},
        "region": _region(found.span, file.source),
    }
    result: Object = {
        "ruleId": found.rule,
        "ruleIndex": _NUMBERS[found.rule],
        "level": str(found.severity),
        "message": {"text": _plain(f"{found.message}\nhelp: {found.help}")},
        "locations": [{"physicalLocation": location, **_logical(found.span, file.source)}],
        "partialFingerprints": {"equation/v1": name},
    }
    return result | ({"fixes": [_fix(found.fix, file)]} if found.fix else {})


def _logical(span: Span, source: Source) -> Object:
    """The cell of a notebook or the post of a dump, and the line in it."""
    name, line = source.section(span.start)
    return {"logicalLocations": [{"fullyQualifiedName": f"{name}, line {line}"}]} if name else {}


def _fix(fix: Fix, file: FileReport) -> Object:
    replacements = [
        {"deletedRegion": _region(span, file.source), "insertedContent": {"text": text}}
        for span, text in fix.edits
    ]
    change = {"artifactLocation": {"uri": uri(file.path)}, "replacements": replacements}
    return {"description": {"text": _plain(fix.words)}, "artifactChanges": [change]}


def _region(span: Span, source: Source) -> Object:
    place = region(span, source)
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _plain(text: str) -> str:
    r"""Text in which `[a](b)` is no link."""
    return _LINK.sub(r"\\[", text)

"""The corrections of a run as a unified diff, which `git apply` and `patch` take."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from proofcheck.document.drawn import Drawn
from proofcheck.rules.fix import corrected
from proofcheck.rules.report import FileReport, Report

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def write(report: Report) -> str:
    """The diff of all files with corrections; empty if there are none."""
    return "".join(line for file in report.files for line in _file(file))


def after(file: FileReport) -> tuple[str, int]:
    """The text of a file after its corrections, and how many there are."""
    return corrected(file.source.text, [found.fix for found in file.diagnostics if found.fix])


def _file(file: FileReport) -> Iterator[str]:
    new, count = after(file)
    if not count or isinstance(file.source, Drawn):  # the formulas are escaped in the file
        return
    name = file.path.lstrip("/")
    before, behind = _LINE.findall(file.source.text), _LINE.findall(new)
    for line in difflib.unified_diff(before, behind, f"a/{name}", f"b/{name}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"

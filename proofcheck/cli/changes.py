"""Which lines of files changed since a revision, by git."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from proofcheck.document.source import Span
from proofcheck.rules.report import FileReport, Report
from proofcheck.writers.places import region

_HUNK = re.compile(rb"^@@ -\d+(?:,\d+)? \+(?P<start>\d+)(?:,(?P<count>\d+))? @@", re.MULTILINE)


class ChangesUnknown(Exception):
    """The changes cannot be found out; says in one sentence why."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Lines from `first` to `last`, both counted from 1; of lines that are gone, those around."""

    first: int
    last: int
    gone: bool = False

    def touches(self, start: int, end: int) -> bool:
        """Whether the lines from `start` to `end` changed."""
        if self.gone:
            return start <= self.first and self.last <= end
        return start <= self.last and self.first <= end


def only_changed(report: Report, revision: str) -> Report:
    """The report with the findings on equations that changed since a revision. What git does not
    know is all new. Raises `ChangesUnknown`."""
    return replace(report, files=tuple(_changed(file, revision) for file in report.files))


def _changed(file: FileReport, revision: str) -> FileReport:
    if not file.diagnostics or not os.path.isfile(file.path):
        return file
    lines = changes(Path(file.path), revision)
    if lines is None:
        return file
    steps = {
        (checked.finding.rule, checked.finding.span): checked.step
        for checked in file.steps()
        if checked.finding
    }
    kept = []
    for found in file.diagnostics:
        step = steps.get((found.rule, found.span))
        span = found.span.to(step.left.span) if step else found.span
        if _touched(span, file, lines):
            kept.append(found)
    unchanged = file.unchanged + len(file.diagnostics) - len(kept)
    return replace(file, diagnostics=tuple(kept), unchanged=unchanged)


def _touched(span: Span, file: FileReport, lines: tuple[Changed, ...]) -> bool:
    place = region(span, file.source)
    return any(changed.touches(place.line, place.end_line) for changed in lines)


def changes(path: Path, revision: str) -> tuple[Changed, ...] | None:
    """The lines of a file that changed since a revision; None if git does not know the file.

    Raises `ChangesUnknown`.
    """
    folder = path.resolve().parent
    wanted = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = _git(folder, *wanted)
    if commit is None:
        raise ChangesUnknown(f"git does not know a revision `{revision}` in `{folder}`")
    name = path.resolve().name
    if _git(folder, "ls-files", "--error-unmatch", "--", f":(literal){name}") is None:
        return None
    plain = ("--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--text")
    said = _git(folder, "diff", *plain, commit.decode().strip(), "--", f":(literal){name}")
    if said is None:
        raise ChangesUnknown(f"git cannot compare `{path}` with `{revision}`")
    return tuple(_hunk(match) for match in _HUNK.finditer(said))


def _hunk(match: re.Match[bytes]) -> Changed:
    start, count = int(match["start"]), int(match["count"] or 1)
    return Changed(start, start + count - 1) if count else Changed(start, start + 1, gone=True)


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git prints; None if it refuses. Raises `ChangesUnknown` where there is no git."""
    command = ("git", "-C", str(folder), *arguments)
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    except (OSError, ValueError):
        raise ChangesUnknown("git cannot be run") from None
    return done.stdout if done.returncode == 0 else None

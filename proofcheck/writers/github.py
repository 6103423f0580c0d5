"""The report as workflow commands, which GitHub Actions shows beside the lines of a change.

A step shows ten errors and ten warnings; the findings after those are lines of its log.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from proofcheck.rules.diagnostic import Diagnostic, Severity
from proofcheck.rules.report import Failure, FileReport, Report
from proofcheck.writers.glyphs import visible
from proofcheck.writers.places import region, relative
from proofcheck.writers.text import closing

MOST = 10
"""How many annotations of each kind GitHub shows of one step."""

Found = tuple[FileReport, Diagnostic]


def write(report: Report) -> str:
    """A command for each failure and finding, a notice of what is left out, and the counts."""
    lines = [_trouble(failure) for failure in report.failures]
    rest: list[Found] = []
    room = {Severity.ERROR: max(0, MOST - len(lines))}
    for severity in Severity:
        most = room.get(severity, MOST)
        found = [
            (file, diagnostic)
            for file in report.files
            for diagnostic in file.diagnostics
            if diagnostic.severity is severity
        ]
        lines += [_command(file, diagnostic) for file, diagnostic in found[:most]]
        rest += found[most:]
    lines += _remainder(rest)
    return "".join(f"{line}\n" for line in (*lines, *_inert([closing(report)])))


def _trouble(failure: Failure) -> str:
    """The annotation of a path for which the program could not do its work."""
    return f"::error title=proofcheck::{_data(failure.message)}"


def _command(file: FileReport, found: Diagnostic) -> str:
    """The annotation of a finding. Columns are given where it ends on the line it begins."""
    place = region(found.span, file.source)
    properties = {"file": relative(file.path), "line": place.line, "endLine": place.end_line}
    if place.line == place.end_line:
        properties |= {"col": place.column, "endColumn": place.end_column}
    properties["title"] = found.rule
    said = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    words = _data(f"{found.message}\n{found.help}")
    return f"::{found.severity} {said}::{words}"


def _remainder(rest: list[Found]) -> Iterator[str]:
    """What no annotation says: how many findings, and which."""
    if rest:
        lines = [_line(file, found) for file, found in rest]
        words = f"{len(rest)} more findings are in the log of this step only"
        yield f"::notice title=proofcheck::{words}: GitHub shows {MOST} of each kind"
        yield from _inert(lines)


def _line(file: FileReport, found: Diagnostic) -> str:
    """A finding as a line of the log."""
    place = region(found.span, file.source)
    where = f"{visible(file.path)}:{place.line}:{place.column}"
    return f"{where}: {found.severity}: {visible(found.message)} [{found.rule}]"


def _inert(lines: list[str]) -> Iterator[str]:
    """Lines in which no commands are looked for, whatever they quote."""
    token = hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
    yield from (f"::stop-commands::{token}", *lines, f"::{token}::")


def _data(text: str) -> str:
    """What follows `::`, each of its lines fit to be shown."""
    shown = "\n".join(visible(line) for line in text.split("\n"))
    return shown.replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    """The value of a property."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")

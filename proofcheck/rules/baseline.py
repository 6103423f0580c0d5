"""Findings that are known, in a file: they are not reported again.

An entry names a file, from the folder of the baseline, a rule and the fingerprint of an equation;
it holds wherever in the file the equation moves.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from proofcheck.rules.fingerprint import fingerprints
from proofcheck.rules.report import FileReport, Report

SCHEMA = "proofcheck-baseline/1"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A known finding."""

    path: str
    rule: str
    fingerprint: str


class InvalidBaseline(Exception):
    """A baseline that cannot be read; says in one sentence why."""


def entries(report: Report, folder: Path) -> tuple[Entry, ...]:
    """All findings of a report, for a baseline in `folder`."""
    found = (entry for file in report.files for entry in _entries(file, folder))
    return tuple(sorted(set(found)))


def _entries(file: FileReport, folder: Path) -> list[Entry]:
    """The findings of a file, in its order."""
    path = _key(file.path, folder)
    named = zip(file.diagnostics, fingerprints(file), strict=True)
    return [Entry(path, found.rule, name) for found, name in named]


def _key(path: str, folder: Path) -> str:
    """A path from the folder, with `/`."""
    try:
        return Path(os.path.relpath(os.path.realpath(path), folder.resolve())).as_posix()
    except ValueError:  # another drive
        return Path(path).as_posix()


def without(report: Report, known: Iterable[Entry], folder: Path) -> tuple[Report, list[Entry]]:
    """The report without what is known, and the entries of its files that nothing answers to."""
    expected = frozenset(known)
    seen = {entry for file in report.files for entry in _entries(file, folder)}
    paths = {_key(file.path, folder) for file in report.files}
    fixed = sorted(entry for entry in expected - seen if entry.path in paths)
    return replace(
        report, files=tuple(_new(file, expected, folder) for file in report.files)
    ), fixed


def _new(file: FileReport, known: frozenset[Entry], folder: Path) -> FileReport:
    """A file without its known findings."""
    named = zip(file.diagnostics, _entries(file, folder), strict=True)
    kept = tuple(found for found, entry in named if entry not in known)
    return replace(file, diagnostics=kept, known=len(file.diagnostics) - len(kept))


def dump(found: Iterable[Entry]) -> str:
    """A baseline as the text of its file, an entry a line."""
    lines = [json.dumps([entry.path, entry.rule, entry.fingerprint]) for entry in found]
    body = ",\n  ".join(lines)
    return f'{{"schema": "{SCHEMA}",\n "findings": [\n  {body}\n ]}}\n'


def load(path: Path) -> tuple[Entry, ...]:
    """The entries of a file. Raises `InvalidBaseline`."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidBaseline(f"cannot read the baseline `{path}`: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise InvalidBaseline(f"the baseline `{path}` is not JSON: {error}") from None
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise InvalidBaseline(f"`{path}` is no baseline of the schema `{SCHEMA}`")
    if not isinstance(found := value.get("findings"), list):
        raise InvalidBaseline(f"the baseline `{path}` has no list of findings")
    return tuple(_entry(entry, path) for entry in found)


def _entry(found: object, path: Path) -> Entry:
    match found:
        case [str(file), str(rule), str(fingerprint)]:
            return Entry(file, rule, fingerprint)
        case _:
            raise InvalidBaseline(f"`{path}` has an entry that is not a path, rule and fingerprint")

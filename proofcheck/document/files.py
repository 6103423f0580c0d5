"""Which files are documents, among the paths that a user names."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from proofcheck.document.dump import is_dump
from proofcheck.document.inputs import root_of, walk
from proofcheck.document.read import SUFFIXES


@dataclass(frozen=True, slots=True)
class Absent:
    """A path at which there is nothing to check, and why, in one sentence."""

    path: str
    message: str


def find(paths: Iterable[str | Path]) -> Iterator[Path | Absent]:
    """The files to check, each once: those named with the LaTeX files that they bring in, and in
    directories those with a known suffix.

    A directory's own files come before those of its folders, each in alphabetical order; what is
    hidden is passed over.
    """
    seen: set[Path] = set()
    for path in map(Path, paths):
        for found in _at(path):
            if isinstance(found, Absent):
                yield found
            elif found not in seen:
                seen.add(found)
                yield found


def _at(path: Path) -> Iterator[Path | Absent]:
    """What one path stands for."""
    if os.path.isdir(path):
        yield from list(_inside(path)) or [Absent(str(path), f"`{path}` holds no documents")]
    elif os.path.lexists(path):
        yield path
        yield from _brought_in(path)
    else:
        yield Absent(str(path), f"`{path}` does not exist")


def _brought_in(path: Path) -> Iterator[Path]:
    """The documents that a LaTeX file brings in."""
    if SUFFIXES.get(path.suffix.lower()) == "latex":
        parts = itertools.islice(walk(path, root_of(path)), 1, None)
        yield from (part for part in parts if part.suffix.lower() in SUFFIXES)


def _is_document(path: Path) -> bool:
    """Whether a file is one by its name."""
    return path.suffix.lower() in SUFFIXES or is_dump(path)


def _inside(directory: Path) -> Iterator[Path | Absent]:
    """The documents in a directory and below it."""
    closed: list[OSError] = []
    for folder, folders, names in os.walk(directory, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and _is_document(Path(name)):
                yield Path(folder, name)
    for error in closed:
        yield Absent(str(error.filename), f"`{error.filename}` cannot be read: {error.strerror}")

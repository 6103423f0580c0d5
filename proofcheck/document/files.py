"""Which files are documents, among the paths that a user names."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from proofcheck.document.ignored import ignored
from proofcheck.document.kinds import SUFFIXES, is_dump, kind_of


class Absent:
    """A path at which there is nothing to check, and why, in one sentence."""

    __slots__ = ("message", "path")

    def __init__(self, path: str, message: str) -> None:
        self.path, self.message = path, message


def find(paths: Iterable[str | Path]) -> Iterator[Path | Absent]:
    """The files to check, each once: those named with the LaTeX files that they bring in, and in
    directories those with a known suffix.

    A directory's own files come before those of its folders, each in alphabetical order; what is
    hidden, or named by a `.gitignore`, is passed over. A path at which there is nothing may be a
    pattern: `docs/**/*.md`.
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
    elif _is_pattern(str(path)):
        import glob

        matches = sorted(glob.glob(str(path), recursive=True))
        for match in matches:
            yield from _at(Path(match))
        if not matches:
            yield Absent(str(path), f"`{path}` matches no file")
    else:
        yield Absent(str(path), f"`{path}` does not exist")


def _is_pattern(path: str) -> bool:
    return any(sign in path for sign in "*?[")


def _brought_in(path: Path) -> Iterator[Path]:
    """The documents that a LaTeX file brings in."""
    if kind_of(path) == "latex":
        from proofcheck.document.inputs import root_of, walk

        parts = itertools.islice(walk(path, root_of(path)), 1, None)
        yield from (part for part in parts if part.suffix.lower() in SUFFIXES)


def _is_document(path: Path) -> bool:
    """Whether a file is one by its name."""
    return path.suffix.lower() in SUFFIXES or is_dump(path)


def _inside(directory: Path) -> Iterator[Path | Absent]:
    """The documents in a directory and below it. Who names an ignored directory wants it."""
    closed: list[OSError] = []
    wanted = ignored(directory, folder=True)
    for folder, folders, names in os.walk(directory, onerror=closed.append):
        here = Path(folder)
        shown = [name for name in sorted(folders) if not name.startswith(".")]
        folders[:] = [name for name in shown if wanted or not ignored(here / name, folder=True)]
        for name in sorted(names):
            if not name.startswith(".") and _is_document(Path(name)):
                if wanted or not ignored(here / name):
                    yield here / name
    for error in closed:
        yield Absent(str(error.filename), f"`{error.filename}` cannot be read: {error.strerror}")

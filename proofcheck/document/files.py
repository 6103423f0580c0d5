"""Which files are documents, among the paths that a user names.

Paths are text here: they are looked for on each run, before all else is imported.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator

from proofcheck.document.ignored import ignored
from proofcheck.document.kinds import SUFFIXES, is_dump, kind_of, suffix

_HERE = os.path.join(".", "")


class Absent:
    """A path at which there is nothing to check, and why, in one sentence."""

    __slots__ = ("message", "path")

    def __init__(self, path: str, message: str) -> None:
        self.path, self.message = path, message


def find(paths: Iterable[str | os.PathLike[str]]) -> Iterator[str | Absent]:
    """The files to check, each once: those named with the LaTeX files that they bring in, and in
    directories those with a known suffix.

    A directory's own files come before those of its folders, each in alphabetical order; what is
    hidden, or named by a `.gitignore`, is passed over. A path at which there is nothing may be a
    pattern: `docs/**/*.md`.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _at(plain(os.fspath(path))):
            if isinstance(found, Absent):
                yield found
            elif found not in seen:
                seen.add(found)
                yield found


def plain(path: str) -> str:
    """A path without what says nothing: `./a//b/` is `a/b`."""
    root = os.sep if path.startswith(os.sep) else ""
    parts = path.replace(os.altsep or os.sep, os.sep).split(os.sep)
    return root + os.sep.join(part for part in parts if part not in ("", ".")) or "."


def _at(path: str) -> Iterator[str | Absent]:
    """What one path stands for."""
    if os.path.isdir(path):
        yield from list(_inside(path)) or [Absent(path, f"`{path}` holds no documents")]
    elif os.path.lexists(path):
        yield path
        yield from _brought_in(path)
    elif _is_pattern(path):
        import glob

        matches = sorted(glob.glob(path, recursive=True))
        for match in matches:
            yield from _at(plain(match))
        if not matches:
            yield Absent(path, f"`{path}` matches no file")
    else:
        yield Absent(path, f"`{path}` does not exist")


def _is_pattern(path: str) -> bool:
    return any(sign in path for sign in "*?[")


def _brought_in(path: str) -> Iterator[str]:
    """The documents that a LaTeX file brings in."""
    if kind_of(path) == "latex":
        from pathlib import Path

        from proofcheck.document.inputs import root_of, walk

        main = Path(path)
        parts = itertools.islice(walk(main, root_of(main)), 1, None)
        yield from (str(part) for part in parts if suffix(part) in SUFFIXES)


def _inside(directory: str) -> Iterator[str | Absent]:
    """The documents in a directory and below it. Who names an ignored directory wants it."""
    closed: list[OSError] = []
    wanted = ignored(directory, folder=True)
    for folder, folders, names in os.walk(directory, onerror=closed.append):
        here = "" if folder == "." else folder.removeprefix(_HERE)
        inside = [name for name in sorted(folders) if not name.startswith(".")]
        folders[:] = [
            name for name in inside if wanted or not ignored(os.path.join(here, name), folder=True)
        ]
        for name in sorted(names):
            if not name.startswith(".") and (suffix(name) in SUFFIXES or is_dump(name)):
                path = os.path.join(here, name)
                if wanted or not ignored(path):
                    yield path
    for error in closed:
        yield Absent(str(error.filename), f"`{error.filename}` cannot be read: {error.strerror}")

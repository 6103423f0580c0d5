"""What a result depends on beside documents: the program itself and the libraries it judges by."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterable, Iterator
from importlib.machinery import PathFinder
from pathlib import Path

from proofcheck.running.digests import blake2b

_FORM = 2
_PACKAGE = Path(__file__).parents[1]
_LIBRARIES = ("flint", "markdown_it", "mpmath", "pathspec", "pylatexenc", "sympy")


@functools.cache
def program() -> bytes:
    """A digest of the files of the program and of its libraries, by their times and sizes."""
    digest = blake2b(f"{_FORM} {sys.version} {_PACKAGE}".encode(), digest_size=32)
    for name, status in sorted(_files(str(_PACKAGE))):
        digest.update(f"{name} {status.st_mtime_ns} {status.st_size}\n".encode(errors="replace"))
    for name in _LIBRARIES:
        found = PathFinder.find_spec(name)
        origin = found.origin if found is not None else None
        digest.update(f"{name} {origin} {_stamp(origin) if origin else ''}\n".encode())
    return digest.digest()


def key(parts: Iterable[bytes]) -> bytes:
    """A digest of the program and of all else that something depends on, part by part."""
    digest = blake2b(program(), digest_size=32)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def _files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """The sources in a folder and below it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".json")):
                yield entry.path, entry.stat()
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _files(entry.path)


def _stamp(path: str) -> str:
    status = os.stat(path)
    return f"{status.st_mtime_ns} {status.st_size}"

"""What a result depends on beside documents: the program itself and the libraries it judges by."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterable, Iterator

from proofcheck.running.digests import blake2b

_FORM = 2
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_LIBRARIES = ("flint", "markdown_it", "mpmath", "pathspec", "pylatexenc", "sympy")


_Stamp = tuple[str, int, int]


@functools.cache
def program() -> bytes:
    """A digest of the files of the program and of its libraries, by their times and sizes."""
    digest = blake2b(f"{_FORM} {sys.version} {_PACKAGE}".encode(), digest_size=32)
    files = [*sorted(_files(_PACKAGE)), *map(_library, _LIBRARIES)]
    digest.update(repr(files).encode(errors="replace"))
    return digest.digest()


def key(parts: Iterable[bytes]) -> bytes:
    """A digest of the program and of all else that something depends on, part by part."""
    digest = blake2b(program(), digest_size=32)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def _files(folder: str) -> Iterator[_Stamp]:
    """The sources in a folder and below it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".json")):
                status = entry.stat()
                yield entry.path, status.st_mtime_ns, status.st_size
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _files(entry.path)


def _library(name: str) -> _Stamp:
    """The file that an import of a package would run first."""
    for folder in sys.path:
        path = os.path.join(folder, name, "__init__.py")
        try:
            status = os.stat(path)
        except OSError:
            continue
        return path, status.st_mtime_ns, status.st_size
    return name, 0, 0

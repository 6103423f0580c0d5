"""The files that a result depends on, by their contents: a time of a file counts for nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator

from proofcheck.document.kinds import kind_of

_MANY = 1 << 20


def read(path: str) -> bytes:
    """The bytes of a file, with fewer calls of the system than `open` makes. Raises `OSError`."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        content = os.read(file, _MANY)
        while part := os.read(file, _MANY):
            content += part
        return content
    finally:
        os.close(file)


def dependence(path: str, told: str = "") -> Iterator[bytes]:
    """What the reading of a document depends on: its content, and of a LaTeX file also what it
    brings in or stands among, by a root that may be `told`, and the reasons why some of that is not
    read. Raises `OSError`."""
    yield read(path)
    if kind_of(path) != "latex":
        return
    from pathlib import Path

    from proofcheck.document.inputs import content, inherited, inputs, root_of

    main = Path(path)
    root = root_of(main, told)
    for part in inherited(main, root):
        yield str(part).encode(errors="surrogateescape")
        yield content(part).encode()
    for found in inputs(main, root):
        yield f"{found}".encode(errors="surrogateescape")

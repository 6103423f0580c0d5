"""The files that a result depends on, by their contents: a time of a file counts for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from proofcheck.document.kinds import kind_of


def dependence(path: Path, told: str = "") -> Iterator[bytes]:
    """What the reading of a document depends on: its content, and of a LaTeX file also what it
    brings in or stands among, by a root that may be `told`, and the reasons why some of that is not
    read. Raises `OSError`."""
    with open(path, "rb") as file:
        yield file.read()
    if kind_of(path) != "latex":
        return
    from proofcheck.document.inputs import content, inherited, inputs, root_of

    root = root_of(path, told)
    for part in inherited(path, root):
        yield str(part).encode(errors="surrogateescape")
        yield content(part).encode()
    for found in inputs(path, root):
        yield f"{found}".encode(errors="surrogateescape")

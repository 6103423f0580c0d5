"""The files that a result depends on, by their contents: a time of a file counts for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from proofcheck.document.kinds import kind_of


def dependence(path: str, told: str = "") -> Iterator[bytes]:
    """What the reading of a document depends on: its content, and of a LaTeX file also what it
    brings in or stands among, by a root that may be `told`, and the reasons why some of that is not
    read. Raises `OSError`."""
    with open(path, "rb", buffering=0) as file:
        yield file.read()
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

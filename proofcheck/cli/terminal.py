"""What is written where: reports to standard output, what went wrong to standard error."""

from __future__ import annotations

import io
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

_NARROWEST, _WIDTH, _WIDEST = 40, 100, 120


def width(stream: TextIO | None) -> int:
    """How wide the report may be: as the terminal, within reason; None stands for a file."""
    if stream is None or not stream.isatty():
        return _WIDTH
    import shutil

    return min(max(shutil.get_terminal_size((_WIDTH, 24)).columns, _NARROWEST), _WIDEST)


def put(text: str, encoding: str | None = None) -> None:
    """Writes to standard output at once. A reader that stops early is no error.

    What the encoding cannot hold, such as bytes in the name of a file, is written as an escape.
    """
    stream = output()
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=encoding, errors="backslashreplace")
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def output() -> TextIO:
    """Standard output, which a caller may have closed."""
    if sys.stdout is None:
        raise OSError("standard output is closed")
    return sys.stdout


def complain(message: str) -> None:
    """Says on standard error what went wrong."""
    if sys.stderr is not None:
        from proofcheck.writers.glyphs import visible

        print(f"proofcheck: {visible(message)}", file=sys.stderr)

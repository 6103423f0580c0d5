"""Corrections written into the files themselves, where the user asks for it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from proofcheck.document.drawn import Drawn
from proofcheck.rules.report import FileReport
from proofcheck.writers.diff import after

_MARK = "\ufeff"


class NotCorrected(Exception):
    """A file is not as it was read, or no correction can be written into it; one sentence."""


def correct(file: FileReport) -> int:
    """Writes the corrections of a file into it; gives how many. Raises `NotCorrected`.

    The file is replaced as a whole, so that it is never half written.
    """
    new, count = after(file)
    if not count:
        return 0
    path = Path(file.path)
    drawn = isinstance(file.source, Drawn)
    try:
        old = "" if drawn else path.read_bytes().decode("utf-8")
        if drawn or old.removeprefix(_MARK) != file.source.text:
            message = f"`{file.path}` is not corrected: its formulas are not written as they stand"
            raise NotCorrected(message)
        _replace(path, (_MARK if old.startswith(_MARK) else "") + new)
    except (OSError, UnicodeDecodeError) as error:
        raise NotCorrected(f"`{file.path}` is not corrected: {error}") from None
    return count


def _replace(path: Path, text: str) -> None:
    whole = path.resolve()
    handle, name = tempfile.mkstemp(dir=whole.parent, prefix=".proofcheck-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8"))
        os.chmod(name, whole.stat().st_mode)
        os.replace(name, whole)
    except BaseException:
        os.unlink(name)
        raise

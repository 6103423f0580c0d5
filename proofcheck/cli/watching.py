"""Whether files changed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from proofcheck.configuration.project import OWN, SHARED
from proofcheck.document.files import find

Stamps = dict[str, tuple[int, int]]


def stamps(paths: Iterable[str]) -> Stamps:
    """When the documents at the paths, and the configuration beside and above them, were written,
    and their sizes."""
    documents = [Path(found) for found in find(paths) if isinstance(found, str)]
    folders = {folder for document in documents for folder in document.resolve().parents}
    settings = (folder / name for folder in folders for name in (OWN, SHARED))
    found = ((path, _stamp(path)) for path in (*documents, *settings))
    return {str(path): stamp for path, stamp in found if stamp}


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size

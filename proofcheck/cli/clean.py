"""`proofcheck clean`: forgets the results of earlier runs."""

from __future__ import annotations

import argparse

from proofcheck.cli.terminal import complain
from proofcheck.running import store


def run(options: argparse.Namespace) -> int:
    """Removes the results; exit status 2 where that can't be done."""
    del options
    try:
        store.clean()
    except OSError as error:
        complain(f"cannot remove `{error.filename}`: {error.strerror}")
        return 2
    return 0

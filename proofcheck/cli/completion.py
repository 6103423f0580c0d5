"""`proofcheck completion`: the script by which a shell completes the arguments."""

from __future__ import annotations

import argparse

from proofcheck.cli.arguments import parser
from proofcheck.cli.terminal import complain, put


def run(options: argparse.Namespace) -> int:
    """Prints the script for a shell."""
    try:
        import shtab
    except ImportError:
        complain("completion needs the package `shtab`: pip install 'proofcheck-lint[completion]'")
        return 2
    put(shtab.complete(parser(), options.shell))
    return 0

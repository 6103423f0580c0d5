"""`proofcheck explain`: the page of a rule."""

from __future__ import annotations

import argparse

from proofcheck.cli.terminal import complain, put
from proofcheck.rules.choice import unknown
from proofcheck.rules.pages import page
from proofcheck.rules.registry import BY_NAME


def run(options: argparse.Namespace) -> int:
    """Prints the page of a rule."""
    if options.rule not in BY_NAME:
        complain(unknown(options.rule))
        return 2
    put(page(BY_NAME[options.rule]))
    return 0

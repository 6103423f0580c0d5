"""`proofcheck explain`: the page of a rule."""

from __future__ import annotations

import argparse

from proofcheck.cli.terminal import complain, put
from proofcheck.rules.pages import page
from proofcheck.rules.registry import BY_NAME


def run(options: argparse.Namespace) -> int:
    """Prints the page of a rule."""
    if options.rule not in BY_NAME:
        complain(f"there is no rule `{options.rule}`; the rules are {', '.join(BY_NAME)}")
        return 2
    put(page(BY_NAME[options.rule]))
    return 0

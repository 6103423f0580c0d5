"""`proofcheck rules`: the list of the rules."""

from __future__ import annotations

import argparse

from proofcheck.cli.terminal import put
from proofcheck.rules.registry import RULES


def run(options: argparse.Namespace) -> int:
    """Lists the rules, one a line."""
    del options
    width = max(len(rule.name) for rule in RULES)
    for rule in RULES:
        state = "" if rule.default else ", off by default"
        put(f"{rule.name:{width}}  {rule.title()} ({rule.severity}{state})\n")
    return 0

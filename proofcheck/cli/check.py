"""`proofcheck check`: the report on documents."""

from __future__ import annotations

import argparse
import os
import time

from proofcheck.cli.answer import Answer, deliver, remember, state
from proofcheck.cli.checking import answer
from proofcheck.cli.terminal import complain

_TROUBLE = 2
_PAUSE = 0.5
_STDIN = "-"


def run(options: argparse.Namespace) -> int:
    """Writes the report on the named paths, again and again if the arguments say so."""
    if not options.watch:
        return deliver(_answer(options))
    if _STDIN in options.paths:
        complain("--watch has files to look at, which - does not name")
        return _TROUBLE
    from proofcheck.cli.watching import stamps

    while True:
        seen = stamps(options.paths)
        deliver(answer(options))
        complain("watching; Ctrl-C ends it")
        while stamps(options.paths) == seen:
            time.sleep(_PAUSE)


def _answer(options: argparse.Namespace) -> Answer:
    """What there is to say, which is kept if all that it depends on is known and did not change
    meanwhile."""
    before = None if _passing(options) else state(options.paths)
    found = answer(options)
    if before is not None and found.lasting and state(options.paths) == before:
        remember(options.words, options.paths, before, found)
    return found


def _passing(options: argparse.Namespace) -> bool:
    """Whether the arguments ask for what is not kept, or for what rests on more than files."""
    asked = options.fix or options.no_cache or options.diff_base is not None
    return asked or _STDIN in options.paths or bool(os.environ.get("PROOFCHECK_DEBUG"))

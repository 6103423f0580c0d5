"""`proofcheck check`: the report on documents, as it was said before or by checking them."""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

from proofcheck.cli.answer import Answer, key, recall, remember
from proofcheck.cli.terminal import complain, output, put, width
from proofcheck.running.store import Store, folder

_TROUBLE = 2
_PAUSE = 0.5
_STDIN = "-"


def run(options: argparse.Namespace) -> int:
    """Writes the report on the named paths, again and again if the arguments say so."""
    if not options.watch:
        return _report(options)
    if _STDIN in options.paths:
        complain("--watch has files to look at, which - does not name")
        return _TROUBLE
    from proofcheck.cli.watching import stamps

    while True:
        seen = stamps(options.paths)
        _report(options)
        complain("watching; Ctrl-C ends it")
        while stamps(options.paths) == seen:
            time.sleep(_PAUSE)


def _report(options: argparse.Namespace) -> int:
    """Writes the report on the named paths; what could not be done is said on standard error."""
    answer = _answer(options)
    for message in answer.said:
        complain(message)
    _deliver(answer, options)
    return answer.status


def _answer(options: argparse.Namespace) -> Answer:
    """What was said before, if nothing has changed, else what there is to say now."""
    terminal = _terminal(options)
    asked = key(options, terminal)
    if asked is None:
        return _checked(options)
    with Store(folder()) as store:
        answer = recall(store, asked)
    if answer is None:
        answer = _checked(options)
        if answer.lasting and key(options, terminal) == asked:
            with Store(folder()) as store:
                remember(store, asked, answer)
    return answer


def _checked(options: argparse.Namespace) -> Answer:
    """What there is to say after a check, which imports all that reads and judges."""
    from proofcheck.cli.checking import answer

    return answer(options)


def _terminal(options: argparse.Namespace) -> tuple[object, ...]:
    """What a report depends on of where it goes."""
    if options.output_file is not None:
        return ()
    stream, environment = output(), os.environ
    return stream.isatty(), width(stream), environment.get("NO_COLOR"), environment.get("TERM")


def _deliver(answer: Answer, options: argparse.Namespace) -> None:
    """Writes the report to where the arguments say."""
    if options.output_file is None:
        put(answer.text, None if options.format == "text" or options.diff else "utf-8")
    else:
        path = Path(options.output_file)
        path.write_text(answer.text, encoding="utf-8", errors="backslashreplace")

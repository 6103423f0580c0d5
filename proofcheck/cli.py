"""The command `proofcheck`.

Exit status: 0 nothing found, 1 something found, 2 the program could not do its work.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from proofcheck import __version__
from proofcheck.writers.glyphs import visible

if TYPE_CHECKING:
    from proofcheck.rules.report import Report

_NARROWEST, _WIDTH, _WIDEST = 40, 100, 120
_TROUBLE = 2
_INTERRUPTED = 130
_EPILOG = """\
exit status: 0 nothing found, 1 something found, 2 the program could not do its work
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command with `arguments`, or with those of the process; gives the exit status."""
    try:
        return _run(_parser().parse_args(arguments))
    except KeyboardInterrupt:
        _complain("interrupted")
        return _INTERRUPTED
    except OSError as error:
        _complain(f"cannot write the report: {error.strerror or error}")
        return _TROUBLE


def _parser() -> argparse.ArgumentParser:
    """The arguments of the command."""
    parser = argparse.ArgumentParser(
        prog="proofcheck",
        description="Checks every line of a derivation against the one before it.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"proofcheck {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="check documents", epilog=_EPILOG)
    check.add_argument(
        "paths", nargs="+", metavar="PATH", help="a document, or a directory of them"
    )
    check.add_argument(
        "--format", choices=("text", "json"), default="text", help="how the report is written"
    )
    check.add_argument(
        "--show-unchecked", action="store_true", help="report the steps that were not checked too"
    )
    check.add_argument(
        "--reveal", action="store_true", help="print what was understood of each symbol first"
    )
    check.add_argument(
        "--diff", action="store_true", help="print the corrections as a diff; nothing is written"
    )
    check.add_argument(
        "--fix", action="store_true", help="write the corrections that --diff shows into the files"
    )
    commands.add_parser("rules", help="list the rules")
    explain = commands.add_parser("explain", help="print the page of a rule")
    explain.add_argument("rule", metavar="RULE")
    return parser


def _run(options: argparse.Namespace) -> int:
    """The exit status of one command."""
    if options.command == "rules":
        return _rules()
    if options.command == "explain":
        return _explain(options.rule)
    return _check(options)


def _check(options: argparse.Namespace) -> int:
    """Writes the report on the named paths; what could not be done is said on standard error."""
    from proofcheck.config import Settings
    from proofcheck.pipeline import check_paths
    from proofcheck.writers import colour, diff, json_report, reveal, text

    enabled = frozenset(("unchecked-step",)) if options.show_unchecked else frozenset()
    settings = Settings(enabled=enabled, reveal=options.reveal)
    report = check_paths(options.paths, settings)
    if options.fix and not options.diff and _fix(report):
        report = check_paths(options.paths, settings)
    for failure in report.failures:
        _complain(failure.message)
    if options.diff:
        _print(diff.write(report))
    elif options.format == "json":
        _print(json_report.write(report), "utf-8")
    else:
        stream = _output()
        _print(reveal.write(report))
        _print(text.write(report, colour.palette(stream, os.environ), _width(stream)))
    return report.status


def _fix(report: Report) -> int:
    """Corrects the files of a report; gives how many steps."""
    from proofcheck.writers.corrections import NotCorrected, correct

    total = 0
    for file in report.files:
        try:
            count = correct(file)
        except NotCorrected as error:
            _complain(str(error))
            continue
        if count:
            _complain(f"corrected {count} step{'s'[: count > 1]} in {file.path}")
        total += count
    return total


def _width(stream: TextIO) -> int:
    """How wide the report may be: as the terminal, within reason."""
    if not stream.isatty():
        return _WIDTH
    return min(max(shutil.get_terminal_size((_WIDTH, 24)).columns, _NARROWEST), _WIDEST)


def _rules() -> int:
    """Lists the rules, one a line."""
    from proofcheck.rules.registry import RULES

    width = max(len(rule.name) for rule in RULES)
    for rule in RULES:
        state = "" if rule.default else ", off by default"
        _print(f"{rule.name:{width}}  {rule.title()} ({rule.severity}{state})\n")
    return 0


def _explain(name: str) -> int:
    """Prints the page of a rule."""
    from proofcheck.rules.pages import page
    from proofcheck.rules.registry import BY_NAME

    if name not in BY_NAME:
        _complain(f"there is no rule `{name}`; the rules are {', '.join(BY_NAME)}")
        return _TROUBLE
    _print(page(BY_NAME[name]))
    return 0


def _print(text: str, encoding: str | None = None) -> None:
    """Writes to standard output at once. A reader that stops early is no error.

    What the encoding cannot hold, such as bytes in the name of a file, is written as an escape.
    """
    stream = _output()
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=encoding, errors="backslashreplace")
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _output() -> TextIO:
    """Standard output, which a caller may have closed."""
    if sys.stdout is None:
        raise OSError("standard output is closed")
    return sys.stdout


def _complain(message: str) -> None:
    """Says on standard error what went wrong."""
    if sys.stderr is not None:
        print(f"proofcheck: {visible(message)}", file=sys.stderr)

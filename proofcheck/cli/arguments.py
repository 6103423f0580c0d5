"""The arguments of the command."""

from __future__ import annotations

import argparse

from proofcheck import __version__

_EPILOG = """\
exit status: 0 nothing found, 1 something found, 2 the program could not do its work
"""


def parser() -> argparse.ArgumentParser:
    """The arguments of all commands; `command` is the name of the one that is asked for."""
    parser = argparse.ArgumentParser(
        prog="proofcheck",
        description="Checks every line of a derivation against the one before it.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"proofcheck {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _check(commands.add_parser("check", help="check documents", epilog=_EPILOG))
    commands.add_parser("rules", help="list the rules")
    config = commands.add_parser("config", help="print what is configured, and where")
    config.add_argument("path", nargs="?", default=".", metavar="PATH")
    verify = commands.add_parser("verify", help="compute the certificates of a report anew")
    verify.add_argument("report", metavar="REPORT", help="what `check --format json` wrote")
    explain = commands.add_parser("explain", help="print the page of a rule")
    explain.add_argument("rule", metavar="RULE")
    return parser


def _check(check: argparse.ArgumentParser) -> None:
    """The arguments of `check`."""
    check.add_argument(
        "paths", nargs="+", metavar="PATH", help="a document, or a directory of them"
    )
    check.add_argument(
        "--jobs",
        type=_count,
        metavar="N",
        help="how many documents are checked at once, each in a process of its own (one a core)",
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


def _count(word: str) -> int:
    """A number of things, which is positive."""
    if not word.isdecimal() or int(word) == 0:
        raise argparse.ArgumentTypeError(f"{word!r} is not a positive number")
    return int(word)

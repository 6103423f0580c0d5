"""The arguments of the command."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from proofcheck import __version__

FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit", "rdjson")
BASELINE = ".proofcheck-baseline.json"
_EPILOG = """\
exit status: 0 nothing found, 1 something found,
             2 the program could not do its work, 130 interrupted
"""


class _Command(argparse.ArgumentParser):
    """The arguments of one command, which says itself what is wrong with them."""

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """What the words ask for; an error where one is not known, with the flag that is meant."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}{self._meant(unknown[0])}")
        return found, unknown

    def _meant(self, word: str) -> str:
        from difflib import get_close_matches

        close = get_close_matches(word.partition("=")[0], self._option_string_actions, 1)
        return f" (is `{close[0]}` meant?)" if close else ""

    def error(self, message: str) -> NoReturn:
        """Says what is wrong, and where all arguments stand."""
        self.exit(2, f"{self.prog}: error: {message}\nsee `{self.prog} --help`\n")


def parse(words: list[str]) -> argparse.Namespace:
    """What the words of a command ask for, and the words themselves."""
    return parser().parse_args(words, argparse.Namespace(words=words))


def parser() -> argparse.ArgumentParser:
    """The arguments of all commands; `command` is the name of the one that is asked for."""
    parser = argparse.ArgumentParser(
        prog="proofcheck",
        description="Checks every line of a derivation against the one before it.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"proofcheck {__version__}")
    commands = parser.add_subparsers(
        dest="command",
        required=True,
        metavar="COMMAND",
        parser_class=_Command,
        prog="proofcheck",  # which would else be formatted, with an import of `shutil`
    )
    check = commands.add_parser(
        "check",
        help="check documents",
        allow_abbrev=False,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _paths(check)
    _course(check)
    findings = check.add_argument_group("which findings")
    _selection(findings)
    _reported(findings)
    _output(check.add_argument_group("how they are reported"))
    _corrections(check.add_argument_group("corrections"))
    _baseline(commands.add_parser("baseline", help="write a file of what is known"))
    commands.add_parser("rules", help="list the rules")
    commands.add_parser("clean", help="forget the results of earlier runs")
    config = commands.add_parser("config", help="print what is configured, and where")
    config.add_argument("path", nargs="?", default=".", metavar="PATH")
    verify = commands.add_parser("verify", help="compute the certificates of a report anew")
    verify.add_argument("report", metavar="REPORT", help="what `check --format json` wrote")
    explain = commands.add_parser("explain", help="print the page of a rule")
    explain.add_argument("rule", metavar="RULE")
    completion = commands.add_parser("completion", help="print the completion for a shell")
    completion.add_argument("shell", choices=("bash", "zsh", "fish"))
    return parser


def _paths(check: argparse.ArgumentParser) -> None:
    """What is checked."""
    check.add_argument(
        "paths",
        nargs="*",
        default=["."],
        metavar="PATH",
        help="a document, a folder of them, a pattern such as 'docs/**/*.md', or - for standard "
        "input; what .gitignore names is passed over in folders (the working folder)",
    )
    check.add_argument(
        "--stdin-filename",
        metavar="FILE",
        help="the name of what - reads, in the report; its suffix says the kind (Markdown if not "
        "given)",
    )
    check.add_argument(
        "--jobs",
        type=_count,
        metavar="N",
        help="how many documents are checked at once, each in a process of its own (one a core)",
    )


def _course(check: argparse.ArgumentParser) -> None:
    """How it is checked."""
    check.add_argument(
        "--watch", action="store_true", help="check again whenever a file changes, until Ctrl-C"
    )
    check.add_argument(
        "--no-cache", action="store_true", help="check all anew, and keep no results"
    )
    check.add_argument(
        "--seed", default="", metavar="WORD", help="draw other points, the same ones for this word"
    )


def _selection(group: argparse._ArgumentGroup) -> None:
    """Which rules report, and what that comes to."""
    rules = "rules by name, by how their names begin, or ALL; separated by commas"
    group.add_argument(
        "--select", action="append", metavar="RULES", help=f"report only these {rules}"
    )
    group.add_argument(
        "--ignore", action="append", metavar="RULES", help=f"don't report these {rules}"
    )
    group.add_argument(
        "--show-unchecked", action="store_true", help="report the steps that were not checked too"
    )


def _reported(group: argparse._ArgumentGroup) -> None:
    """What is reported of what was found."""
    group.add_argument(
        "--baseline",
        metavar="FILE",
        help="don't report what this file, which `proofcheck baseline` writes, says is known",
    )
    group.add_argument(
        "--diff-base",
        metavar="REV",
        help="report only on equations that changed since this revision of git",
    )
    group.add_argument(
        "--exit-zero", action="store_true", help="exit with 0 even if something was found"
    )


def _baseline(baseline: argparse.ArgumentParser) -> None:
    """The arguments of `baseline`."""
    _paths(baseline)
    _selection(baseline.add_argument_group("which findings"))
    baseline.add_argument(
        "-o",
        "--output-file",
        metavar="FILE",
        help=f"the file to write (what is configured, else {BASELINE})",
    )


def _output(group: argparse._ArgumentGroup) -> None:
    """Where the report goes and what it says."""
    group.add_argument(
        "--format", choices=FORMATS, default="text", help="the form of the report (text)"
    )
    group.add_argument(
        "-o", "--output-file", metavar="FILE", help="write the report there, not to the terminal"
    )
    group.add_argument(
        "--statistics",
        action="store_true",
        help="count the findings of each rule, in place of them",
    )
    group.add_argument(
        "--reveal", action="store_true", help="print what was understood of each symbol first"
    )
    loudness = group.add_mutually_exclusive_group()
    loudness.add_argument(
        "-q", "--quiet", action="store_true", help="print findings only, no closing line"
    )
    loudness.add_argument(
        "-v", "--verbose", action="store_true", help="say of each file what was found in it"
    )


def _corrections(group: argparse._ArgumentGroup) -> None:
    """What is done about findings."""
    group.add_argument(
        "--diff", action="store_true", help="print the corrections as a diff; nothing is written"
    )
    group.add_argument(
        "--fix", action="store_true", help="write the corrections that --diff shows into the files"
    )


def _count(word: str) -> int:
    """A number of things, which is positive."""
    if not word.isdecimal() or int(word) == 0:
        raise argparse.ArgumentTypeError(f"{word!r} is not a positive number")
    return int(word)

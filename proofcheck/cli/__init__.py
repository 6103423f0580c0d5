"""The command `proofcheck`: one file a command, and all their arguments in `arguments`.

Exit status: 0 nothing found, 1 something found, 2 the program could not do its work, 130
interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from proofcheck.cli.answer import deliver, recall
from proofcheck.cli.terminal import complain

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

_TROUBLE = 2
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command with `arguments`, or with those of the process; gives the exit status."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if words[:1] == ["check"] and (known := recall(words)):
            return deliver(known)
        from proofcheck.cli.arguments import parse

        return _run(parse(words))
    except KeyboardInterrupt:
        complain("interrupted")
        return _INTERRUPTED
    except OSError as error:
        complain(f"cannot write the report: {error.strerror or error}")
        return _TROUBLE


def _run(options: argparse.Namespace) -> int:
    """The exit status of one command, of which no other is imported."""
    match options.command:
        case "rules":
            from proofcheck.cli import rules

            return rules.run(options)
        case "explain":
            from proofcheck.cli import explain

            return explain.run(options)
        case "verify":
            from proofcheck.cli import verify

            return verify.run(options)
        case "clean":
            from proofcheck.cli import clean

            return clean.run(options)
        case "config":
            from proofcheck.cli import config

            return config.run(options)
        case "completion":
            from proofcheck.cli import completion

            return completion.run(options)
        case "baseline":
            from proofcheck.cli import baseline

            return baseline.run(options)
        case _:
            from proofcheck.cli import check

            return check.run(options)

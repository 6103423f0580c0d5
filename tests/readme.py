"""Writes the real output of commands into the README, below `<!-- output of: COMMAND -->`."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
from pathlib import Path

from proofcheck.cli import main

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_OUTPUT = re.compile(
    r"(?P<head><!-- output of: proofcheck (?P<command>[^\n]*?) -->\n```text\n)(?P<output>.*?)```\n",
    re.DOTALL,
)


def rendered(text: str) -> str:
    """The text with the output below each command replaced by what the command prints now."""
    return _OUTPUT.sub(lambda match: match["head"] + _output(match["command"]) + "```\n", text)


def _output(command: str) -> str:
    """What `proofcheck COMMAND` prints when it is called in the root of the repository."""
    stream = io.StringIO()
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        with contextlib.redirect_stdout(stream):
            main(shlex.split(command))
    finally:
        os.chdir(before)
    return stream.getvalue()


if __name__ == "__main__":
    README.write_text(rendered(README.read_text(encoding="utf-8")), encoding="utf-8")

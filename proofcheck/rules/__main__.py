"""`python -m proofcheck.rules FOLDER` writes the pages of the rules; `--check` compares them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from proofcheck.rules.pages import pages


def main() -> int:
    """Exit status 1 if `--check` finds a page that is missing, differs or has no rule."""
    parser = argparse.ArgumentParser(prog="python -m proofcheck.rules", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    options = parser.parse_args()
    if options.check:
        return _check(options.folder)
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (options.folder / name).write_text(text, encoding="utf-8")
    return 0


def _check(folder: Path) -> int:
    """Names every page that is not what the rules say."""
    wanted = pages()
    found = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    stale = sorted(name for name in wanted | found if wanted.get(name) != found.get(name))
    for name in stale:
        print(f"{folder / name} is out of date", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())

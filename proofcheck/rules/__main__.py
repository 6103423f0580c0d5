"""`python -m proofcheck.rules FOLDER` writes the pages of the rules, and beside the folder the page
of all that is read; `--check` compares them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from proofcheck.rules import reference
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
    for path, text in _wanted(options.folder).items():
        path.write_text(text, encoding="utf-8")
    return 0


def _wanted(folder: Path) -> dict[Path, str]:
    """The contents of all files."""
    rules = {folder / name: text for name, text in pages().items()}
    return rules | {folder.parent / "reads.md": reference.page()}


def _check(folder: Path) -> int:
    """Names every page that is not what the rules say."""
    wanted = _wanted(folder)
    paths = {path for path in (*wanted, *folder.glob("*.md")) if path.exists()}
    found = {path: path.read_text(encoding="utf-8") for path in paths}
    stale = sorted(path for path in wanted | found if wanted.get(path) != found.get(path))
    for path in stale:
        print(f"{path} is out of date", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())

"""Prints how much faster a tree of documents is checked by several processes than by one."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

_FIXTURES = Path(__file__).parent.parent / "fixtures" / "mutated"


def main() -> None:
    """Measures both in turn, and prints the best of each: other programs slow one down only."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    said = f"{options.documents} documents"
    with tempfile.TemporaryDirectory() as folder:
        plant(Path(folder), options.documents)
        one, many = [], []
        for _ in range(options.runs):
            one.append(_seconds(folder, 1))
            many.append(_seconds(folder, options.jobs))
    print(f"{said}, 1 process     {min(one):6.2f} s")
    print(f"{said}, {options.jobs} processes   {min(many):6.2f} s")
    print(f"ratio                         {min(one) / min(many):6.2f}")


def plant(folder: Path, count: int) -> None:
    """Copies of the shorter fixtures, each with a line of its own."""
    texts = sorted((path.read_text("utf-8") for path in _FIXTURES.glob("*.md")), key=len)[:16]
    for number in range(count):
        text = f"Note {number}.\n\n{texts[number % len(texts)]}"
        (folder / f"{number:03}.md").write_text(text, encoding="utf-8")


def _seconds(path: str, jobs: int) -> float:
    return seconds(["-m", "proofcheck", "check", path, "--no-cache", "--jobs", str(jobs)])


def seconds(arguments: Sequence[str]) -> float:
    """How long the interpreter takes by the clock."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return time.perf_counter() - start


if __name__ == "__main__":
    main()

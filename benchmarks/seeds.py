"""Judges documents with many seeds, and prints the steps whose verdict is not always the same."""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.mutation import documents
from proofcheck.document.read import read
from proofcheck.extraction.extract import extract
from proofcheck.numeric.judge import judge
from proofcheck.numeric.understanding import Known

_FIXTURES = Path(__file__).parent.parent / "fixtures"


def main() -> int:
    """The number of steps with more than one verdict."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=[_FIXTURES])
    parser.add_argument("--seeds", type=int, default=1000)
    options = parser.parse_args()
    total, unsteady = 0, 0
    for path in documents(options.paths):
        found = verdicts(path, options.seeds)
        total += len(found)
        for (number, index), tally in found.items():
            if len(tally) > 1:
                unsteady += 1
                print(f"{path}: derivation {number + 1}, step {index + 1}: {dict(tally)}")
    print(f"{total} steps, {options.seeds} seeds: {unsteady} have more than one verdict")
    return unsteady


def verdicts(path: Path, seeds: int) -> dict[tuple[int, int], Counter[str]]:
    """How often each verdict is said of each step of a document."""
    extraction = extract(read(path))
    found: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    known = Known()
    for seed in range(seeds):
        for number, row in enumerate(judge(extraction, salt=str(seed), known=known)):
            for index, judgement in enumerate(row):
                found[number, index][str(judgement.verdict)] += 1
    return found


if __name__ == "__main__":
    raise SystemExit(main() > 0)

"""Plants a slip of every kind into every right step, and prints what is found of them."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.planting import PLANTED, Fate, Outcome, Page, page, plant
from proofcheck.document.kinds import SUFFIXES
from proofcheck.numeric.verdict import Verdict

_FIXTURES = Path(__file__).parent.parent / "fixtures" / "correct"
_COLUMNS = ("planted", "equivalent", "proved", "found", "survived", "undecided", "crashed")


def main() -> None:
    """Plants slips into the documents that are named, or into the fixtures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=[_FIXTURES])
    parser.add_argument("--each", type=int, default=1, help="slips of each kind in each step")
    parser.add_argument("--share", type=float, default=1, help="what part of all these slips")
    parser.add_argument("--seed", default="", help="chooses others")
    parser.add_argument("--survivors", action="store_true", help="list the slips not found")
    parser.add_argument("--equivalent", action="store_true", help="list those that change nothing")
    parser.add_argument("--undecided", action="store_true", help="list those not decided")
    options = parser.parse_args()
    listed = {Fate.SURVIVED, Fate.CRASHED} if options.survivors else set()
    listed |= {Fate.EQUIVALENT} if options.equivalent else set()
    listed |= {Fate.UNDECIDED} if options.undecided else set()
    pages: list[Page] = []
    outcomes: list[Outcome] = []
    for path in documents(options.paths):
        print(f"{path} …", file=sys.stderr, flush=True)
        pages.append(page(path))
        for outcome in plant(pages[-1], options.each, options.seed, options.share):
            outcomes.append(outcome)
            if outcome.fate in listed:
                print(described(outcome), flush=True)
    print("\n".join(table(outcomes)))
    print()
    print(closing(pages))


def documents(paths: Iterable[Path]) -> list[Path]:
    """The documents that are named, and those in the folders that are."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES)
        found += inside if path.is_dir() else [path]
    return found


def table(outcomes: Iterable[Outcome]) -> list[str]:
    """The counts by kind as a Markdown table."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in (*PLANTED, "all")}
    for outcome in outcomes:
        for row in (counts[outcome.kind], counts["all"]):
            row["planted"] += 1
            row[outcome.fate] += 1
            row["proved"] += outcome.why == "proved"
    lines = [f"| kind | {' | '.join(_COLUMNS)} | found of those that can be |"]
    lines.append("| --- |" + " ---: |" * (len(_COLUMNS) + 1))
    for kind, row in counts.items():
        cells = " | ".join(str(row[column]) for column in _COLUMNS)
        lines.append(f"| {kind} | {cells} | {share(row)} |")
    return lines


def share(row: Counter[str]) -> str:
    """What part of the slips that change something, in decided steps, is found."""
    decided = row[Fate.FOUND] + row[Fate.SURVIVED]
    return f"{100 * row[Fate.FOUND] / decided:.1f} %" if decided else "-"


def closing(pages: Iterable[Page]) -> str:
    """What is said of the documents as they are."""
    tally = Counter(verdict for each in pages for verdict in each.verdicts())
    accused = tally[Verdict.FAILS] + tally[Verdict.CONDITIONAL]
    return f"unplanted: {tally[Verdict.HOLDS]} steps hold, {accused} are accused"


def described(outcome: Outcome) -> str:
    """A slip with its fate, on one line."""
    where = f"{outcome.path.name}:{outcome.line}: {outcome.kind} {outcome.fate} ({outcome.why})"
    return f"{where}: {outcome.left} = {outcome.right}  ->  {outcome.slipped}"


if __name__ == "__main__":
    main()

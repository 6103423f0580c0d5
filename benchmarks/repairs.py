"""Counts the slips of the Matrix Cookbook's fixtures that are given a correction.

`fixtures/mutated/cookbook-*.md` have one slip in each identity of `fixtures/correct`. A correction
is the author's if it is the right side that stands there, spaces aside; others hold as well.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from proofcheck.document.read import read
from proofcheck.extraction.extract import extract
from proofcheck.numeric.verdict import Verdict
from proofcheck.pipeline import check_path

_FIXTURES = Path(__file__).parent.parent / "fixtures"
_SPACES = re.compile(r"\\[,;:! ]|[\s~]")
_REPORTED = (Verdict.FAILS, Verdict.CONDITIONAL)


def main() -> None:
    """Prints the counts, and with `--missing` the steps without a correction."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missing", action="store_true")
    options = parser.parse_args()
    reported, corrected, same = 0, 0, 0
    for path in sorted((_FIXTURES / "mutated").glob("cookbook-*.md")):
        rights = _rights(_FIXTURES / "correct" / path.name)
        for checked in check_path(path).steps():
            if checked.judgement.verdict not in _REPORTED:
                continue
            reported += 1
            left = _bare(checked.step.left.text)
            if checked.fix is not None:
                corrected += 1
                same += (left, _bare(checked.fix.latex)) in rights
            elif options.missing:
                print(f"{path.name}: {checked.step.left.text} = {checked.step.right.text}")
    print(f"{reported} reported, {corrected} with a correction, {same} with the author's")


def _rights(path: Path) -> frozenset[tuple[str, str]]:
    """The steps of a document, spaces aside."""
    return frozenset(
        (_bare(step.left.text), _bare(step.right.text))
        for derivation in extract(read(path)).derivations
        for step in derivation.steps
    )


def _bare(latex: str) -> str:
    return _SPACES.sub("", latex)


if __name__ == "__main__":
    main()

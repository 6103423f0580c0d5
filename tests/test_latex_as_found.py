"""LaTeX as authors write it: every way of writing is read, and what it says is checked.

`latex_as_found.txt` has for each what it is, a document that is right, and one that is wrong.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from proofcheck.numeric.verdict import Verdict
from proofcheck.pipeline import check_text

_TEXT = Path(__file__).with_name("latex_as_found.txt").read_text(encoding="utf-8")
WRITTEN = [tuple(entry.splitlines()) for entry in _TEXT.strip().split("\n\n")]
NAMES = [name for name, *_ in WRITTEN]

_RIGHT = frozenset((Verdict.HOLDS, Verdict.DEFINITION))
_WRONG = frozenset((Verdict.FAILS, Verdict.CONDITIONAL))


def verdicts(text: str) -> list[Verdict]:
    """The verdicts on the steps of a document."""
    return [s.judgement.verdict for found in check_text(text).derivations for s in found.steps]


@pytest.mark.parametrize("right", [right for _, right, _ in WRITTEN], ids=NAMES)
def test_what_is_right_holds(right: str) -> None:
    found = verdicts(right)
    assert Verdict.HOLDS in found
    assert _RIGHT.issuperset(found)


@pytest.mark.parametrize("wrong", [wrong for *_, wrong in WRITTEN], ids=NAMES)
def test_what_is_wrong_does_not(wrong: str) -> None:
    assert _WRONG.intersection(verdicts(wrong))

"""A document that is judged with another seed keeps what was read of it, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofcheck.document.read import read
from proofcheck.extraction.extract import extract
from proofcheck.numeric.judge import judge
from proofcheck.numeric.understanding import Known

_FIXTURES = Path(__file__).parents[2] / "fixtures"
_PATHS = [_FIXTURES / "mutated" / f"{n}.md" for n in ("groups", "scopes", "signs")]


@pytest.mark.parametrize("path", _PATHS, ids=lambda path: f"{path.parent.stem}/{path.stem}")
def test_what_is_known_changes_no_judgement(path: Path) -> None:
    extraction, known = extract(read(path)), Known()
    judge(extraction, salt="0", known=known)
    assert judge(extraction, salt="1", known=known) == judge(extraction, salt="1")
    assert judge(extraction, salt="0", known=known) == judge(extraction, salt="0")


def test_another_seed_draws_other_points() -> None:
    extraction, known = extract(read(_FIXTURES / "mutated" / "groups.md")), Known()
    drawn = {
        judgement.counterexample.seed
        for salt in ("0", "1")
        for row in judge(extraction, salt=salt, known=known)
        for judgement in row
        if judgement.counterexample is not None
    }
    once = [j for row in judge(extraction, salt="0") for j in row if j.counterexample is not None]
    assert len(drawn) > len({j.counterexample.seed for j in once if j.counterexample})

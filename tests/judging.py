"""Judgements that a test prescribes, for what comes after the judge."""

from __future__ import annotations

import pytest

from proofcheck import pipeline
from proofcheck.extraction.derivation import Extraction
from proofcheck.numeric.verdict import Judgement, Verdict

FAILS = Judgement(Verdict.FAILS)
HOLDS = Judgement(Verdict.HOLDS)


def prescribe(monkeypatch: pytest.MonkeyPatch, *judgements: Judgement) -> None:
    """Lets the steps of every document have these judgements in order, over and over."""

    def judge(extraction: Extraction, *_: object) -> tuple[tuple[Judgement, ...], ...]:
        given = (judgements[i % len(judgements)] for i in range(1 << 30))
        return tuple(
            tuple(next(given) for _ in derivation.steps) for derivation in extraction.derivations
        )

    monkeypatch.setattr(pipeline, "judge", judge)

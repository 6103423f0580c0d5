"""The sentences that say how two sides differ."""

from __future__ import annotations

from proofcheck.extraction.derivation import Step
from proofcheck.numeric.trial import Differs, Mismatch


def sentence(step: Step, outcome: Mismatch | Differs) -> str:
    """One sentence for a step whose sides differ."""
    left, right = shortened(step.left.text), shortened(step.right.text)
    if isinstance(outcome, Mismatch):
        return f"the shapes of `{left}` and `{right}` don't fit: {outcome.message}"
    return f"`{right}` is not equal to `{left}`"


def shortened(text: str) -> str:
    """LaTeX on one line, cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"

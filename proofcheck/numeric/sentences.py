"""The sentences that say how two sides differ."""

from __future__ import annotations

from proofcheck.extraction.derivation import RelationKind, Step
from proofcheck.numeric.trial import Differs, Mismatch

_GREATER = (RelationKind.GREATER, RelationKind.GREATER_EQUAL)


def sentence(step: Step, outcome: Mismatch | Differs) -> str:
    """One sentence for a step whose sides differ."""
    left, right = shortened(step.left.text), shortened(step.right.text)
    if isinstance(outcome, Mismatch):
        return f"the shapes of `{left}` and `{right}` don't fit: {outcome.message}"
    if step.relation.kind is RelationKind.PROPORTIONAL:
        return f"`{right}` is not proportional to `{left}`"
    return f"`{right}` is not equal to `{left}`"


def disordered(step: Step) -> str:
    """One sentence for an inequality of which the opposite is true."""
    left, right = shortened(step.left.text), shortened(step.right.text)
    order = "less" if step.relation.kind in _GREATER else "greater"
    return f"`{left}` is {order} than `{right}` at every point tried"


def shortened(text: str) -> str:
    """LaTeX on one line, cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"

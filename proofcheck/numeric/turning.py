"""Steps that hold in a layout of derivatives that the rest of their part does not use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from proofcheck.extraction.derivation import Step
from proofcheck.formula.shape import STACKED
from proofcheck.inference.readings import Place
from proofcheck.numeric.answers import answer_of
from proofcheck.numeric.layouts import Turned, minority
from proofcheck.numeric.sentences import sentence
from proofcheck.numeric.trial import Differs, Mismatch
from proofcheck.numeric.understanding import Answer, Understanding
from proofcheck.numeric.verdict import Judgement, Verdict


def settled(
    understanding: Understanding, judged: tuple[tuple[Judgement, ...], ...]
) -> tuple[tuple[Judgement, ...], ...]:
    """The judgements, with the steps in a layout that most of their part does not use."""
    parts: dict[int, set[int]] = {}
    for number, derivation in enumerate(understanding.extraction.derivations):
        parts.setdefault(derivation.scope, set()).add(number)
    odd = minority(
        (turned for turned, _ in understanding.turned.values()),
        parts,
        lambda number, layout: _only_usual(understanding, judged[number], number, layout),
    )
    return tuple(
        tuple(
            understanding.turned[number, index][1] if (number, index) in odd else judgement
            for index, judgement in enumerate(judgements)
        )
        for number, judgements in enumerate(judged)
    )


def keep_turned(
    understanding: Understanding, answer: Answer, first: Answer, place: Place, step: Step
) -> None:
    """Keeps a step that holds in another layout than the usual one only, with what to say of it."""
    outcome = first.outcomes.get(place[1])
    choice, usual = answer.choice, understanding.usual
    told = understanding.extraction.layout is not None
    if told or choice.layout in (usual.layout, *STACKED) or choice.notation is not None:
        return
    if isinstance(outcome, Mismatch | Differs):
        scope = understanding.extraction.derivations[place[0]].scope
        message = f"{sentence(step, outcome)} in the layout that the derivatives around it have"
        shown = outcome.counterexample if isinstance(outcome, Differs) else None
        understanding.turned[place] = (
            Turned(place, choice.layout, scope),
            Judgement(Verdict.CONDITIONAL, message=message, counterexample=shown, transposed=True),
        )


def _only_usual(
    understanding: Understanding, judged: Iterable[Judgement], number: int, layout: str
) -> int:
    """How many steps of a derivation hold as usual, and fail in another layout."""
    held = {i for i, j in enumerate(judged) if j.verdict is Verdict.HOLDS and not j.notes}
    if not held:
        return 0
    other = answer_of(understanding, number, replace(understanding.usual, layout=layout), 0)
    return sum(isinstance(other.outcomes.get(i), Mismatch | Differs) for i in held)

"""Whether a step does not fail in a reading of its derivation, and what there is against that."""

from __future__ import annotations

from dataclasses import dataclass

from proofcheck.inference.model import Claim
from proofcheck.inference.readings import Place
from proofcheck.inference.search import strain
from proofcheck.numeric.trial import Agrees, Mismatch, Undecided, rests_on_unread, unread_mean
from proofcheck.numeric.understanding import Answer, Understanding


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is against the reading of an answer: what convention has against the kinds of the
    symbols, whether the shapes of all claims fit, and whether one rests on what has none."""

    strain: float
    shaped: bool
    blocked: bool


def spares(understanding: Understanding, answer: Answer, differs: bool, place: Place) -> bool:
    """Whether a step does not fail in a reading: it holds, is not checked, or makes no claim.

    What is a claim in the first reading, and perhaps `differs` there, is none in another only if
    it has no shapes here and some there.
    """
    meaning = understanding.model(answer.choice.notation).meanings[place[0]][place[1]]
    if not isinstance(meaning, Claim):
        return True
    usual = understanding.model(None).meanings[place[0]][place[1]]
    claimed = isinstance(usual, Claim) and not usual.tentative
    apart = isinstance(answer.outcomes.get(place[1]), Mismatch)
    model = understanding.model(answer.choice.notation)
    apart = apart and not (rests_on_unread(model, meaning) or unread_mean(model, meaning))
    if meaning.tentative and not (claimed and (differs or apart)):
        return True
    return isinstance(answer.outcomes.get(place[1]), Agrees | Undecided)


def standing_of(understanding: Understanding, number: int, answer: Answer) -> Standing:
    """What there is against the reading of an answer to a derivation."""
    model = understanding.model(answer.choice.notation)
    used = [((number, index), reading) for index, reading in answer.used.items()]
    blocked = any(place in reading.blocked for place, reading in used)
    ill = any(place in reading.ill for place, reading in used)
    readings = {id(reading): reading for _, reading in used}
    strained = sum(
        strain(model, reading, [place for place, other in used if other is reading])
        for reading in readings.values()
    )
    return Standing(strained, not (ill or blocked), blocked)

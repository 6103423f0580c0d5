"""Whether a step does not fail in a reading of its derivation."""

from __future__ import annotations

from proofcheck.inference.model import Claim
from proofcheck.inference.readings import Place
from proofcheck.numeric.trial import Agrees, Mismatch, Undecided, rests_on_unread, unread_mean
from proofcheck.numeric.understanding import Answer, Understanding


def spares(understanding: Understanding, answer: Answer, differs: bool, place: Place) -> bool:
    """Whether a step does not fail in a reading: it holds, is not checked, or makes no claim.

    What is a claim in the first reading, and perhaps `differs` there, is none in another only if
    it has no shapes here and some there.
    """
    if answer.spared is not None:
        return place[1] in answer.spared
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

"""What the claims of a derivation come to under one choice of reading."""

from __future__ import annotations

import math
from collections.abc import Iterator

from proofcheck.inference.model import ORDERS, Claim, Model
from proofcheck.inference.observed import with_data_fixed
from proofcheck.inference.readings import Place, Reading
from proofcheck.inference.reason import Reason
from proofcheck.numeric.choices import Choice, reads_alike
from proofcheck.numeric.complexes import only_complex
from proofcheck.numeric.effort import bounded
from proofcheck.numeric.orders import try_order
from proofcheck.numeric.retries import Situation, retried
from proofcheck.numeric.sparing import standing_of
from proofcheck.numeric.trial import Agrees, Differs, Outcome, Undecided, try_claim
from proofcheck.numeric.understanding import Answer, Understanding


def answer_of(understanding: Understanding, number: int, choice: Choice, rank: int) -> Answer:
    """What the claims of a derivation come to in the reading of a rank; the best has 0."""
    model = understanding.model(choice.notation)
    outcomes: dict[int, Outcome] = {}
    used: dict[int, Reading] = {}
    posed = [*understanding.equations, *_grounds(understanding, model, number)]
    for index, meaning in enumerate(model.meanings[number]):
        place = (number, index)
        options = understanding.readings(choice, place) if isinstance(meaning, Claim) else []
        if not isinstance(meaning, Claim) or not options:
            continue
        used[index] = options[min(rank, len(options) - 1)]
        situation = Situation(understanding, choice, rank, place, meaning, used[index], posed)
        outcomes[index] = _outcome(situation)
        if meaning.tentative and isinstance(outcomes[index], Differs):
            posed.append(place)
    return Answer(choice, rank, outcomes, used)


def _grounds(understanding: Understanding, model: Model, number: int) -> list[Place]:
    """What the words right behind a derivation name as its grounds: "…, because $w^Tw = 1$"."""
    following = understanding.extraction.derivations[number + 1 : number + 2]
    if not any(derivation.steps[0].grounds for derivation in following):
        return []
    place = number + 1, 0
    meaning = model.meaning(place)
    return [place] if isinstance(meaning, Claim) and meaning.tentative else []


def _outcome(situation: Situation) -> Outcome:
    """What one claim comes to, as it stands and then as it may be meant."""
    model, reading, place = situation.model, situation.reading, situation.place
    claim, seed, understanding = situation.claim, situation.seed, situation.understanding
    if claim.asserts in ORDERS:
        return try_order(model, reading, place, claim, seed)
    fixed = with_data_fixed(model, claim, understanding.data(situation.choice.notation))
    if fixed is not model:
        return _with_data(model, fixed, reading, place, claim, seed)
    with bounded(understanding.effort(place)):
        bench = understanding.benches.get(model, reading, claim, understanding.seeds[place[0]][0])
        if only_complex(model, claim):
            return try_claim(model, reading, place, claim, seed, bench=bench, imaginary="left")
        found = try_claim(model, reading, place, claim, seed, bench=bench)
        return retried(situation, found)


def _with_data(
    model: Model, fixed: Model, reading: Reading, place: Place, claim: Claim, seed: str
) -> Outcome:
    """What a claim comes to with the data held fixed; one that holds only if they move is left."""
    outcome = try_claim(fixed, reading, place, claim, seed)
    if isinstance(outcome, Differs) and isinstance(
        try_claim(model, reading, place, claim, seed), Agrees
    ):
        message = "nothing says whether the derivative holds the data fixed"
        return Undecided(Reason.AMBIGUOUS_SHAPE, message)
    return outcome


_FAR_FETCHED = 2.0
"""How much dearer the kinds of symbols may be than where all has shapes: less than it costs to
take a capital letter for a number."""


def best_of(understanding: Understanding, number: int, answers: list[Answer]) -> list[Answer]:
    """The answers in which most steps hold, without those that are no rivals of another.

    One whose symbols are of kinds that convention speaks against is none where all steps have
    shapes without such. One that says nothing of a step, as what it rests on has no shapes, is
    none of one in which all steps have shapes. The first, if it is among them, comes first.
    """
    rated = [(answer, standing_of(understanding, number, answer)) for answer in answers]
    most = min((s.strain for _, s in rated if s.shaped), default=math.inf) + _FAR_FETCHED
    near = [(answer, standing) for answer, standing in rated if standing.strain <= most]
    agreeing = max(answer.agreeing for answer, _ in near)
    best = [(answer, standing) for answer, standing in near if answer.agreeing == agreeing]
    whole = max((len(answer.used) for answer, standing in best if standing.shaped), default=0)
    kept = [(a, standing) for a, standing in best if not standing.blocked or len(a.used) > whole]
    if kept[0][0] is not answers[0]:
        kept.sort(key=lambda pair: not pair[1].shaped)
    return [answer for answer, _ in kept]


def alternatives(understanding: Understanding, number: int) -> list[Answer]:
    """What the claims of a derivation come to in readings other than the first, in order."""
    return [*_near(understanding, number), *_under_others(understanding, number)]


def _near(understanding: Understanding, number: int) -> list[Answer]:
    """The answers in the near rivals of the first reading."""
    usual, steps = understanding.usual, range(len(understanding.seeds[number]))
    return [
        answer_of(understanding, number, usual, rank)
        for rank in (1, 2, 3)
        if any(len(understanding.readings(usual, (number, i))) > rank for i in steps)
    ]


def _under_others(understanding: Understanding, number: int) -> Iterator[Answer]:
    """The answers under the choices other than the usual one that may change something."""
    ill = _ill_shaped(understanding, number)
    for choice in understanding.others:
        if (ill or not choice.alone) and not _explains_nothing(understanding, number, choice):
            yield answer_of(understanding, number, choice, 0)


def _explains_nothing(understanding: Understanding, number: int, choice: Choice) -> bool:
    """Whether nothing that a derivation rests on reads differently under a choice."""
    if choice.notation is None or choice.layout != understanding.usual.layout:
        return False
    return reads_alike(understanding.model(None), understanding.model(choice.notation), number)


def _ill_shaped(understanding: Understanding, number: int) -> bool:
    """Whether the first reading finds no shape for some step of a derivation."""
    return any(
        place in reading.ill or place in reading.blocked
        for place in ((number, i) for i in range(len(understanding.seeds[number])))
        for reading in understanding.readings(understanding.usual, place)[:1]
    )

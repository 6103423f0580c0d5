"""The verdict on every step: the best reading of each derivation, and what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from proofcheck.document.source import Source
from proofcheck.extraction.derivation import Derivation, Extraction
from proofcheck.formula.notation import Notation
from proofcheck.formula.shape import pattern
from proofcheck.inference.context import understand
from proofcheck.inference.model import Claim, Introduction, Model, Posed, Unread
from proofcheck.inference.readings import (
    Component,
    Place,
    Reading,
    components,
    keys_of,
    readings,
)
from proofcheck.inference.reason import Reason
from proofcheck.numeric.trial import (
    Agrees,
    Differs,
    Mismatch,
    Outcome,
    Undecided,
    rests_on_unread,
    try_claim,
)
from proofcheck.numeric.verdict import Judgement, Verdict

_NOTATIONS = (None, Notation(loose=True), Notation(inner=True))
_LAYOUTS = ("mixed", "denominator", "numerator")


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to read a whole document: notation and layout, with the words for it."""

    notation: Notation | None
    layout: str
    note: str


_CHOICES = (
    Choice(None, "mixed", ""),
    Choice(None, "denominator", "derivatives in denominator layout"),
    Choice(None, "numerator", "derivatives in numerator layout"),
    Choice(Notation(loose=True), "mixed", "elementwise and Kronecker products after products"),
    Choice(Notation(inner=True), "mixed", "a power behind a bracket inside the function"),
)


@dataclass(slots=True)
class Understanding:
    """The models and readings of a document, made when they are first needed."""

    extraction: Extraction
    seeds: tuple[tuple[str, ...], ...]
    models: dict[Notation | None, Model] = field(default_factory=dict)
    parts: dict[Notation | None, dict[int, list[Component]]] = field(default_factory=dict)
    read: dict[tuple[Notation | None, str, Component], list[Reading]] = field(default_factory=dict)

    def model(self, notation: Notation | None) -> Model:
        """The model under a notation."""
        if notation not in self.models:
            self.models[notation] = understand(self.extraction, notation)
        return self.models[notation]

    def component_at(self, notation: Notation | None, place: Place) -> Component | None:
        """The component that a step belongs to."""
        if notation not in self.parts:
            by_derivation: dict[int, list[Component]] = {}
            for component in components(self.model(notation)):
                for derivation in {d for d, _ in component.places}:
                    by_derivation.setdefault(derivation, []).append(component)
            self.parts[notation] = by_derivation
        for component in self.parts[notation].get(place[0], []):
            if place in component.places:
                return component
        return None

    def readings(self, choice: Choice, place: Place) -> list[Reading]:
        """The readings of the component that a step belongs to, best first."""
        component = self.component_at(choice.notation, place)
        if component is None:
            return []
        key = (choice.notation, choice.layout, component)
        if key not in self.read:
            found = readings(self.model(choice.notation), component, choice.layout)
            self.read[key] = list(found)[:4]
        return self.read[key]


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcomes of a derivation's claims under one choice, by step."""

    choice: Choice
    rank: int
    outcomes: dict[int, Outcome]
    used: dict[int, Reading]

    @property
    def agreeing(self) -> int:
        """How many steps hold."""
        return sum(isinstance(outcome, Agrees) for outcome in self.outcomes.values())


def judge(extraction: Extraction, source: Source) -> tuple[tuple[Judgement, ...], ...]:
    """One judgement for each step of each derivation."""
    seeds = tuple(tuple(_seed(derivation, i) for i in range(len(derivation.steps))) for derivation in extraction.derivations)
    understanding = Understanding(extraction, seeds)
    return tuple(
        _judge_derivation(understanding, number, derivation)
        for number, derivation in enumerate(extraction.derivations)
    )


def _seed(derivation: Derivation, index: int) -> str:
    step = derivation.steps[index]
    words = [token.text for side in (step.left, step.right) for token in side.tokens]
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:12]


def _judge_derivation(
    understanding: Understanding, number: int, derivation: Derivation
) -> tuple[Judgement, ...]:
    first = _answer(understanding, number, _CHOICES[0], 0)
    best = first
    if _has_failures(understanding, number, first):
        for other in _alternatives(understanding, number):
            if other.agreeing > best.agreeing:
                best = other
    return tuple(
        _judgement(understanding, best, first, (number, i), derivation)
        for i in range(len(derivation.steps))
    )


def _has_failures(understanding: Understanding, number: int, answer: Answer) -> bool:
    return any(not isinstance(outcome, Agrees) for outcome in answer.outcomes.values())


def _alternatives(understanding: Understanding, number: int) -> Iterator[Answer]:
    for rank in (1, 2, 3):
        if any(
            len(understanding.readings(_CHOICES[0], (number, i))) > rank
            for i in range(len(understanding.seeds[number]))
        ):
            yield _answer(understanding, number, _CHOICES[0], rank)
    for choice in _CHOICES[1:]:
        yield _answer(understanding, number, choice, 0)


def _answer(understanding: Understanding, number: int, choice: Choice, rank: int) -> Answer:
    model = understanding.model(choice.notation)
    outcomes: dict[int, Outcome] = {}
    used: dict[int, Reading] = {}
    for index, meaning in enumerate(model.meanings[number]):
        if not isinstance(meaning, Claim):
            continue
        place = (number, index)
        options = understanding.readings(choice, place)
        if not options:
            continue
        reading = options[min(rank, len(options) - 1)]
        used[index] = reading
        outcomes[index] = try_claim(model, reading, place, meaning, understanding.seeds[number][index])
    return Answer(choice, rank, outcomes, used)


def _judgement(
    understanding: Understanding, answer: Answer, first: Answer, place: Place, derivation: Derivation
) -> Judgement:
    model = understanding.model(answer.choice.notation)
    meaning = model.meanings[place[0]][place[1]]
    match meaning:
        case Introduction():
            return Judgement(Verdict.DEFINITION)
        case Posed():
            return Judgement(Verdict.ASSUMED)
        case Unread(reason=reason, message=message):
            return Judgement(Verdict.UNCHECKED, reason=reason, message=message)
        case Claim():
            outcome = answer.outcomes[place[1]]
            shown = _shown(model, answer.used[place[1]], place)
            notes = _notes(answer, first, place[1], model, meaning)
            judged = _of_claim(model, meaning, outcome, derivation, place[1])
            return Judgement(
                judged.verdict,
                judged.evidence,
                shown,
                notes if judged.verdict is Verdict.HOLDS else (),
                judged.reason,
                judged.message,
                judged.mismatch,
                judged.counterexample,
            )


def _of_claim(
    model: Model, claim: Claim, outcome: Outcome, derivation: Derivation, index: int
) -> Judgement:
    step = derivation.steps[index]
    if claim.unequal:
        return _of_unequal(outcome)
    match outcome:
        case Agrees(evidence=evidence):
            return Judgement(Verdict.HOLDS, evidence)
        case Undecided(reason=reason, message=message):
            return Judgement(Verdict.UNCHECKED, reason=reason, message=message)
        case Mismatch(message=message):
            if claim.tentative:
                return Judgement(Verdict.ASSUMED)
            said = f"the shapes of `{_short(step.left.text)}` and `{_short(step.right.text)}` don't fit: {message}"
            return Judgement(Verdict.FAILS, message=said, mismatch=True)
        case Differs(counterexample=counterexample):
            if claim.tentative:
                return Judgement(Verdict.ASSUMED)
            unread = rests_on_unread(model, claim)
            if unread:
                return Judgement(Verdict.UNCHECKED, reason=Reason.UNKNOWN_SYMBOL, message=unread)
            said = f"`{_short(step.right.text)}` is not equal to `{_short(step.left.text)}`"
            return Judgement(Verdict.FAILS, message=said, counterexample=counterexample)


def _of_unequal(outcome: Outcome) -> Judgement:
    if isinstance(outcome, Differs):
        return Judgement(Verdict.HOLDS, "exact")
    if isinstance(outcome, Undecided):
        return Judgement(Verdict.UNCHECKED, reason=outcome.reason, message=outcome.message)
    message = "both sides are equal at every point tried"
    return Judgement(Verdict.UNCHECKED, reason=Reason.NO_VALID_SAMPLE, message=message)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"


def _shown(model: Model, reading: Reading, place: Place) -> tuple[tuple[str, str], ...]:
    keys = sorted(keys_of(model, place))
    return tuple(
        (model.variables[key].name, reading.show(key)) for key in keys if key in reading.shapes
    )


def _notes(
    answer: Answer, first: Answer, index: int, model: Model, claim: Claim
) -> tuple[str, ...]:
    notes: list[str] = []
    if answer is not first and not isinstance(first.outcomes.get(index), Agrees):
        notes.append(answer.choice.note or "a reading that is not the first by convention")
    if _contracts(answer.used[index], claim):
        notes.append("the product of derivatives is a double contraction")
    return tuple(notes)


def _contracts(reading: Reading, claim: Claim) -> bool:
    """Whether a matrix meets a tensor in a product."""
    from proofcheck.formula.expr import Derivative, Product, Symbol, walk

    def four(node: object) -> bool:
        return (
            isinstance(node, Derivative)
            and isinstance(node.operand, Symbol)
            and all(isinstance(by, Symbol) for by in node.by)
            and _is_matrix(reading, claim, node.operand.name)
            and all(_is_matrix(reading, claim, by.name) for by in node.by if isinstance(by, Symbol))
        )

    return any(
        isinstance(node, Product) and any(four(factor) for factor in node.factors)
        for side in (claim.left, claim.right)
        for node in walk(side)
    )


def _is_matrix(reading: Reading, claim: Claim, name: str) -> bool:
    shape = reading.shapes.get(claim.names.get(name, ""))
    return shape is not None and pattern(reading.unifier.resolve(shape)) == "M"

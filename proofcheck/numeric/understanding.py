"""The models and readings of a document, and what its claims come to under one choice of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from proofcheck.extraction.derivation import Extraction, Step
from proofcheck.formula.expr import Expr
from proofcheck.formula.notation import Notation
from proofcheck.inference.context import understand
from proofcheck.inference.model import ORDERS, Claim, Model
from proofcheck.inference.observed import Observed, observed, with_data_fixed
from proofcheck.inference.readings import Component, Place, Reading, alone, components, from_afar
from proofcheck.inference.reason import Reason
from proofcheck.inference.search import readings
from proofcheck.numeric.bench import Benches
from proofcheck.numeric.choices import Choice, reads_alike
from proofcheck.numeric.complexes import only_complex
from proofcheck.numeric.effort import Effort, bounded
from proofcheck.numeric.implications import implied
from proofcheck.numeric.layouts import Turned
from proofcheck.numeric.means import speaks_of_means, tried_with_means
from proofcheck.numeric.orders import try_order
from proofcheck.numeric.parameters import by_moments
from proofcheck.numeric.said import Trial, as_said
from proofcheck.numeric.supposing import for_its_indices, in_its_case
from proofcheck.numeric.trial import (
    Agrees,
    Differs,
    Mismatch,
    Outcome,
    Undecided,
    on_solutions,
    retried,
    try_claim,
)
from proofcheck.numeric.verdict import Assumption, Judgement, Repair

Reconsider = Callable[[Model, Model, Component, Reading, Place, Claim, str], Assumption | None]
Explain = Callable[[Model, Reading, Place, Claim, Step], str | None]
Mend = Callable[[Extraction, Model, Component, Reading, Place, Claim, str], Repair | None]
Hint = Callable[[Extraction, Model, Component, Reading, Place, Claim, bool], str | None]


@dataclass(frozen=True, slots=True)
class Remedies:
    """What is asked about a claim that fails: what saves it, a correction, which terms differ, and
    what else is said where there is no correction."""

    reconsider: Reconsider
    mend: Mend
    explain: Explain
    hint: Hint


@dataclass(frozen=True, slots=True)
class Learned:
    """What the derivations before one have shown, as `Understanding` has it."""

    forced: frozenset[Place] = frozenset()
    conjugated: str = ""
    sums_implied: bool = False
    means: bool = False
    posed: tuple[frozenset[str], ...] = ()
    equations: tuple[Place, ...] = ()
    doubted: frozenset[Place] = frozenset()


NOTHING = Learned()


@dataclass(slots=True)
class Understanding:
    """The models and readings of a document, made when they are first needed."""

    extraction: Extraction
    seeds: tuple[tuple[str, ...], ...]
    remedies: Remedies | None
    usual: Choice
    others: tuple[Choice, ...]
    integrates: bool = False
    conjugated: str = ""  # the argument of inner products that is, once a step has shown it
    sums_implied: bool = False  # whether a step held in which an index is summed without a sum
    means: bool = False  # whether a step held in which a bar is a mean and nothing else
    posed: list[frozenset[str]] = field(default_factory=list)
    equations: list[Place] = field(default_factory=list)
    doubted: set[Place] = field(default_factory=set)  # equations about a side that is wrong
    benches: Benches = field(default_factory=Benches)
    forced: frozenset[Place] = frozenset()
    restated: set[Place] = field(default_factory=set)
    turned: dict[Place, tuple[Turned, Judgement]] = field(default_factory=dict)
    models: dict[Notation | None, Model] = field(default_factory=dict)
    observed: dict[Notation | None, Mapping[str, Observed]] = field(default_factory=dict)
    parts: dict[Notation | None, dict[Place, Component]] = field(default_factory=dict)
    own: dict[tuple[Notation | None, int], list[Component]] = field(default_factory=dict)
    read: dict[tuple[Choice, int], list[Reading]] = field(default_factory=dict)
    efforts: dict[Place, Effort] = field(default_factory=dict)
    repairs: int = 0  # how many were looked for
    wrong: set[Expr] = field(default_factory=set)  # the right sides of steps that fail

    def learned(self) -> Learned:
        """What has been learned so far."""
        return Learned(
            self.forced,
            self.conjugated,
            self.sums_implied,
            self.means,
            tuple(self.posed),
            tuple(self.equations),
            frozenset(self.doubted),
        )

    def recall(self, learned: Learned) -> None:
        """Takes in what was learned before, but for what is forced."""
        self.conjugated, self.means = learned.conjugated, learned.means
        self.sums_implied = learned.sums_implied
        self.posed, self.equations = list(learned.posed), list(learned.equations)
        self.doubted = set(learned.doubted)

    def effort(self, place: Place) -> Effort:
        """What the integrals of a step may still cost."""
        return self.efforts.setdefault(place, Effort())

    def model(self, notation: Notation | None) -> Model:
        """The model under a notation."""
        if notation not in self.models:
            self.models[notation] = understand(self.extraction, notation, self.forced)
        return self.models[notation]

    def data(self, notation: Notation | None) -> Mapping[str, Observed]:
        """The symbols that model equations speak of, under a notation."""
        if notation not in self.observed:
            self.observed[notation] = observed(self.model(notation))
        return self.observed[notation]

    def component_at(self, notation: Notation | None, place: Place) -> Component | None:
        """The component that a step belongs to."""
        if notation not in self.parts:
            self.parts[notation] = {
                step: component
                for component in reversed(components(self.model(notation)))
                for step in component.places
            }
        return self.parts[notation].get(place)

    def readings(self, choice: Choice, place: Place) -> list[Reading]:
        """The readings of the component that a step belongs to, best first."""
        model = self.model(choice.notation)
        if choice.alone:
            if (choice.notation, place[0]) not in self.own:
                self.own[choice.notation, place[0]] = alone(model, place[0])
            parts = self.own[choice.notation, place[0]]
            component = next((part for part in parts if place in part.places), None)
        else:
            component = self.component_at(choice.notation, place)
        if component is None:
            return []
        key = (choice, id(component))  # `own` and `parts` keep it, so that no other takes its place
        if key not in self.read:
            told = from_afar(model, place[0]) if choice.alone else model
            found = readings(told, component, choice.layout)
            self.read[key] = [replace(r, tied=choice.tied) for r in islice(found, 4)]
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


def answer_of(understanding: Understanding, number: int, choice: Choice, rank: int) -> Answer:
    model = understanding.model(choice.notation)
    outcomes: dict[int, Outcome] = {}
    used: dict[int, Reading] = {}
    posed = list(understanding.equations)
    solves = choice.solves and rank == 0
    for index, meaning in enumerate(model.meanings[number]):
        if not isinstance(meaning, Claim):
            continue
        place = (number, index)
        options = understanding.readings(choice, place)
        if not options:
            continue
        reading = options[min(rank, len(options) - 1)]
        used[index] = reading
        seed = understanding.seeds[number][index]
        if meaning.asserts in ORDERS:
            outcomes[index] = try_order(model, reading, place, meaning, seed)
            continue
        fixed = with_data_fixed(model, meaning, understanding.data(choice.notation))
        if fixed is not model:
            outcomes[index] = _with_data(model, fixed, reading, place, meaning, seed)
            continue
        with bounded(understanding.effort(place)):
            bench = understanding.benches.get(
                model, reading, meaning, understanding.seeds[number][0]
            )
            imaginary = "left" if only_complex(model, meaning) else ""
            outcomes[index] = try_claim(
                model, reading, place, meaning, seed, bench=bench, imaginary=imaginary
            )
            if isinstance(outcomes[index], Differs) and not imaginary:
                outcomes[index] = (
                    retried(model, reading, place, meaning, seed)
                    or _with_means(understanding, model, reading, place, meaning)
                    or (solves and on_solutions(model, reading, place, meaning, seed, posed))
                    or (solves and implied(model, reading, place, meaning, seed, posed))
                    or outcomes[index]
                )
            if isinstance(outcomes[index], Differs) and not imaginary:
                component = understanding.component_at(choice.notation, place)
                told = component and by_moments(model, component, reading, place, meaning, seed)
                outcomes[index] = told or outcomes[index]
            if not (isinstance(outcomes[index], Agrees) or imaginary):
                case = _at_its_indices(understanding, model, reading, place, meaning)
                outcomes[index] = case or outcomes[index]
            if isinstance(outcomes[index], Differs | Mismatch) and not imaginary:
                case = _in_its_case(understanding, choice, reading, place)
                outcomes[index] = case or outcomes[index]
            if isinstance(outcomes[index], Differs) and rank == 0:
                said = _as_said(understanding, choice, reading, place, meaning)
                outcomes[index] = said if isinstance(said, Agrees) else outcomes[index]
        if meaning.tentative and isinstance(outcomes[index], Differs):
            posed.append(place)
    return Answer(choice, rank, outcomes, used)


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


def _as_said(
    understanding: Understanding, choice: Choice, reading: Reading, place: Place, claim: Claim
) -> Outcome | None:
    """What a claim comes to for what the text says of symbols beyond their definitions."""
    component = understanding.component_at(choice.notation, place)
    if component is None:
        return None
    seed = understanding.seeds[place[0]][place[1]]
    model = understanding.model(choice.notation)
    return as_said(Trial(model, component, reading, place, claim, seed))


def _with_means(
    understanding: Understanding, model: Model, reading: Reading, place: Place, claim: Claim
) -> Outcome | None:
    """What a claim comes to with bars for means; that it differs counts only where they are."""
    seed = understanding.seeds[place[0]][place[1]]
    found = tried_with_means(model, reading, place, claim, seed)
    told = understanding.means or speaks_of_means(understanding.extraction.prose)
    return found if told or isinstance(found, Agrees) else None


def _at_its_indices(
    understanding: Understanding, model: Model, reading: Reading, place: Place, claim: Claim
) -> Outcome | None:
    """What a claim comes to for indices as the text supposes them at its step: "for i ≠ j"."""
    extraction = understanding.extraction
    if not extraction.index_cases:
        return None
    where = extraction.derivations[place[0]].steps[place[1]].left.span.start
    seed = understanding.seeds[place[0]][place[1]]
    return for_its_indices(model, reading, place, claim, seed, extraction.index_cases, where)


def _in_its_case(
    understanding: Understanding, choice: Choice, reading: Reading, place: Place
) -> Outcome | None:
    """What a claim comes to in the case that the text supposes at its step, if it does."""
    model = understanding.model(choice.notation)
    claim, component = model.meaning(place), understanding.component_at(choice.notation, place)
    if not (model.suppositions and isinstance(claim, Claim) and component):
        return None
    where = understanding.extraction.derivations[place[0]].steps[place[1]].left.span
    seed = understanding.seeds[place[0]][place[1]]
    return in_its_case(model, component, reading, place, claim, seed, where)


def alternatives(understanding: Understanding, number: int) -> Iterator[Answer]:
    for rank in (1, 2, 3):
        if any(
            len(understanding.readings(understanding.usual, (number, i))) > rank
            for i in range(len(understanding.seeds[number]))
        ):
            yield answer_of(understanding, number, understanding.usual, rank)
    ill = _ill_shaped(understanding, number)
    for choice in understanding.others:
        if choice.alone and not ill:
            continue
        if _explains_nothing(understanding, number, choice):
            continue
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

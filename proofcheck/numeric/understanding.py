"""The models and readings of a document, and what its claims come to under one choice of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from proofcheck.extraction.derivation import Extraction, Step
from proofcheck.formula.expr import Expr
from proofcheck.formula.notation import Notation
from proofcheck.inference.context import understand
from proofcheck.inference.formulas import Formulas
from proofcheck.inference.model import Claim, Model
from proofcheck.inference.observed import Observed, observed
from proofcheck.inference.readings import Component, Place, Reading, alone, components, from_afar
from proofcheck.inference.search import readings
from proofcheck.numeric.bench import Benches
from proofcheck.numeric.choices import Choice
from proofcheck.numeric.effort import Effort
from proofcheck.numeric.layouts import Turned
from proofcheck.numeric.learned import Learned
from proofcheck.numeric.trial import (
    Agrees,
    Outcome,
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


@dataclass(slots=True)
class Understanding:
    """The models and readings of a document, made when they are first needed."""

    extraction: Extraction
    seeds: tuple[tuple[str, ...], ...]
    remedies: Remedies | None
    usual: Choice
    others: tuple[Choice, ...]
    formulas: Formulas = field(default_factory=Formulas)
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
    sections: dict[int, tuple[int, Understanding]] = field(default_factory=dict)  # each by itself
    sectioned: dict[int, Answer] = field(default_factory=dict)  # of derivations in these
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

    def share(self, other: Understanding) -> None:
        """Takes over the models and readings of the same document, which no seed changes."""
        self.models, self.observed = other.models, other.observed
        self.parts, self.own, self.read = other.parts, other.own, other.read

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
            self.models[notation] = self._read(notation)
        return self.models[notation]

    def _read(self, notation: Notation | None) -> Model:
        """The model under a notation, which is the usual one where nothing reads otherwise."""
        if notation is not None and self.formulas.alike(self.model(None).record, notation):
            return self.model(None)
        return understand(self.extraction, notation, self.forced, self.formulas)

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
class Known:
    """What was read of a document while it was judged with one seed: by the steps whose equations
    are taken for definitions, the understanding that has the readings."""

    formulas: Formulas = field(default_factory=Formulas)
    readings: dict[frozenset[Place], Understanding] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcomes of a derivation's claims under one choice, by step, in the readings used."""

    choice: Choice
    rank: int
    outcomes: dict[int, Outcome]
    used: Mapping[int, Reading]

    @property
    def agreeing(self) -> int:
        """How many steps hold."""
        return sum(isinstance(outcome, Agrees) for outcome in self.outcomes.values())

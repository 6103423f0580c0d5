"""What the text says of a symbol that has a definition: "where N = C + D is symmetric"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from proofcheck.formula.expr import Dotted, Matrix
from proofcheck.formula.shape import pattern
from proofcheck.inference.model import Claim, Defined, Free, Model
from proofcheck.inference.patterns import stating
from proofcheck.inference.readings import (
    Component,
    Place,
    Reading,
    all_leaves,
    keys_of,
    leaves,
)
from proofcheck.inference.shaping import retyped
from proofcheck.numeric.trial import Agrees, Differs, Outcome, try_claim


@dataclass(frozen=True, slots=True)
class Trial:
    """A claim that differs, where it stands, and the reading in which it does."""

    model: Model
    component: Component
    reading: Reading
    place: Place
    claim: Claim
    seed: str

    def tried(self) -> Outcome:
        """What the claim itself comes to, with kinds that fit the model."""
        return self.outcome(self.model, self.claim)

    def outcome(self, model: Model, claim: Claim) -> Outcome:
        """What another claim comes to in its place, under another model."""
        changed, typed = retyped(model, self.component, self.reading, self.place, claim)
        return try_claim(changed, typed, self.place, claim, self.seed)


def beyond_definitions(trial: Trial) -> dict[str, str]:
    """The defined symbols of a claim, and those defined by symbols of it, that have a property by
    the text and not by their definition, with the word for it: what the definition rests on is
    then more than it is drawn as."""
    found: dict[str, str] = {}
    for key in sorted(keys_of(trial.model, trial.place) | _made_of(trial)):
        variable = trial.model.variables[key]
        if not isinstance(variable.law, Defined) or variable.law.parameters:
            continue
        names = {**trial.claim.names, variable.name: key}
        for word, left, right in stating(variable.name, variable.properties):
            said = replace(trial.claim, left=left, right=right, names=names)
            if isinstance(trial.outcome(trial.model, said), Differs):
                found[key] = word
    return found


def _made_of(trial: Trial) -> set[str]:
    """The symbols with properties that are lists of what a claim rests on: `n = (n_x, n_y)`."""
    mine = all_leaves(trial.model, trial.claim)
    return {
        key
        for key, variable in trial.model.variables.items()
        if variable.properties and isinstance(law := variable.law, Defined)
        if isinstance(law.expr, Matrix | Dotted)
        if not mine.isdisjoint(leaves(trial.model, law.expr, law.names))
    }


def freed(trial: Trial, keys: Collection[str]) -> Trial | None:
    """The claim where some symbols stand for anything of their kind; None where one has none.

    One that moves by its definition moves.
    """
    model, reading, varying = trial.model, trial.reading, set(trial.claim.varying)
    variables, kinds = dict(model.variables), dict(reading.kinds)
    for key in keys:
        law = variables[key].law
        if isinstance(law, Defined) and leaves(model, law.expr, law.names) & trial.claim.varying:
            varying.add(key)
        kinds[key] = pattern(reading.unifier.resolve(reading.shapes.get(key, ())))
        if kinds[key] not in ("S", "C", "M"):
            return None
        variables[key] = replace(variables[key], law=Free())
    free = replace(model, variables=variables, leaves={})
    claim = replace(trial.claim, varying=frozenset(varying))
    return replace(trial, model=free, reading=replace(reading, kinds=kinds), claim=claim)


def as_said(trial: Trial) -> Outcome | None:
    """What a claim that differs comes to for symbols of which the text says more than their
    definitions do, with these left out; None if it speaks of what they are defined by as well."""
    found = beyond_definitions(trial)
    if not found:
        return None
    variables, free = trial.model.variables, freed(trial, found)
    laws = [law for key in found if isinstance(law := variables[key].law, Defined)]
    within = frozenset[str]().union(*(leaves(trial.model, law.expr, law.names) for law in laws))
    if free is None or within & all_leaves(free.model, free.claim):
        return None
    outcome = free.tried()
    if isinstance(outcome, Agrees):
        said = ", ".join(f"`{variables[key].name}` {word}" for key, word in found.items())
        return Agrees(outcome.evidence, (*outcome.notes, f"with {said}, as the text says"))
    return outcome

"""Steps that the text makes for a case only: "if A is symmetric"."""

from __future__ import annotations

from dataclasses import replace

from proofcheck.document.source import Span
from proofcheck.inference.model import Claim, Model, Variable
from proofcheck.inference.readings import Component, Place, Reading, all_leaves
from proofcheck.inference.reason import Reason
from proofcheck.inference.shaping import retyped
from proofcheck.numeric.trial import Agrees, Differs, Mismatch, Outcome, Undecided, try_claim


def in_its_case(
    model: Model,
    component: Component,
    reading: Reading,
    place: Place,
    claim: Claim,
    seed: str,
    where: Span,
) -> Outcome | None:
    """What a claim that differs, at `where`, comes to in the case that the text supposes there.

    None if it supposes nothing of its symbols.
    """
    cases = _cases(model, claim, where)
    if not cases:
        return None
    named = ", ".join(f"{_words(model.variables[k], v)} `{v.name}`" for k, v in cases.items())
    if any("constrained" in variable.properties for variable in cases.values()):
        return Undecided(Reason.NO_VALID_SAMPLE, f"no values are drawn for {named}")
    supposed = replace(model, variables={**model.variables, **cases})
    changed, other = retyped(supposed, component, reading, place, claim)
    found = try_claim(changed, other, place, claim, seed)
    match found:
        case Agrees(evidence=evidence, notes=notes):
            return Agrees(evidence, (*notes, f"for {named}, as the text supposes"))
        case Differs() | Mismatch() | Undecided():
            return found


def _cases(model: Model, claim: Claim, where: Span) -> dict[str, Variable]:
    """The variables of a claim of which something is supposed at a place, with it."""
    keys = all_leaves(model, claim)
    found: dict[str, Variable] = {}
    for said in model.suppositions:
        if said.reach.start <= where.start < said.reach.end:
            for key in sorted(keys):
                variable = found.get(key, model.variables[key])
                new = said.properties - variable.properties
                if variable.name == said.name and new:
                    found[key] = replace(variable, properties=variable.properties | new)
    return found


def _words(before: Variable, after: Variable) -> str:
    return " ".join(sorted(after.properties - before.properties))

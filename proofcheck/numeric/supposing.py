"""Steps that the text makes for a case only: "if A is symmetric"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from proofcheck.document.source import Span
from proofcheck.extraction.derivation import IndexCase
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
    imaginary: str = "",
) -> Outcome | None:
    """What a claim that differs, at `where`, comes to in the case that the text supposes there, at
    complex values if an argument of inner products is to be conjugated.

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
    found = try_claim(changed, other, place, claim, seed, imaginary=imaginary)
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


def for_its_indices(
    model: Model,
    reading: Reading,
    place: Place,
    claim: Claim,
    seed: str,
    told: Sequence[IndexCase],
    where: int,
) -> Outcome | None:
    """What a claim at an offset comes to for free indices as the text supposes them there.

    Of what it supposes of a pair, the one in the row of the claim counts, or else the last before
    it, or the first behind it.
    """
    free = reading.ranges.get(place, {}).keys()
    cases: dict[frozenset[str], IndexCase] = {}
    for case in told:
        pair = frozenset((case.left, case.right))
        if pair <= free and case.reach.start <= where < case.reach.end:
            if (
                _is_in_row(case)
                or pair not in cases
                or (case.place <= where and not _is_in_row(cases[pair]))
            ):
                cases[pair] = case
    if not cases:
        return None
    found = try_claim(model, reading, place, claim, seed, cases=tuple(cases.values()))
    if isinstance(found, Agrees):
        said = ", ".join(f"`{c.left} {c.relation} {c.right}`" for c in cases.values())
        return Agrees(found.evidence, (*found.notes, f"for {said}, as the text supposes"))
    return found


def _is_in_row(case: IndexCase) -> bool:
    """Whether a case stands behind the equation in a row that it is about, and not in prose."""
    return case.reach.end == case.place

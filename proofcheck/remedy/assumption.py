"""The common assumption under which a failing step would hold."""

from __future__ import annotations

from dataclasses import replace

from proofcheck.formula.expr import Call, Derivative, walk
from proofcheck.formula.shape import pattern
from proofcheck.inference.model import Claim, Free, Model
from proofcheck.inference.readings import (
    Component,
    Place,
    Reading,
    free_leaves,
    retyped,
)
from proofcheck.numeric.trial import Agrees, try_claim

MOST_SYMBOLS = 4


def missing_assumption(
    model: Model, component: Component, reading: Reading, place: Place, claim: Claim, seed: str
) -> str | None:
    """What would have to be said for the claim to hold, in words; None if nothing common helps."""
    if _holds_transposed(model, component, reading, place, claim, seed):
        return "the derivative is laid out the other way"
    if place in reading.ill:
        return None
    left_only = replace(claim, right=claim.left)
    _, before = retyped(model, component, reading, place, left_only)
    for key in _square(model, before, claim):
        variable = model.variables[key]
        symmetric = replace(variable, properties=variable.properties | {"symmetric"})
        supposed = replace(model, variables={**model.variables, key: symmetric})
        if isinstance(try_claim(supposed, reading, place, claim, seed), Agrees):
            return f"`{variable.name}` is symmetric"
    return None


def _holds_transposed(
    model: Model, component: Component, reading: Reading, place: Place, claim: Claim, seed: str
) -> bool:
    """Whether one side is the transpose of the other and a derivative stands in them."""
    sides = (claim.left, claim.right)
    if not any(isinstance(node, Derivative) for side in sides for node in walk(side)):
        return False
    turned = replace(claim, right=Call("transpose", (claim.right,), claim.right.span))
    changed, other = retyped(model, component, reading, place, turned)
    return isinstance(try_claim(changed, other, place, turned, seed), Agrees)


def _square(model: Model, reading: Reading, claim: Claim) -> list[str]:
    """The free matrices that are square even without the step that fails."""
    return [
        key
        for key in sorted(free_leaves(model, claim))
        if isinstance(model.variables[key].law, Free)
        and "symmetric" not in model.variables[key].properties
        and _is_square(reading, key)
    ][:MOST_SYMBOLS]


def _is_square(reading: Reading, key: str) -> bool:
    shape = reading.unifier.resolve(reading.shapes.get(key, (1, 1)))
    return pattern(shape) == "M" and shape[0] == shape[1]

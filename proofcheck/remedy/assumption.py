"""The common assumption under which a failing step would hold."""

from __future__ import annotations

from dataclasses import replace

from proofcheck.formula.expr import Call, Derivative, Expr, walk
from proofcheck.formula.shape import pattern
from proofcheck.inference.model import Claim, Free, Meaning, Model, Posed, Variable
from proofcheck.inference.readings import Component, Place, Reading, free_leaves
from proofcheck.inference.shaping import retyped
from proofcheck.inference.variations import INCREMENT
from proofcheck.numeric.trial import Agrees, try_claim
from proofcheck.numeric.verdict import Assumption

MOST_SYMBOLS = 4


def missing_assumption(
    model: Model,
    tried: Model,
    component: Component,
    reading: Reading,
    place: Place,
    claim: Claim,
    seed: str,
) -> Assumption | None:
    """What would have to be said for the claim to hold; None if nothing common helps.

    `tried` is the model in which it was tried, which may hold data fixed.
    """
    if _holds_transposed(model, component, reading, place, claim, seed):
        return Assumption("the derivative is laid out the other way", transposed=True)
    if place in reading.ill:
        return None
    square = _square(model, _without(model, component, reading, place, claim), claim)
    for keys in [*([key] for key in square), *([square] if len(square) == 2 else [])]:
        symmetric = {key: _symmetric(model.variables[key]) for key in keys}
        supposed = replace(tried, variables={**tried.variables, **symmetric})
        if isinstance(try_claim(supposed, reading, place, claim, seed), Agrees):
            names = " and ".join(f"`{model.variables[key].name}`" for key in keys)
            verb = "are" if len(keys) > 1 else "is"
            return Assumption(f"{names} {verb} symmetric, which nothing here says")
    return None


_SETTLED = frozenset(("symmetric", "skew-symmetric", "rotation"))
"""What is said of matrices that are symmetric already, or hardly can be."""


def _symmetric(variable: Variable) -> Variable:
    return replace(variable, properties=variable.properties | {"symmetric"})


def _without(
    model: Model, component: Component, reading: Reading, place: Place, claim: Claim
) -> Reading:
    """The shapes as they are without the failing step and without the steps that share its sides.

    The left side of a step that starts a chain stands for itself.
    """
    row = model.meanings[place[0]]
    carried = any(isinstance(other, Claim) and other.right == claim.left for other in row)
    doubtful = (claim.left, claim.right) if carried else (claim.right,)
    first: Meaning = Posed() if carried else replace(claim, right=claim.left)
    return retyped(without_sides(model, place, doubtful), component, reading, place, first)[1]


def without_sides(model: Model, place: Place, doubtful: tuple[Expr, ...]) -> Model:
    """The model in which no step of a derivation claims anything of some sides."""
    row = model.meanings[place[0]]
    kept: tuple[Meaning, ...] = tuple(
        Posed() if isinstance(other, Claim) and any(s in doubtful for s in _sides(other)) else other
        for other in row
    )
    meanings = (*model.meanings[: place[0]], kept, *model.meanings[place[0] + 1 :])
    return replace(model, meanings=meanings)


def _sides(claim: Claim) -> tuple[Expr, Expr]:
    return claim.left, claim.right


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
        and not _SETTLED & model.variables[key].properties
        and INCREMENT.fullmatch(model.variables[key].name) is None
        and _is_square(reading, key)
    ][:MOST_SYMBOLS]


def _is_square(reading: Reading, key: str) -> bool:
    shape = reading.unifier.resolve(reading.shapes.get(key, (1, 1)))
    return pattern(shape) == "M" and shape[0] == shape[1]

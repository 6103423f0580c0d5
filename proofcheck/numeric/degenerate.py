"""Claims about ranks: what holds for matrices of full rank only is no identity."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from proofcheck.formula.expr import Call, Negative, Power, symbols
from proofcheck.formula.shape import pattern
from proofcheck.inference.model import Claim, Free, Model
from proofcheck.inference.readings import Place, Reading, free_leaves
from proofcheck.numeric.trial import Differs, try_claim

_RANKED = frozenset(("rank", "pseudoinverse"))
_LOOSE = frozenset(("square", "real"))
_MOST = 4


def needs_degenerate(claim: Claim) -> bool:
    """Whether a claim speaks of the rank of a matrix, or of what depends on it."""
    return any(isinstance(node, Call) and node.operator in _RANKED for node in claim.nodes())


def differs_degenerate(
    model: Model, reading: Reading, place: Place, claim: Claim, seed: str
) -> bool:
    """Whether a claim differs where a matrix, of which nothing else is known, has rank one."""
    return any(
        isinstance(try_claim(_of_rank_one(model, key), reading, place, claim, seed), Differs)
        for key in islice(_loose(model, reading, claim), _MOST)
    )


def _loose(model: Model, reading: Reading, claim: Claim) -> list[str]:
    """The matrices of a claim of which nothing is known that a matrix of rank one has not.

    One that is inverted somewhere, in `(A^TA)^{-1}`, has full rank.
    """
    inverted = _inverted(model)
    return [
        key
        for key in sorted(free_leaves(model, claim))
        if isinstance(model.variables[key].law, Free)
        and key not in inverted
        and model.variables[key].properties <= _LOOSE
        and pattern(reading.unifier.resolve(reading.shapes.get(key, ()))) == "M"
    ]


def _inverted(model: Model) -> frozenset[str]:
    """The variables in what the claims of a document invert."""
    claims = [meaning for row in model.meanings for meaning in row if isinstance(meaning, Claim)]
    return frozenset(
        claim.names[name]
        for claim in claims
        for node in claim.nodes()
        if isinstance(node, Power) and isinstance(node.exponent, Negative)
        for name in symbols(node.base)
        if name in claim.names
    )


def _of_rank_one(model: Model, key: str) -> Model:
    variable = model.variables[key]
    low = replace(variable, properties=variable.properties | {"rank one"})
    return replace(model, variables={**model.variables, key: low})

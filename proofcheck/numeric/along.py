"""Differentials along what has a named gradient: `dL = G:dS` with `G = \\partial L/\\partial S`.

Where `S` is not all that moves, `G:dS` is the part of `dL` that comes from `S`, and nobody who has
just called the gradient by that name means another.
"""

from __future__ import annotations

from dataclasses import replace

from proofcheck.formula.expr import Derivative, Differential, Symbol, symbols
from proofcheck.inference.model import Claim, Defined, Model
from proofcheck.inference.reason import Reason
from proofcheck.numeric.said import Trial, freed
from proofcheck.numeric.trial import Agrees, Outcome, Undecided, doubled


def along_gradients(trial: Trial) -> Outcome | None:
    """How a claim holds about the differential of what it has the gradients of, where only that
    moves which these are by; None where it does not. That both sides vanish there says nothing."""
    claim, names = trial.claim, trial.claim.names
    match claim.left:
        case Differential(operand=Symbol(name=name)) if name in names:
            head = names[name]
        case _:
            return None
    moved = {
        names.get(node.operand.name, "") if isinstance(node.operand, Symbol) else ""
        for node in claim.nodes()
        if isinstance(node, Differential) and node is not claim.left
    }
    if not moved or not moved <= _by(trial.model, claim, head):
        return None
    free = freed(trial, moved)
    if free is None:
        return None
    meant = replace(claim, varying=frozenset(moved))
    found = free.outcome(free.model, meant)
    if not isinstance(found, Agrees):
        return None
    said = ", ".join(f"`{trial.model.variables[key].name}`" for key in sorted(moved))
    if isinstance(free.outcome(free.model, doubled(meant)), Agrees):
        return Undecided(Reason.UNKNOWN_SYMBOL, f"it may be that {said} alone moves")
    return replace(found, notes=(*found.notes, f"for what {said} alone moves"))


def _by(model: Model, claim: Claim, head: str) -> set[str]:
    """What a symbol is differentiated by in the definitions of gradients that a claim names."""
    found: set[str] = set()
    for name in symbols(claim.right) & claim.names.keys():
        match model.variables[claim.names[name]].law:
            case Defined(
                expr=Derivative(operand=Symbol(name=operand), by=(Symbol(name=by),)), names=told
            ) if told.get(operand) == head and by in told:
                found.add(told[by])
            case _:
                pass
    return found

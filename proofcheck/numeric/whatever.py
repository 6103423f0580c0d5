"""Steps that hold whatever the symbols stand for that cannot be evaluated.

A claim that rests on a gradient of an unknown function, or on an integral, is not checked; but what
holds for any matrix in the place of such a symbol holds for it as well. That is no evidence where
it matters what depends on what.
"""

from __future__ import annotations

from dataclasses import replace

from proofcheck.formula.expr import symbols
from proofcheck.inference.model import Assertion, Defined
from proofcheck.numeric.dependence import tells_dependence
from proofcheck.numeric.said import Trial, freed
from proofcheck.numeric.trial import Agrees


def whatever(trial: Trial) -> Agrees | None:
    """How a claim holds whatever the defined symbols in it stand for; None where it does not."""
    claim, model = trial.claim, trial.model
    if claim.asserts is not Assertion.EQUAL or any(map(tells_dependence, claim.nodes())):
        return None
    named = {claim.names[n] for n in symbols(claim.left) | symbols(claim.right) if n in claim.names}
    defined = {
        key
        for key in named
        if isinstance(law := model.variables[key].law, Defined) and not law.parameters
    }
    free = freed(trial, defined) if defined else None
    found = free.tried() if free is not None else None
    if not isinstance(found, Agrees):
        return None
    said = ", ".join(sorted(f"`{model.variables[key].name}`" for key in defined))
    return replace(found, notes=(*found.notes, f"whatever {said} may be"))

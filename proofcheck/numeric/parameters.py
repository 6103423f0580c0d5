r"""Parameters that are moments: `\mu` and `\Sigma` beside `E[xx^T]` are mean and covariance.

Nobody who writes `\operatorname{E}[x^TAx] = \operatorname{tr}(A\Sigma) + \mu^TA\mu` says what the
letters stand for (Mathai and Provost 1992, 3.2). An equation about one random symbol, which is not
true whatever they are, is tried with these moments in their place.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from proofcheck.formula.expr import Expr, Moment, Number, Power, Symbol
from proofcheck.inference.model import Claim, Defined, Free, Model
from proofcheck.inference.observed import BY_MOMENTS, DISTRIBUTED
from proofcheck.inference.randomness import speaks_of_moments
from proofcheck.inference.readings import Component, Place, Reading, free_leaves
from proofcheck.inference.shaping import retyped
from proofcheck.numeric.trial import Agrees, try_claim

_MEAN = re.compile(r"(?:\\[a-z]+\{)*(?:\\mu|m|μ)\}*(?:_\{\w+\})?")
_COVARIANCE = re.compile(r"(?:\\[a-z]+\{)*(?:\\Sigma|Σ)\}*(?:_\{\w+\})?")
_DEVIATION = re.compile(r"\\sigma(?:_\{\w+\})?")


def by_moments(
    model: Model, component: Component, reading: Reading, place: Place, claim: Claim, seed: str
) -> Agrees | None:
    """Whether a claim holds where the letters for a mean and a covariance in it stand for these."""
    if not (speaks_of_moments(claim.left) or speaks_of_moments(claim.right)):
        return None
    keys = free_leaves(model, claim)
    random = sorted(keys & model.random)
    if len(random) != 1 or not _is_by_moments(model, random[0]):
        return None
    laws, note = _laws(model, random[0], keys, claim)
    if not laws or _is_their_definition(claim):
        return None
    variables = {k: replace(v, law=laws.get(k, v.law)) for k, v in model.variables.items()}
    told = replace(model, variables=variables, leaves={})
    changed, other = retyped(told, component, reading, place, claim)
    found = try_claim(changed, other, place, claim, seed)
    return replace(found, notes=(*found.notes, note)) if isinstance(found, Agrees) else None


def _is_by_moments(model: Model, key: str) -> bool:
    properties = model.variables[key].properties
    return DISTRIBUTED not in properties or BY_MOMENTS in properties


def _laws(
    model: Model, random: str, keys: frozenset[str], claim: Claim
) -> tuple[dict[str, Defined], str]:
    """What the letters of a claim stand for if they are moments, and the words for it.

    Two letters for the same moment leave open which of them is.
    """
    name = model.variables[random].name
    laws: dict[str, Defined] = {}
    said: dict[str, str] = {}
    for word, pattern, value in _moments(Symbol(name)):
        letters = [key for key in sorted(keys) if _is_letter(model, key, pattern)]
        if len(letters) == 1:
            laws[letters[0]] = Defined(value, (), {name: random})
            said[model.variables[letters[0]].name] = word
        elif letters:
            return {}, ""
    words = " and ".join(f"`{letter}` is the {word}" for letter, word in said.items())
    return laws, f"where {words} of `{name}`"


def _moments(symbol: Symbol) -> tuple[tuple[str, re.Pattern[str], Expr], ...]:
    variance = Moment("variance", (symbol,))
    return (
        ("mean", _MEAN, Moment("expectation", (symbol,))),
        ("covariance", _COVARIANCE, variance),
        ("standard deviation", _DEVIATION, Power(variance, Number(Fraction(1, 2)))),
    )


def _is_letter(model: Model, key: str, pattern: re.Pattern[str]) -> bool:
    variable = model.variables[key]
    loose = isinstance(variable.law, Free) and key not in model.random
    return loose and bool(pattern.fullmatch(variable.name))


def _is_their_definition(claim: Claim) -> bool:
    """Whether a claim says no more than that a letter is a moment."""
    sides = (claim.left, claim.right)
    return any(
        isinstance(side, Moment) and all(isinstance(a, Symbol) for a in side.arguments)
        for side in sides
    )

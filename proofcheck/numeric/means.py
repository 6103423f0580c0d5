r"""A bar without a definition, `\bar{x}` beside `x_i`, as the mean of what stands below it.

Nothing says what it is, and a subject takes it for granted. A step that differs for a free
`\bar{x}` is tried with the mean over the index of a sum in the step. It may hold so; it fails so
only where the words speak of means, or another step holds with the mean alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from proofcheck.formula.expr import Entry, Expr, Number, Quotient, Summation, Symbol, walk
from proofcheck.inference.conventions import unbarred
from proofcheck.inference.model import Claim, Defined, Free, Model
from proofcheck.inference.readings import Place, Reading, all_leaves
from proofcheck.numeric.trial import Agrees, Differs, try_claim

MEANS = ("with bars for means",)
_WORDS = re.compile(r"\b(?:means?|averages?)\b")


def speaks_of_means(words: str) -> bool:
    """Whether the words of a document do."""
    return bool(_WORDS.search(words))


def tried_with_means(
    model: Model, reading: Reading, place: Place, claim: Claim, seed: str
) -> Agrees | Differs | None:
    """What a claim comes to where its bars are means, if it has any and a sum says over what."""
    told = with_means(model, claim)
    if told is None:
        return None
    found = try_claim(told, reading, place, claim, seed)
    if isinstance(found, Agrees):
        return Agrees(found.evidence, MEANS, found.tried)
    return replace(found, kept=True, with_means=True) if isinstance(found, Differs) else None


def with_means(model: Model, claim: Claim) -> Model | None:
    """The model in which every free bar in a claim is a mean; None if one cannot be."""
    variables = dict(model.variables)
    names = {model.variables[key].name: key for key in all_leaves(model, claim)}
    found = False
    for name, key in names.items():
        below = unbarred(name)
        if not below or below not in names or not isinstance(model.variables[key].law, Free):
            continue
        mean = next(_means(claim, below), None)
        if mean is None:
            return None
        found = True
        law = Defined(mean, (), claim.names)
        variables[key] = replace(model.variables[key], law=law)
    return replace(model, variables=variables, leaves={}) if found else None


def _means(claim: Claim, name: str) -> Iterator[Expr]:
    """The mean of a letter over the index of each sum from 1 in which its entries stand."""
    for node in claim.nodes():
        match node:
            case Summation(operator="sum", indices=(index,), upper=upper, conditions=()) if (
                upper is not None and _is_one(node.lower)
            ):
                for entry in _entries(node.body, name, index):
                    yield Quotient(replace(node, body=entry), upper)
            case _:
                pass


def _is_one(lower: Expr | None) -> bool:
    return isinstance(lower, Number) and lower.value == 1


def _entries(body: Expr, name: str, index: str) -> Iterator[Entry]:
    """The entries of a letter at an index alone."""
    for node in walk(body):
        match node:
            case Entry(base=Symbol(name=base), indices=(Symbol(name=at),)) if at == index:
                if base.removesuffix(r"_{\cdot}") == name:
                    yield node
            case _:
                pass

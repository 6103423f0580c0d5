r"""Data in derivatives: in `y = X\beta + \varepsilon` a derivative by `\beta` holds `y` fixed.

The equation says how the data came about. A fit differentiates by the parameters with the data
given, so that `\varepsilon`, which is then `y - X\beta`, moves instead of `y`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from proofcheck.formula.expr import (
    Derivative,
    Differential,
    Directional,
    Entry,
    Expr,
    Negative,
    Sum,
    Symbol,
)
from proofcheck.inference.model import Claim, Defined, Free, Model
from proofcheck.inference.patterns import head_of
from proofcheck.inference.readings import all_leaves, leaves

DISTRIBUTED = "distributed"
"""The property of what stands before `\\sim`."""
BY_MOMENTS = "by moments"
"""The property of what has a law whose parameters are its mean and its covariance."""
_NOISE = frozenset((r"\varepsilon", r"\epsilon", r"\boldsymbol{\varepsilon}", r"\mathbf{e}"))
_NOISE |= {r"\boldsymbol{\epsilon}", r"\bm{\varepsilon}", r"\bm{\epsilon}"}
_ERRORS = frozenset((*"eunvwUEVNW", r"\eta", r"\nu", r"\xi"))
_ERRORS |= {rf"\mathbf{{{letter}}}" for letter in "unvwUEVN"}
_RESPONSES = frozenset(("y", "Y", r"\mathbf{y}", r"\mathbf{Y}", "z", "Z", r"\mathbf{z}"))
"""Letters of errors, which are noise at the end of an equation for one of the others alone."""


@dataclass(frozen=True, slots=True)
class Observed:
    """A symbol that an equation gives as a sum with noise; what the noise is where it is given."""

    key: str
    noise: str
    residual: Defined


def observed(model: Model) -> Mapping[str, Observed]:
    """The symbols that model equations speak of, by key."""
    found = (_observed(model, key) for key in model.variables)
    return {each.key: each for each in found if each is not None}


def _observed(model: Model, key: str) -> Observed | None:
    law = model.variables[key].law
    if not isinstance(law, Defined) or law.parameters or not isinstance(law.expr, Sum):
        return None
    name = model.variables[key].name
    noise = [term for term in law.expr.terms if _is_noise(model, term, law, name)]
    if len(noise) != 1:
        return None
    rest = tuple(Negative(term) for term in law.expr.terms if term is not noise[0])
    noisy = head_of(noise[0])
    assert noisy is not None
    letters = tuple(Symbol(index) for index in law.indices)
    whole = Symbol(name)
    itself: Expr = Entry(whole, letters) if letters else whole
    names = {**law.names, name: key}
    residual = Defined(Sum((itself, *rest)), (), names, law.indices)
    return Observed(key, law.names[noisy], residual)


def _is_noise(model: Model, term: Expr, law: Defined, given: str) -> bool:
    """Whether a term is a free symbol, or its entry at the same indices, that stands for noise in
    an equation for what is called `given`."""
    assert isinstance(law.expr, Sum)
    match term:
        case Symbol(name=name):
            pass
        case Entry(base=Symbol(name=name), indices=indices):
            if indices != tuple(Symbol(index) for index in law.indices):
                return False
        case _:
            return False
    variable = model.variables.get(law.names.get(name, ""))
    if variable is None or not isinstance(variable.law, Free):
        return False
    letter = name.partition("_")[0]
    errs = letter in _ERRORS and given in _RESPONSES and term is law.expr.terms[-1]
    return DISTRIBUTED in variable.properties or letter in _NOISE or errs


def with_data_fixed(model: Model, claim: Claim, data: Mapping[str, Observed]) -> Model:
    """The model in which the data are free that a claim differentiates through; the same model if
    there are none, or if it is the data themselves that are differentiated."""
    moved, operands = _moved(claim)
    if not moved:
        return model
    rests = all_leaves(model, claim)
    variables = dict(model.variables)
    for key in rests & data.keys():
        each = data[key]
        law = model.variables[key].law
        assert isinstance(law, Defined)
        if key not in operands and moved & leaves(model, law.expr, law.names):
            variables[key] = replace(variables[key], law=Free())
            variables[each.noise] = replace(variables[each.noise], law=each.residual)
    if variables == model.variables:
        return model
    return replace(model, variables=variables, leaves={})


def _moved(claim: Claim) -> tuple[set[str], set[str]]:
    """What a claim differentiates by, and the symbols that it differentiates, by their keys."""
    by: set[str | None] = set()
    operands: set[str | None] = set()
    moved: set[str] = set()
    for node in claim.nodes():
        match node:
            case Derivative(operand=operand, by=variables):
                operands.add(head_of(operand))
                by.update(head_of(variable) for variable in variables)
            case Directional(operand=operand):
                by.update(head_of(argument) for argument in operand.arguments)
            case Differential(operand=operand):
                operands.add(head_of(operand))
                moved |= claim.varying
            case _:
                pass
    names = claim.names
    moved |= {names[name] for name in by if name is not None and name in names}
    return moved, {names[name] for name in operands if name is not None and name in names}

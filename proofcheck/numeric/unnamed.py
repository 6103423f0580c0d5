"""Letters of which the text says nothing, and what a step may say of a function's derivatives."""

from __future__ import annotations

from dataclasses import replace

from proofcheck.formula.expr import Apply, Call, Derivative, Differential, Expr, Symbol, walk
from proofcheck.inference.model import Claim, Defined, Free, Function, Model, Names, Variable
from proofcheck.inference.readings import all_leaves, leaves
from proofcheck.numeric.said import Trial
from proofcheck.numeric.trial import Agrees

_CUSTOMARY = {r"\sigma": ("logistic", "the logistic function")}
"""Letters for functions that need no words where they stand before a bracket, with the operator
(Bishop, Pattern Recognition and Machine Learning, 4.2)."""
_VECTORS = {r"\iota": "all-ones", r"\mathbf{\iota}": "all-ones"}
"""Letters for vectors that need no words, with what they are (Magnus and Abadir, Econometrics
Journal 2002, 5, 76 to 90)."""
_ARGUMENT = "@argument"


def as_customary(trial: Trial) -> Agrees | None:
    """That a claim holds if functions and vectors that the text leaves open are those of custom."""
    model = trial.model
    ones = {
        key: replace(variable, properties=variable.properties | {_VECTORS[variable.name]})
        for key in all_leaves(model, trial.claim)
        if (variable := model.variables[key]).name in _VECTORS and isinstance(variable.law, Free)
        if not variable.properties
    }
    open_ = {
        key: model.variables[key]
        for key in all_leaves(model, trial.claim)
        if isinstance(model.variables[key].law, Function)
        and model.variables[key].name in _CUSTOMARY
    }
    if not open_ and not ones:
        return None
    variables = {**model.variables, **ones}
    for key, variable in open_.items():
        operator = _CUSTOMARY[variable.name][0]
        inner = key + _ARGUMENT
        law = Defined(Call(operator, (Symbol(_ARGUMENT),)), (_ARGUMENT,), {_ARGUMENT: inner})
        variables[key] = replace(variable, law=law)
        variables[inner] = Variable(inner, _ARGUMENT, Free(), "scalar")
    found = trial.outcome(replace(model, variables=variables, leaves={}), trial.claim)
    if not isinstance(found, Agrees):
        return None
    said = [f"`{v.name}` as {_CUSTOMARY[v.name][1]}" for v in open_.values()]
    said += [f"`{variable.name}` as the vector of ones" for variable in ones.values()]
    return Agrees(found.evidence, (*found.notes, f"with {' and '.join(sorted(said))}"))


def derives_unknown(model: Model, claim: Claim) -> str:
    """The function without a law whose derivative one side of a claim takes, and of which the other
    has none, or the empty string: `d\\sigma(w) = \\ldots` says what it is."""
    left, right = (_differentiated(model, side, claim.names) for side in (claim.left, claim.right))
    primed = {
        node.function.name for node in claim.nodes() if isinstance(node, Apply) and node.primes
    }
    names = sorted(model.variables[key].name for key in left ^ right)
    return next((name for name in names if name not in primed), "")


def _differentiated(model: Model, side: Expr, names: Names) -> set[str]:
    """The functions without a law that rest below the differentials and derivatives of a side."""
    operands = [n.operand for n in walk(side) if isinstance(n, Differential | Derivative)]
    return {
        key
        for operand in operands
        for key in leaves(model, operand, names)
        if isinstance(model.variables[key].law, Function)
    }

r"""Claims that the law of the text contradicts: `\mathrm{Var}(\bar x) = \sigma^2` of `n` of them.

A claim differs for one distribution, and may be about another; nobody is accused unless the text
leaves no other: one law, without a condition, that gives the mean and the covariance of the only
random variable in a claim of which every other symbol is in that law or on both sides.
"""

from __future__ import annotations

import re
from dataclasses import replace

from proofcheck.formula.expr import (
    Call,
    Entry,
    Expr,
    Moment,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Summation,
    Symbol,
    children,
    free_indices,
    symbols,
    walk,
)
from proofcheck.inference.model import Claim, Defined, Model, Names, Spread
from proofcheck.inference.readings import leaves, said_by
from proofcheck.numeric.by_law import by_law, imposed_on
from proofcheck.numeric.said import Trial
from proofcheck.numeric.trial import Differs

_OTHER_LAWS = re.compile(
    r"posterior|\bprior|condition|truncat|approximat|asymptot|variational|biased|mixture"
    r"|independen(?!t and identically)|robust|misspecif"
)
_COVARIANCES = re.compile(r"(?:\\[a-z]+\{)*(?:\\Sigma|Σ|[CKQRSV])\}*(?:_\{\w+\})?")
_NORMAL = (r"\mathcalN", "N")
_LINEAR = frozenset(("transpose", "trace", "vec"))
_TOO_HIGH = 3


def against_law(trial: Trial, prose: str) -> Differs | None:
    """How a claim differs for the only distribution that it can be about; None where it does not,
    or may be about others."""
    model, claim = trial.model, trial.claim
    law = _measure(claim) or _only_law(trial, prose)
    if law is None:
        return None
    key, spread = law
    if not (_speaks_plainly(model, claim, key) and _is_tied(model, claim, key, spread)):
        return None
    told = replace(model, spreads={key: [replace(spread, strict=True)]} if spread.places else {})
    found = by_law(replace(trial, model=told))
    return found if isinstance(found, Differs) else None


def _only_law(trial: Trial, prose: str) -> tuple[str, Spread] | None:
    """The random variable of a claim with its law, where it has one and the text speaks of no
    other."""
    imposed = imposed_on(trial.model, trial.place, trial.claim)
    if len(imposed) != 1 or _OTHER_LAWS.search(prose):
        return None
    key, spread = next(iter(imposed.items()))
    moments = (node for node in trial.claim.nodes() if isinstance(node, Moment))
    if any(node.over or node.given for node in moments):
        return None
    one = len(trial.model.spreads[key]) == 1
    return (key, spread) if one and _is_settled(trial.model, key, spread) else None


def _measure(claim: Claim) -> tuple[str, Spread] | None:
    """The random variable with its law that all moments of a claim name: a normal one."""
    moments = [node for node in claim.nodes() if isinstance(node, Moment)]
    if len({node.measure for node in moments}) != 1 or not moments[0].law:
        return None
    name = moments[0].measure.partition("(")[0]
    variable = moments[0].over[0]
    if name not in _NORMAL or not isinstance(variable, Symbol) or variable.name not in claim.names:
        return None
    mean, covariance = moments[0].law
    return claim.names[variable.name], Spread(mean, covariance, claim.names, ())


def _is_settled(model: Model, key: str, spread: Spread) -> bool:
    """Whether the law gives both moments in a way that nobody means otherwise: a letter alone may
    be a standard deviation or a precision."""
    name = model.variables[key].name
    alone = sum(variable.name == name for variable in model.variables.values()) == 1
    scale = spread.covariance
    if isinstance(scale, Symbol) and (spread.number or not _COVARIANCES.fullmatch(scale.name)):
        return False
    return alone and spread.mean is not None and scale is not None and not spread.doubtful


def _speaks_plainly(model: Model, claim: Claim, key: str) -> bool:
    """Whether all moments are of what is given, and of no more than the second order."""
    nodes = [node for expr in said_by(model, claim) for node in walk(expr)]
    moments = [node for node in nodes if isinstance(node, Moment)]
    if not (symbols(claim.left) and symbols(claim.right)):  # a value may be supposed
        return False
    if len(free_indices(claim.left) | free_indices(claim.right)) > 1:
        return False
    degrees = (degree(model, side, claim.names, key) for side in (claim.left, claim.right))
    return bool(moments) and all(found == 0 for found in degrees)


def _is_tied(model: Model, claim: Claim, key: str, spread: Spread) -> bool:
    """Whether every symbol that a claim writes is in the law, has a definition or stands on both
    sides."""
    law = frozenset[str]().union(
        *(leaves(model, part, spread.names) for part in (spread.mean, spread.covariance) if part)
    )
    left, right = (
        {claim.names[name] for name in symbols(side) if name in claim.names}
        for side in (claim.left, claim.right)
    )
    loose = (left ^ right) - law - {key}
    return all(isinstance(model.variables[each].law, Defined) for each in loose)


def degree(model: Model, expr: Expr, names: Names, key: str) -> int:
    """The degree of an expression in a random variable, 3 where it is more than the second or not
    known. A moment is a constant, if it is of no more than the second order."""

    def of(part: Expr) -> int:
        return degree(model, part, names, key)

    match expr:
        case Symbol(name=name):
            law = model.variables[names[name]].law if name in names else None
            if names.get(name) == key:
                return 1
            return degree(model, law.expr, law.names, key) if isinstance(law, Defined) else 0
        case Sum(terms=terms):
            return max(map(of, terms))
        case Negative(term=part) | Entry(base=part) | Summation(operator="sum", body=part):
            return of(part)
        case Product(factors=factors):
            return min(sum(map(of, factors)), _TOO_HIGH)
        case Quotient(numerator=top, denominator=bottom):
            return of(top) if of(bottom) == 0 else _TOO_HIGH
        case Power(base=base, exponent=Number(value=value)) if value == 2:
            return min(2 * of(base), _TOO_HIGH)
        case Call(operator=operator, arguments=(part,)) if operator in _LINEAR:
            return of(part)
        case Moment(operator="expectation", arguments=(part,)):
            return 0 if of(part) < _TOO_HIGH else _TOO_HIGH
        case Moment(operator="variance", arguments=(part,)):
            return 0 if of(part) < 2 else _TOO_HIGH
        case Moment(operator="covariance", arguments=(one, other)):
            return 0 if of(one) + of(other) < _TOO_HIGH else _TOO_HIGH
        case _:
            return _TOO_HIGH if any(map(of, children(expr))) else 0

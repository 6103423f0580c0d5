r"""Claims that the law of the text contradicts: `\mathrm{Var}(\bar x) = \sigma^2` of `n` of them.

A claim differs for one distribution, and may be about another; nobody is accused unless the text
leaves no other: one law, without a condition, that gives the mean and the covariance of the only
random variable in a claim of which every other symbol is in that law or on both sides. Moments of
the third and the fourth order count where the law is one of which all parameters are known.
"""

from __future__ import annotations

import re
from dataclasses import replace

from proofcheck.formula.expr import Moment, Symbol, free_indices, symbols, walk
from proofcheck.inference.model import Claim, Defined, Model, Spread
from proofcheck.inference.readings import leaves, said_by
from proofcheck.numeric.by_law import by_law, imposed_on
from proofcheck.numeric.cubature import ORDER
from proofcheck.numeric.degrees import degree
from proofcheck.numeric.said import Trial
from proofcheck.numeric.trial import Differs

_OTHER_LAWS = re.compile(
    r"posterior|\bprior|condition|truncat|approximat|asymptot|variational|biased|mixture"
    r"|robust|misspecif"
)
_COVARIANCES = re.compile(r"(?:\\[a-z]+\{)*(?:\\Sigma|Σ|[CKQRSV])\}*(?:_\{\w+\})?")
_NORMAL = (r"\mathcalN", "N")


def against_law(trial: Trial, prose: str) -> Differs | None:
    """How a claim differs for the only distribution that it can be about; None where it does not,
    or may be about others."""
    model, claim = trial.model, trial.claim
    law = _measure(claim) or _only_law(trial, prose)
    if law is None:
        return None
    key, spread = law
    most = ORDER if spread.fourth is not None else 2
    if not (_speaks_plainly(model, claim, key, most) and _is_tied(model, claim, key, spread)):
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
    be a standard deviation or a precision, unless words or an equation call it a variance."""
    name = model.variables[key].name
    alone = sum(variable.name == name for variable in model.variables.values()) == 1
    scale = spread.covariance
    if isinstance(scale, Symbol) and (spread.normal or spread.across is not None):
        squared = scale.name.endswith("^{2}")  # `\sigma^2`, of which the root is nowhere written
        if not squared and (spread.number or not _COVARIANCES.fullmatch(scale.name)):
            return False
    return alone and spread.mean is not None and scale is not None and not spread.doubtful


def _speaks_plainly(model: Model, claim: Claim, key: str, most: int) -> bool:
    """Whether all moments are of what is given, and of no higher order than is known."""
    nodes = [node for expr in said_by(model, claim) for node in walk(expr)]
    moments = [node for node in nodes if isinstance(node, Moment)]
    if not (symbols(claim.left) and symbols(claim.right)):  # a value may be supposed
        return False
    if len(free_indices(claim.left) | free_indices(claim.right)) > 1:
        return False
    sides = (claim.left, claim.right)
    degrees = (degree(model, side, claim.names, frozenset((key,)), most) for side in sides)
    return bool(moments) and all(found == 0 for found in degrees)


def _is_tied(model: Model, claim: Claim, key: str, spread: Spread) -> bool:
    """Whether every symbol that a claim writes is in the law, has a definition or stands on both
    sides."""
    law = frozenset[str]().union(
        *(leaves(model, part, spread.names) for part in (spread.mean, spread.covariance) if part)
    )
    sides = (claim.left, claim.right)
    written = [{claim.names[n] for n in symbols(side) if n in claim.names} for side in sides]
    resting = [set(leaves(model, side, claim.names)) for side in sides]
    loose = [(left ^ right) - law - {key} for left, right in (written, resting)]
    return any(all(isinstance(model.variables[k].law, Defined) for k in each) for each in loose)

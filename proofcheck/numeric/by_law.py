r"""Claims that rest on the laws of the text: `E[\varepsilon^TA\varepsilon] = \sigma^2{\rm tr}A`.

Such a claim is not true of every distribution, and is tried on spaces with the means and the
covariances that the text gives (`numeric/spreads`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from proofcheck.formula.expr import Call, Entry, Expr, Moment, Product, Sum, Symbol, symbols, walk
from proofcheck.inference.model import Claim, Free, Model, Names, Spread
from proofcheck.inference.randomness import speaks_of_moments
from proofcheck.inference.readings import Place, Reading, all_leaves, said_by
from proofcheck.inference.shaping import retyped
from proofcheck.numeric.cubature import ORDER
from proofcheck.numeric.degrees import total_degree
from proofcheck.numeric.generating import with_generating
from proofcheck.numeric.means import MEANS, with_means
from proofcheck.numeric.said import Trial
from proofcheck.numeric.trial import Agrees, Differs, Outcome, as_meant, try_claim


def by_law(trial: Trial) -> Outcome | None:
    """What a claim comes to for random variables with the moments that the text gives; None where
    it gives none, or where the claim is what gives them."""
    model, claim, reading = trial.model, trial.claim, trial.reading
    imposed = imposed_on(model, trial.place, claim)
    measured = any(isinstance(node, Moment) and node.law for node in claim.nodes())
    if not (imposed or measured) or not any(map(speaks_of_moments, said_by(model, claim))):
        return None
    claim, numbers = with_generating(model, claim, imposed)
    told = _symmetric(model, reading, _covariances(imposed, claim))
    told = replace(told, imposed=imposed, random=_random(model, claim, imposed), measured=True)
    beside = [pair for key, spread in imposed.items() for pair in _shapes(model, key, spread)]
    kinds = {key: "S" for key, spread in imposed.items() if spread.number and not spread.indices}
    kinds |= dict.fromkeys(numbers, "S")
    read = replace(reading, kinds={**reading.kinds, **kinds})
    place, component = trial.place, trial.component
    changed, typed = retyped(replace(told, leaves={}), component, read, place, claim, beside)
    found = try_claim(changed, typed, place, claim, trial.seed)
    if isinstance(found, Differs):
        found = as_meant(changed, typed, place, claim, trial.seed) or found
    if isinstance(found, Differs):
        found = _of_independent(changed, typed, trial, imposed) or found
    barred = with_means(changed, claim) if isinstance(found, Differs) else None
    if barred is not None:
        free = {key for key in barred.random if isinstance(barred.variables[key].law, Free)}
        barred = replace(barred, random=frozenset(free))
        again = try_claim(barred, typed, place, claim, trial.seed)
        found = replace(again, notes=MEANS) if isinstance(again, Agrees) else found
    if isinstance(found, Agrees):
        named = " and ".join(f"`{model.variables[key].name}`" for key in imposed)
        note = f"by the law that the text gives {named}" if imposed else "by the laws that it names"
        return replace(found, notes=(*found.notes, note))
    return found


def _of_independent(
    model: Model, reading: Reading, trial: Trial, imposed: Mapping[str, Spread]
) -> Outcome | None:
    """What a claim comes to for independent variables with the moments of their laws up to the
    fourth; None where it is of a higher order, or where it differs and is of no more than the
    second, which needs no independence."""
    order = total_degree(model, trial.claim, imposed.keys(), ORDER)
    if order > ORDER:
        return None
    told = replace(model, independent=True, leaves={})
    found = try_claim(told, reading, trial.place, trial.claim, trial.seed)
    higher = total_degree(model, trial.claim, imposed.keys(), 2) > 2
    return found if higher or isinstance(found, Agrees) else None


def imposed_on(model: Model, place: Place, claim: Claim) -> dict[str, Spread]:
    """What the text says of the random variables of a claim; empty where it is the claim itself.

    Of several laws of a variable the last before the claim counts, or else the first behind it.
    """
    found: dict[str, Spread] = {}
    every = Counter(variable.name for variable in model.variables.values())
    later = {v.name: key for key, v in model.variables.items() if every[v.name] == 1}
    for key in sorted(all_leaves(model, claim) & model.spreads.keys()):
        spreads = model.spreads[key]
        if any(place in spread.places for spread in spreads):
            return {}
        before = [spread for spread in spreads if spread.places[0] < place]
        spread = before[-1] if before else spreads[0]
        found[key] = replace(spread, names={**later, **claim.names, **spread.names})
    return found


def _random(model: Model, claim: Claim, imposed: Mapping[str, Spread]) -> frozenset[str]:
    r"""What is random beside laws: what the text says to be so, and what a claim writes in moments
    alone. What only a definition brings in, as `X\beta` of `y = X\beta + u`, is a constant, and so
    are the parameters of the laws."""
    written = {
        claim.names[name]
        for side in (claim.left, claim.right)
        for name in symbols(side)
        if name in claim.names
    }
    parameters = {
        spread.names[name]
        for spread in imposed.values()
        for part in (spread.mean, spread.covariance)
        if part is not None
        for name in symbols(part)
        if name in spread.names
    }
    return model.declared | imposed.keys() | ((model.random & written) - parameters)


def _covariances(imposed: Mapping[str, Spread], claim: Claim) -> Iterator[tuple[Expr, Names]]:
    """The covariances of the laws that a claim rests on."""
    for spread in imposed.values():
        for said in (spread.covariance, spread.across):
            if said is not None and not spread.indices:
                yield said, spread.names
    for node in claim.nodes():
        if isinstance(node, Moment) and node.law:
            yield node.law[1], claim.names


def _symmetric(model: Model, reading: Reading, covariances: Iterable[tuple[Expr, Names]]) -> Model:
    r"""The model in which a matrix is symmetric that numbers alone make a covariance: `V` beside
    `\mathcal{N}(0, \sigma^2V)`."""
    variables = dict(model.variables)
    for said, names in covariances:
        written = [node.name for node in walk(said) if isinstance(node, Symbol)]
        known = [names[name] for name in written if name in names]
        keys = [key for key in known if reading.kinds.get(key) == "M"]
        if len(keys) == 1:
            variable = variables[keys[0]]
            properties = variable.properties | {"symmetric", "positive definite"}
            variables[keys[0]] = replace(variable, properties=properties)
    return replace(model, variables=variables)


def _shapes(model: Model, key: str, spread: Spread) -> list[tuple[Expr, Names]]:
    """Expressions that have a shape where the parameters of a law fit its variable."""
    name = model.variables[key].name
    whole: Expr = Symbol(name)
    if spread.indices:
        whole = Entry(whole, tuple(Symbol(index) for index in spread.indices))
    names = {**spread.names, name: key}
    turned = Call("transpose", (whole,))
    squares = [(Product((whole, turned)), spread.covariance)]
    if spread.across is not None:
        squares.append((Product((turned, whole)), spread.across))
    pairs = [(whole, spread.mean), *squares]
    return [
        (Sum((mine, theirs)), names)
        for mine, theirs in pairs
        if theirs is not None and symbols(theirs) - {*spread.indices} <= names.keys()
    ]

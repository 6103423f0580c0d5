"""One kind for every symbol: readings of the formulas that hang together, best first."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from itertools import product
from math import prod

from proofcheck.formula.expr import Expr
from proofcheck.inference.conventions import Costs, candidates, integers, is_capital, turned
from proofcheck.inference.fitting import Fit, Fitting
from proofcheck.inference.model import Claim, Defined, Introduction, Model, Tangent, Variable
from proofcheck.inference.readings import (
    Component,
    Place,
    Reading,
    evidence_of,
    keys_of,
)
from proofcheck.inference.shaping import SQUARE, typed

# What steps that don't fit weigh against the cost of other kinds. A step has little say in its own
# favour: sides without a shape count once a derivation, sides that differ no more than 2 in all.
_ILL, _ILL_AGAIN = 2.6, 0.4
_APART, _APART_AT_MOST = 1.5, 1.7
_OF_MATRICES = frozenset(("symmetric", "skew-symmetric"))
_RIVAL = 0.7  # how much dearer a reading may be that is still worth a try
_TRIALS = 120
_MOST_KINDS = 243


def readings(model: Model, component: Component, layout: str) -> Iterator[Reading]:
    """Readings of a component: the one that fits most at the least cost, then its near rivals."""
    if not model.evidence:
        model.evidence.append(evidence_of(model))
    costs = {key: _costs_of(model, key) for key in component.free}
    whole = integers(_expressions(model, component))
    start = {key: options[0][0] for key, options in costs.items()}
    base = sum(options[0][1] for options in costs.values())
    first = typed(model, component, start, layout, base)
    first.whole = whole
    if not first.ill and not first.blocked:
        yield first
        return
    found = sorted(_search(model, component, layout, costs, start, base), key=lambda f: f[:2])
    best, _, cheapest, _ = found[0]
    for total, trial, cost, kinds in found:
        if total <= best + _RIVAL and cost <= cheapest + _RIVAL:
            reading = first if trial == 0 else typed(model, component, kinds, layout, cost)
            reading.whole = whole
            yield reading


Kinds = dict[str, str]


def _search(
    model: Model,
    component: Component,
    layout: str,
    costs: dict[str, Costs],
    start: Kinds,
    base: float,
) -> Iterator[tuple[float, int, float, Kinds]]:
    """Kinds that are worth a try, from the cheapest on: what they come to with what does not fit,
    the number of the trial, what they cost themselves."""
    fitting = Fitting(model, component, layout)
    heap: list[tuple[float, int, Kinds]] = [(base, 0, start)]
    seen: set[frozenset[tuple[str, str]]] = {frozenset()}
    best = float("inf")
    for trial in range(_TRIALS):
        if not heap:
            break
        cost, _, kinds = heapq.heappop(heap)
        if cost >= best + 1.0:
            continue
        fit = fitting.fit(kinds)
        total = cost + _misfit(fit)
        best = min(best, total)
        yield total, trial, cost, kinds
        for changed, extra in _changes(model, fit, kinds, costs):
            departs = frozenset(item for item in changed.items() if start[item[0]] != item[1])
            if departs not in seen:
                seen.add(departs)
                heapq.heappush(heap, (cost + extra, len(seen), changed))


def strain(model: Model, reading: Reading, places: Iterable[Place]) -> float:
    """What convention has against the kinds of the symbols that some steps speak of."""
    keys = set().union(*(keys_of(model, place) for place in places)) & reading.kinds.keys()
    costs = {key: _costs_of(model, key) for key in sorted(keys)}
    return sum(dict(costs[key]).get(reading.kinds[key], 0.0) for key in costs)


def _costs_of(model: Model, key: str) -> Costs:
    """The kinds that a symbol may have, and what each costs."""
    variable, evidence = model.variables[key], model.evidence[0]
    costs = candidates(variable.name, evidence)
    called = variable.properties & _OF_MATRICES and is_capital(variable.name)
    matrix = called and variable.name not in evidence.applied
    return _costs(variable, turned(costs) if matrix else costs)


def fits_otherwise(
    model: Model, component: Component, reading: Reading, place: Place, most: float
) -> bool:
    """Whether a step that has no shape has one for other kinds of its symbols, which are at most
    so much dearer, whatever becomes of other steps.

    A letter with the property of a square matrix is none of anything else.
    """
    options = _options(model, component, reading, place)
    if prod(map(len, options)) > _MOST_KINDS:
        return True
    for chosen in product(*options):
        if sum(extra for _, _, extra in chosen) > most:
            continue
        kinds = dict(reading.kinds) | {key: kind for key, kind, _ in chosen}
        other = typed(model, component, kinds, reading.layout, reading.cost)
        if place not in other.ill and place not in other.blocked:
            return True
    return False


def _options(
    model: Model, component: Component, reading: Reading, place: Place
) -> list[list[tuple[str, str, float]]]:
    """For each symbol of a step the kinds that it may have, and how much dearer they are."""
    options: list[list[tuple[str, str, float]]] = []
    for key in sorted(keys_of(model, place) & {*component.free}):
        variable = model.variables[key]
        costs = _costs_of(model, key)
        now = dict(costs).get(reading.kinds.get(key, "S"), 0.0)
        if variable.properties & SQUARE:
            costs = tuple(option for option in costs if option[0] in ("M", "G"))
        options.append([(key, kind, cost - now) for kind, cost in costs])
    return options


def _misfit(fit: Fit) -> float:
    shapeless = [place for place in (*fit.ill, *fit.blocked) if place not in fit.apart]
    derivations = len({d for d, _ in shapeless})
    again = len(shapeless) - derivations
    apart = min(_APART * len(fit.apart), _APART_AT_MOST)
    return _ILL * derivations + _ILL_AGAIN * again + apart


def _expressions(model: Model, component: Component) -> Iterator[Expr]:
    for d, s in component.places:
        match model.meanings[d][s]:
            case Claim(left=left, right=right):
                yield left
                yield right
            case Introduction(key=key):
                law = model.variables[key].law
                if isinstance(law, Defined | Tangent):
                    yield law.expr
            case _:
                pass


_DECLARED = {"scalar": "S", "vector": "C", "matrix": "M", "vectors": "F", "matrices": "G"}
_DECLARED |= {"elementwise": "E", "scalars": "C"}


def _costs(variable: Variable, conventional: Costs) -> Costs:
    """What was declared is the only candidate; else what convention says."""
    declared = _DECLARED.get(variable.kind)
    if declared is None:
        return conventional
    options = [kind for kind, _ in conventional]
    if variable.kind == "scalars":  # what is said of `x_i` is not said of an `x` beside it
        single = "F" in options and "M" not in options  # nor of `x_{ij}`
        return ((declared, 0.0),) if single else conventional
    if declared in options and not variable.near:
        least = min(cost for _, cost in conventional)
        others = tuple(
            (kind, cost - least + 0.3) for kind, cost in conventional if kind != declared
        )
        return ((declared, 0.0), *others)
    if declared in options or (variable.near and options == ["S"]):
        return ((declared, 0.0),)  # a letter that is a size elsewhere may be said to be none here
    return conventional


def _changes(
    model: Model, fit: Fit, kinds: Kinds, costs: dict[str, Costs]
) -> Iterator[tuple[Kinds, float]]:
    troubled = [*fit.ill, *fit.blocked][:3]
    keys = sorted(set().union(*(keys_of(model, place) for place in troubled))) if troubled else []
    for key in keys:
        if key not in costs:
            continue
        now = dict(costs[key])[kinds[key]]
        for kind, cost in costs[key]:
            if kind != kinds[key]:
                yield kinds | {key: kind}, cost - now

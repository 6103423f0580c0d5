"""The formulas that hang together, and what a reading of them settles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod

from proofcheck.formula.expr import Expr, symbols
from proofcheck.formula.shape import SCALAR, Axis, Shape
from proofcheck.inference.conventions import gather
from proofcheck.inference.model import (
    Claim,
    Defined,
    Free,
    Introduction,
    Model,
    Names,
    Posed,
    Tangent,
)
from proofcheck.inference.shapes import Known, Shapes
from proofcheck.inference.unification import ShapeMismatch, Unifier

<<<<<<< HEAD
=======
# What steps that don't fit weigh against the cost of other kinds. A step has little say in its own
# favour: sides without a shape count once a derivation, sides that differ no more than 2 in all.
_ILL, _ILL_AGAIN = 2.6, 0.4
_APART, _APART_AT_MOST = 1.5, 1.7
_RIVAL = 0.7  # how much dearer a reading may be that is still worth a try
_TRIALS = 120
_MOST_KINDS = 243
>>>>>>> 5702ed1 (An equation of a number and a matrix is not posed: it fails by its shapes)
Place = tuple[int, int]  # derivation, step


@dataclass(frozen=True, slots=True)
class Component:
    """The steps that share symbols, directly or through definitions."""

    places: tuple[Place, ...]
    free: tuple[str, ...]


@dataclass(slots=True)
class Reading:
    """Kinds for the symbols of a component, and the shapes that follow.

    `ill` gives the places whose shapes don't fit, with the reason; of these, both sides of those
    in `apart` have the shapes it gives, and the left one of those in `left_ill` has none. `tied` is
    true where a derivative by an entry of a symmetric matrix moves its mirror image too. `blocked`
    are the places that rest on a definition that does not fit. `whole` are the names drawn as whole
    numbers, `counted` those whose entries are the ends of ranges, with the axes that these lie in.
    """

    kinds: Mapping[str, str]
    layout: str
    cost: float
    unifier: Unifier = field(default_factory=Unifier)
    shapes: dict[str, Shape] = field(default_factory=dict)
    sizes: dict[int, Shape] = field(default_factory=dict)
    axes: dict[tuple[int, str], Axis] = field(default_factory=dict)
    ranges: dict[Place, dict[str, Axis]] = field(default_factory=dict)
    ill: dict[Place, str] = field(default_factory=dict)
    apart: dict[Place, tuple[Known, Known]] = field(default_factory=dict)
    left_ill: set[Place] = field(default_factory=set)
    blocked: dict[Place, str] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()
    counted: dict[str, Axis] = field(default_factory=dict)
    tied: bool = False

    def show(self, key: str) -> str:
        """A symbol's kind and shape in words."""
        return Shapes(self.unifier, _no_symbol, _no_function, _never).show(
            self.shapes.get(key, SCALAR)
        )


def _no_symbol(name: str) -> Shape:
    raise ShapeMismatch(f"`{name}` is not known")


def _never(name: str, shapes: list[Known]) -> bool:
    return False


def _no_function(name: str, shapes: list[Known]) -> Shape:
    raise ShapeMismatch(f"`{name}` is not known")


def leaves(model: Model, expr: Expr, names: Names) -> frozenset[str]:
    """The keys of all variables that an expression rests on, defined ones among them."""
    place = (id(expr), id(names))
    if (
        place not in model.leaves
    ):  # what the key identifies is kept, so that no other takes its place
        model.leaves[place] = expr, names, frozenset(_leaves(model, expr, names))
    return model.leaves[place][2]


def _leaves(model: Model, expr: Expr, names: Names) -> set[str]:
    found: set[str] = set()
    stack = [names[name] for name in symbols(expr) if name in names]
    while stack:
        key = stack.pop()
        if key in found:
            continue
        found.add(key)
        law = model.variables[key].law
        if isinstance(law, Defined | Tangent):
            stack += [law.names[n] for n in symbols(law.expr) if n in law.names]
            if isinstance(law, Defined):
                stack += [law.names[n] for n in law.parameters if n in law.names]
    return found


def without_laws(model: Model) -> Model:
    """The model with every symbol free that an equation defines, functions left as they are."""
    variables = {
        key: replace(variable, law=Free())
        if isinstance(variable.law, Defined) and not variable.law.parameters
        else variable
        for key, variable in model.variables.items()
    }
    return replace(model, variables=variables, leaves={})


def all_leaves(model: Model, claim: Claim) -> frozenset[str]:
    """The keys of all variables that a claim rests on, defined ones among them."""
    return leaves(model, claim.left, claim.names) | leaves(model, claim.right, claim.names)


def said_by(model: Model, claim: Claim) -> Iterator[Expr]:
    """The sides of a claim and the definitions that they rest on."""
    yield claim.left
    yield claim.right
    for key in sorted(all_leaves(model, claim)):
        law = model.variables[key].law
        if isinstance(law, Defined):
            yield law.expr


def free_leaves(model: Model, claim: Claim) -> frozenset[str]:
    """The keys of the variables without a law that a claim rests on."""
    keys = all_leaves(model, claim)
    return frozenset(k for k in keys if not isinstance(model.variables[k].law, Defined | Tangent))


def keys_of(model: Model, place: Place) -> frozenset[str]:
    """The variables that a step speaks of."""
    match model.meanings[place[0]][place[1]]:
        case Claim() as claim:
            return all_leaves(model, claim)
        case Introduction(key=key):
            law = model.variables[key].law
            if isinstance(law, Defined | Tangent):
                return leaves(model, law.expr, law.names) | {key}
            return frozenset((key,))
        case _:
            return frozenset()


def components(model: Model, used: set[str] | None = None) -> list[Component]:
    """The steps grouped by shared symbols, in the order of the document.

    used: if given, definitions of other variables are left out.
    """
    parent: dict[object, object] = {}

    def find(item: object) -> object:
        while parent.setdefault(item, item) != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    places: list[tuple[Place, frozenset[str]]] = []
    for d, meanings in enumerate(model.meanings):
        for s, meaning in enumerate(meanings):
            if isinstance(meaning, Claim | Introduction):
                if (
                    used is not None
                    and isinstance(meaning, Introduction)
                    and meaning.key not in used
                ):
                    continue
                keys = keys_of(model, (d, s))
                places.append(((d, s), keys))
                for key in keys:
                    parent[find(key)] = find((d, s))
    groups: dict[object, list[tuple[Place, frozenset[str]]]] = {}
    for place, keys in places:
        groups.setdefault(find(place), []).append((place, keys))
    return [_component(model, group) for group in groups.values()]


def _component(model: Model, group: list[tuple[Place, frozenset[str]]]) -> Component:
    keys = set().union(*(keys for _, keys in group))
    free = sorted(k for k in keys if not isinstance(model.variables[k].law, Defined))
    return Component(tuple(place for place, _ in group), tuple(free))


def alone(model: Model, derivation: int, step: int | None = None) -> list[Component]:
    """The components of one derivation, or one step, by itself with the definitions it uses."""
    rows = [
        tuple(
            meaning
            if isinstance(meaning, Introduction) or (d == derivation and step in (None, s))
            else Posed()
            for s, meaning in enumerate(meanings)
        )
        for d, meanings in enumerate(model.meanings)
    ]
    only = replace(model, meanings=tuple(rows))
    used: set[str] = set()
    for s, meaning in enumerate(rows[derivation]):
        if isinstance(meaning, Claim | Introduction) and step in (None, s):
            used |= keys_of(model, (derivation, s))
    return [
        component
        for component in components(only, used)
        if any(d == derivation and step in (None, s) for d, s in component.places)
    ]


def from_afar(model: Model, derivation: int) -> Model:
    """A document in which what other parts say of the kinds of symbols weighs less here, and how
    they write them nothing, but for the definitions that the derivation rests on; nor do the sizes
    count that are said later, of another formula."""
    part = model.manners[derivation].part
    variables = {
        key: replace(
            variable,
            near=variable.near and variable.part == part,
            sizes=variable.sizes if variable.said <= derivation + 1 else ("", ""),
        )
        for key, variable in model.variables.items()
    }
    here = [
        meanings if manner.part == part else ()
        for meanings, manner in zip(model.meanings, model.manners, strict=True)
    ]
    places = ((derivation, step) for step in range(len(model.meanings[derivation])))
    used = sorted(set().union(*(keys_of(model, place) for place in places)))
    laws = {key: model.variables[key] for key in used}
    evidence = gather(everything(replace(model, meanings=tuple(here), variables=laws)))
    return replace(model, variables=variables, evidence=[evidence])


<<<<<<< HEAD
def everything(model: Model) -> Iterator[Expr]:
=======
def readings(model: Model, component: Component, layout: str) -> Iterator[Reading]:
    """Readings of a component: the one that fits most at the least cost, then its near rivals."""
    if not model.evidence:
        model.evidence.append(gather(_everything(model)))
    evidence = model.evidence[0]
    whole = integers(_expressions(model, component))
    costs = {
        key: _costs(model.variables[key], candidates(model.variables[key].name, evidence))
        for key in component.free
    }
    heap: list[tuple[float, int, float, dict[str, str]]] = []
    start = {key: options[0][0] for key, options in costs.items()}
    base = sum(options[0][1] for options in costs.values())
    seen = {tuple(sorted(start.items()))}
    found: list[tuple[float, int, Reading]] = []
    best = float("inf")
    heapq.heappush(heap, (base, 0, base, start))
    for trial in range(_TRIALS):
        if not heap:
            break
        _, _, cost, kinds = heapq.heappop(heap)
        if cost >= best + 1.0:
            continue
        reading = _typed(model, component, kinds, layout, cost)
        reading.whole = whole
        ill = len(reading.ill) + len(reading.blocked)
        total = cost + _misfit(reading)
        found.append((total, trial, reading))
        best = min(best, total)
        if not ill and trial == 0:
            break
        for changed, extra in _changes(model, reading, kinds, costs):
            key = tuple(sorted(changed.items()))
            if key not in seen:
                seen.add(key)
                heapq.heappush(heap, (cost + extra, len(seen), cost + extra, changed))
    found.sort(key=lambda item: item[:2])
    cheapest = found[0][2].cost
    for total, _, reading in found:
        if total <= best + _RIVAL and reading.cost <= cheapest + _RIVAL:
            yield reading


def fits_otherwise(
    model: Model, component: Component, reading: Reading, place: Place, most: float
) -> bool:
    """Whether a step that has no shape has one for other kinds of its symbols, which are at most
    so much dearer, and without which no other step loses its own.

    A letter with the property of a square matrix is none of anything else.
    """
    evidence = model.evidence[0]
    options: list[list[tuple[str, str, float]]] = []
    for key in sorted(keys_of(model, place) & {*component.free}):
        variable = model.variables[key]
        costs = _costs(variable, candidates(variable.name, evidence))
        now = reading.kinds.get(key, "S")
        if variable.properties & _SQUARE:
            costs = tuple(option for option in costs if option[0] in ("M", "G"))
        least = min((cost for kind, cost in costs if kind == now), default=0.0)
        options.append([(key, kind, cost - least) for kind, cost in costs])
    if prod(map(len, options)) > _MOST_KINDS:
        return True
    for chosen in product(*options):
        if sum(extra for _, _, extra in chosen) > most:
            continue
        kinds = dict(reading.kinds) | {key: kind for key, kind, _ in chosen}
        other = _typed(model, component, kinds, reading.layout, reading.cost)
        lost = {*other.ill, *other.blocked} - {*reading.ill, *reading.blocked}
        if place not in other.ill and place not in other.blocked and not lost:
            return True
    return False


def _misfit(reading: Reading) -> float:
    shapeless = [place for place in (*reading.ill, *reading.blocked) if place not in reading.apart]
    derivations = len({d for d, _ in shapeless})
    again = len(shapeless) - derivations
    apart = min(_APART * len(reading.apart), _APART_AT_MOST)
    return _ILL * derivations + _ILL_AGAIN * again + apart


def _everything(model: Model) -> Iterator[Expr]:
>>>>>>> 5702ed1 (An equation of a number and a matrix is not posed: it fails by its shapes)
    for variable in model.variables.values():
        if isinstance(variable.law, Defined | Tangent):
            yield variable.law.expr
    for meanings in model.meanings:
        for meaning in meanings:
            if isinstance(meaning, Claim):
                yield meaning.left
                yield meaning.right

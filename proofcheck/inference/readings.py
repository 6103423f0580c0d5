"""One kind for every symbol: readings of the formulas that hang together, best first."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from proofcheck.formula.expr import Expr
from proofcheck.formula.shape import SCALAR, Axis, Shape
from proofcheck.inference.conventions import Costs, candidates, gather, integers
from proofcheck.inference.model import (
    Claim,
    Defined,
    Function,
    Introduction,
    Model,
    Names,
    Tangent,
    Unread,
    Variable,
)
from proofcheck.inference.shapes import Known, Shapes
from proofcheck.inference.unification import ShapeMismatch, Unifier

_ILL = 4.0
_TRIALS = 120
Place = tuple[int, int]  # derivation, step


@dataclass(frozen=True, slots=True)
class Component:
    """The steps that share symbols, directly or through definitions."""

    places: tuple[Place, ...]
    free: tuple[str, ...]


@dataclass(slots=True)
class Reading:
    """Kinds for the symbols of a component, and the shapes that follow.

    `ill` gives the places whose shapes don't fit, with the reason; `blocked` those that rest on a
    definition that does not fit.
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
    blocked: dict[Place, str] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()
    typed: dict[int, Known] = field(default_factory=dict)

    def show(self, key: str) -> str:
        """A symbol's kind and shape in words."""
        return Shapes(self.unifier, _no_symbol, _no_function).show(self.shapes.get(key, SCALAR))


class _Blocked(Exception):
    pass


def _no_symbol(name: str) -> Shape:
    raise ShapeMismatch(f"`{name}` is not known")


def _no_function(name: str, shapes: list[Known]) -> Shape:
    raise ShapeMismatch(f"`{name}` is not known")


def leaves(model: Model, expr: Expr, names: Names) -> set[str]:
    """The keys of all variables that an expression rests on, defined ones among them."""
    from proofcheck.formula.expr import symbols

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


def keys_of(model: Model, place: Place) -> set[str]:
    """The variables that a step speaks of."""
    match model.meanings[place[0]][place[1]]:
        case Claim(left=left, right=right, names=names):
            return leaves(model, left, names) | leaves(model, right, names)
        case Introduction(key=key):
            law = model.variables[key].law
            if isinstance(law, Defined | Tangent):
                return {key} | leaves(model, law.expr, law.names)
            return {key}
        case _:
            return set()


def components(model: Model) -> list[Component]:
    """The steps grouped by shared symbols, in the order of the document."""
    parent: dict[object, object] = {}

    def find(item: object) -> object:
        while parent.setdefault(item, item) != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    places: list[tuple[Place, set[str]]] = []
    for d, meanings in enumerate(model.meanings):
        for s, meaning in enumerate(meanings):
            if isinstance(meaning, Claim | Introduction):
                keys = keys_of(model, (d, s))
                places.append(((d, s), keys))
                for key in keys:
                    parent[find(key)] = find((d, s))
    groups: dict[object, list[tuple[Place, set[str]]]] = {}
    for place, keys in places:
        groups.setdefault(find(place), []).append((place, keys))
    return [_component(model, group) for group in groups.values()]


def _component(model: Model, group: list[tuple[Place, set[str]]]) -> Component:
    keys = set().union(*(keys for _, keys in group))
    free = sorted(k for k in keys if not isinstance(model.variables[k].law, Defined))
    return Component(tuple(place for place, _ in group), tuple(free))


def readings(model: Model, component: Component, layout: str) -> Iterator[Reading]:
    """Readings of a component: the one that fits most at the least cost, then its near rivals."""
    exprs = list(_expressions(model, component))
    evidence = gather(exprs)
    whole = integers(exprs)
    costs = {key: _costs(model.variables[key], candidates(model.variables[key].name, evidence)) for key in component.free}
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
        bound, _, cost, kinds = heapq.heappop(heap)
        if cost >= best + 1.0:
            continue
        reading = _typed(model, component, kinds, layout, cost)
        reading.whole = whole
        ill = len(reading.ill) + len(reading.blocked)
        total = cost + _ILL * ill
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
    yield from (reading for total, _, reading in found if total <= best + 0.7)


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


def _costs(variable: Variable, conventional: Costs) -> Costs:
    """What was declared is the only candidate; else what convention says."""
    declared = {"scalar": "S", "vector": "C", "matrix": "M"}.get(variable.kind)
    if declared is None:
        return conventional
    options = [kind for kind, _ in conventional]
    if declared in options:
        return ((declared, 0.0),)
    if "F" in options and declared in "CM":
        return (("F" if declared == "C" else "G", 0.0), ("C", 0.5))
    return conventional


def _changes(
    model: Model, reading: Reading, kinds: dict[str, str], costs: dict[str, Costs]
) -> Iterator[tuple[dict[str, str], float]]:
    troubled = [*reading.ill, *reading.blocked][:3]
    keys = sorted(set().union(*(keys_of(model, place) for place in troubled))) if troubled else []
    for key in keys:
        if key not in costs:
            continue
        now = dict(costs[key])[kinds[key]]
        for kind, cost in costs[key]:
            if kind != kinds[key]:
                yield kinds | {key: kind}, cost - now


def _typed(
    model: Model, component: Component, kinds: Mapping[str, str], layout: str, cost: float
) -> Reading:
    reading = Reading(kinds, layout, cost)
    typing = _Typing(model, reading)
    for d, s in component.places:
        state = reading.unifier.save()
        try:
            typing.place((d, s))
        except ShapeMismatch as mismatch:
            reading.unifier.restore(state)
            reading.ill[d, s] = str(mismatch)
        except _Blocked as blocked:
            reading.unifier.restore(state)
            reading.blocked[d, s] = str(blocked)
    return reading


class _Typing:
    """Finds the shapes of variables on demand and of steps in order."""

    def __init__(self, model: Model, reading: Reading) -> None:
        self.model = model
        self.reading = reading
        self.open: set[str] = set()
        self.broken: dict[str, str] = {}
        self.arguments: dict[tuple[str, int], Shape] = {}

    def place(self, place: Place) -> None:
        """Types one step; raises if it does not fit."""
        match self.model.meanings[place[0]][place[1]]:
            case Claim(left=left, right=right, names=names):
                shapes = self._shapes(names)
                mine = self._side(shapes, left)
                theirs = self._side(shapes, right)
                self.reading.ranges[place] = shapes.ranges
                shapes.equate(mine, theirs)
            case Introduction(key=key):
                if key in self.broken:
                    raise ShapeMismatch(self.broken[key])
                try:
                    self._variable(key)
                except _Blocked as blocked:
                    raise ShapeMismatch(str(blocked)) from None
            case _:
                pass

    def _side(self, shapes: Shapes, expr: Expr) -> Known:
        return shapes.of(expr)

    def _shapes(self, names: Names) -> Shapes:
        reading = self.reading

        def symbol(name: str) -> Shape:
            return self._variable(names[name])

        def apply(name: str, arguments: list[Known]) -> Shape:
            return self._apply(names[name], arguments)

        return Shapes(
            reading.unifier, symbol, apply, reading.layout, {}, reading.sizes, reading.axes
        )

    def _variable(self, key: str) -> Shape:
        if key in self.reading.shapes:
            return self.reading.shapes[key]
        if key in self.broken:
            raise _Blocked(self.broken[key])
        variable = self.model.variables[key]
        law = variable.law
        if isinstance(law, Defined):
            return self._defined(key, law)
        shape = self._drawn(variable, self.reading.kinds.get(key, "S"))
        self.reading.shapes[key] = shape
        if isinstance(law, Tangent):
            shapes = self._shapes(law.names)
            shapes.equate(shape, shapes.of(law.expr))
        return shape

    def _defined(self, key: str, law: Defined) -> Shape:
        if key in self.open:
            raise _Blocked(f"`{key}` is defined by itself")
        self.open.add(key)
        try:
            shape = self._shapes(law.names).of(law.expr)
        except ShapeMismatch as mismatch:
            self.broken[key] = str(mismatch)
            raise _Blocked(str(mismatch)) from None
        finally:
            self.open.discard(key)
        if shape is None:
            shape = SCALAR
        self.reading.shapes[key] = shape
        return shape

    def _drawn(self, variable: Variable, kind: str) -> Shape:
        unifier = self.reading.unifier
        rows, columns = (unifier.name(size) if size else None for size in variable.sizes)
        first = rows if rows is not None else unifier.fresh()
        square = variable.properties & _SQUARE
        match kind:
            case "C":
                return (first, 1)
            case "M":
                if columns == 1 and rows is not None:
                    return (first, 1)
                second = columns if columns is not None else unifier.fresh()
                if square:
                    unifier.unify(first, second)
                return (first, second)
            case "F":
                return (unifier.fresh(), first, 1)
            case "G":
                return (unifier.fresh(), first, columns if columns is not None else unifier.fresh())
            case _:
                return SCALAR

    def _apply(self, key: str, arguments: list[Known]) -> Shape:
        variable = self.model.variables[key]
        law = variable.law
        if isinstance(law, Defined):
            value = self._variable(key)
            if not law.parameters:
                return value
            return self._defined_function(law, value, arguments)
        if self.reading.kinds.get(key) == "E":
            return arguments[0] or SCALAR
        value = self._variable(key)
        if isinstance(law, Function):
            for position, shape in enumerate(arguments):
                if shape is None:
                    continue
                known = self.arguments.setdefault((key, position), shape)
                self._shapes({}).equate(known, shape)
        return value

    def _defined_function(self, law: Defined, value: Shape, arguments: list[Known]) -> Shape:
        if len(arguments) != len(law.parameters):
            raise ShapeMismatch("the number of arguments differs from the definition's")
        expected = [self._variable(law.names[name]) for name in law.parameters]
        shapes = self._shapes({})
        if len(expected) == 1 and expected[0] == SCALAR == value:
            return arguments[0] or SCALAR
        for mine, theirs in zip(expected, arguments, strict=True):
            shapes.equate(mine, theirs)
        return value


_SQUARE = frozenset(
    ("symmetric", "diagonal", "orthogonal", "positive definite", "positive semidefinite", "invertible")
) | {"skew-symmetric", "square", "idempotent", "projection", "unitary", "hermitian", "nonsingular"}


def reasons(meaning: Unread) -> str:
    """Why a step was not read."""
    return meaning.message

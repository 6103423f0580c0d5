"""One kind for every symbol: readings of the formulas that hang together, best first."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from proofcheck.formula.expr import Expr, free_indices, symbols
from proofcheck.formula.shape import SCALAR, Axis, Shape
from proofcheck.inference.conventions import Costs, candidates, gather, integers
from proofcheck.inference.model import (
    Claim,
    Defined,
    Free,
    Function,
    Introduction,
    Meaning,
    Model,
    Names,
    Posed,
    Tangent,
    Variable,
)
from proofcheck.inference.shapes import Ambiguous, Known, Shapes
from proofcheck.inference.unification import ShapeMismatch, Unifier, Unsolved
from proofcheck.inference.variations import INCREMENT

# What steps that don't fit weigh against the cost of other kinds. A step has little say in its own
# favour: sides without a shape count once a derivation, sides that differ no more than 2 in all.
_ILL, _ILL_AGAIN = 2.6, 0.4
_APART, _APART_AT_MOST = 1.5, 1.7
_RIVAL = 0.7  # how much dearer a reading may be that is still worth a try
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


class _Blocked(Exception):
    pass


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
    evidence = gather(_everything(replace(model, meanings=tuple(here), variables=laws)))
    return replace(model, variables=variables, evidence=[evidence])


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


def _misfit(reading: Reading) -> float:
    shapeless = [place for place in (*reading.ill, *reading.blocked) if place not in reading.apart]
    derivations = len({d for d, _ in shapeless})
    again = len(shapeless) - derivations
    apart = min(_APART * len(reading.apart), _APART_AT_MOST)
    return _ILL * derivations + _ILL_AGAIN * again + apart


def _everything(model: Model) -> Iterator[Expr]:
    for variable in model.variables.values():
        if isinstance(variable.law, Defined | Tangent):
            yield variable.law.expr
    for meanings in model.meanings:
        for meaning in meanings:
            if isinstance(meaning, Claim):
                yield meaning.left
                yield meaning.right


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
_DECLARED |= {"elementwise": "E"}


def _costs(variable: Variable, conventional: Costs) -> Costs:
    """What was declared is the only candidate; else what convention says."""
    declared = _DECLARED.get(variable.kind)
    if declared is None:
        return conventional
    options = [kind for kind, _ in conventional]
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
    model: Model,
    component: Component,
    kinds: Mapping[str, str],
    layout: str,
    cost: float,
    beside: Iterable[tuple[Expr, Names]] = (),
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
        except (_Blocked, Ambiguous, Unsolved) as blocked:
            reading.unifier.restore(state)
            reading.blocked[d, s] = str(blocked)
    for expr, names in beside:
        state = reading.unifier.save()
        try:
            typing.alone(expr, names)
        except (ShapeMismatch, _Blocked, Ambiguous, Unsolved):
            reading.unifier.restore(state)
    return reading


def retyped(
    model: Model,
    component: Component,
    reading: Reading,
    place: Place,
    meaning: Meaning,
    beside: Iterable[tuple[Expr, Names]] = (),
) -> tuple[Model, Reading]:
    """The same kinds for a document in which one step means something else.

    `beside` are expressions that have shapes as well, and are equal to nothing.
    """
    rows = [list(meanings) for meanings in model.meanings]
    rows[place[0]][place[1]] = meaning
    changed = replace(model, meanings=tuple(tuple(row) for row in rows))
    found = _typed(changed, component, reading.kinds, reading.layout, reading.cost, beside)
    found.whole, found.tied = reading.whole, reading.tied
    return changed, found


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
                self.reading.left_ill.add(place)
                for letter in sorted(free_indices(left) | free_indices(right)):
                    shapes.ranges[letter] = self.reading.unifier.fresh()
                mine = self._side(shapes, left)
                self.reading.left_ill.discard(place)
                theirs = self._side(shapes, right)
                self.reading.ranges[place] = shapes.ranges
                try:
                    shapes.equate(mine, theirs)
                except ShapeMismatch:
                    self.reading.apart[place] = mine, theirs
                    raise
            case Introduction(key=key):
                if key in self.broken:
                    raise ShapeMismatch(self.broken[key])
                try:
                    self._variable(key)
                except _Blocked as blocked:
                    raise ShapeMismatch(str(blocked)) from None
            case _:
                pass

    def alone(self, expr: Expr, names: Names) -> None:
        """Types an expression that no step equates with another."""
        shapes = self._shapes(names)
        for letter in sorted(free_indices(expr)):
            shapes.ranges[letter] = self.reading.unifier.fresh()
        shapes.of(expr)

    def _side(self, shapes: Shapes, expr: Expr) -> Known:
        return shapes.of(expr)

    def _shapes(self, names: Names) -> Shapes:
        reading = self.reading

        def symbol(name: str) -> Shape:
            if name not in names:
                raise Ambiguous(f"`{name}` is an index and something else")
            return self._variable(names[name])

        def apply(name: str, arguments: list[Known]) -> Shape:
            return self._apply(names[name], arguments)

        def elementwise(name: str, arguments: list[Known]) -> bool:
            return self._elementwise(names[name], arguments)

        return Shapes(
            reading.unifier,
            symbol,
            apply,
            elementwise,
            reading.layout,
            {},
            reading.sizes,
            reading.axes,
            self.model.evidence[0].zero if self.model.evidence else frozenset(),
            counted=reading.counted,
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
        shape = self._moved(variable) or self._drawn(variable, self.reading.kinds.get(key, "S"))
        self.reading.shapes[key] = shape
        if isinstance(law, Tangent):
            shapes = self._shapes(law.names)
            shapes.equate(shape, shapes.of(law.expr))
        return shape

    def _moved(self, variable: Variable) -> Shape | None:
        """The shape of the `X` in a name such as `\\Delta X`, which is that of the whole."""
        inner = INCREMENT.fullmatch(variable.name)
        if inner is None:
            return None
        known = [key for key, other in self.model.variables.items() if other.name == inner[1]]
        return self._variable(known[0]) if len(known) == 1 else None

    def _defined(self, key: str, law: Defined) -> Shape:
        if key in self.open:
            raise _Blocked(f"`{key}` is defined by itself")
        self.open.add(key)
        try:
            shapes = self._shapes(law.names)
            for letter in law.indices:
                shapes.ranges[letter] = self.reading.unifier.fresh()
            shape = shapes.of(law.expr) or SCALAR
            if law.indices:
                axes = [shapes.ranges.get(i) or self.reading.unifier.fresh() for i in law.indices]
                shape = _indexed_shape(axes, shape)
        except (ShapeMismatch, Ambiguous, Unsolved) as mismatch:
            self.broken[key] = str(mismatch)
            raise _Blocked(str(mismatch)) from None
        finally:
            self.open.discard(key)
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
                second = columns if columns is not None else unifier.fresh()
                if square:
                    unifier.unify(first, second)
                return (unifier.fresh(), first, second)
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

    def _elementwise(self, key: str, arguments: list[Known]) -> bool:
        """Whether a function acts entry by entry: by its kind, or as one of a scalar."""
        law = self.model.variables[key].law
        if isinstance(law, Defined):
            one = len(law.parameters) == len(arguments) == 1
            return one and self._variable(law.names[law.parameters[0]]) == SCALAR
        return self.reading.kinds.get(key) == "E"

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


def _indexed_shape(axes: list[Axis], member: Shape) -> Shape:
    """The shape of a symbol whose entries or members have a shape."""
    if member == SCALAR and len(axes) <= 2:
        return (axes[0], axes[1] if len(axes) == 2 else 1)
    if member == SCALAR and len(axes) == 3:
        return tuple(axes)
    if len(axes) == 1:
        return (axes[0], *member)
    raise ShapeMismatch("a symbol with more than three indices")


_SQUARE = frozenset(
    (
        "symmetric",
        "diagonal",
        "orthogonal",
        "positive definite",
        "positive semidefinite",
        "invertible",
    )
) | {"skew-symmetric", "square", "idempotent", "projection", "unitary", "hermitian", "nonsingular"}
_SQUARE |= {"circulant", "tridiagonal", "traceless", "nilpotent", "singular"}
_SQUARE |= {"Toeplitz", "permutation", "lower triangular", "upper triangular"}

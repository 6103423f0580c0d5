"""The shapes of symbols and steps under some kinds, found in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from proofcheck.formula.expr import Expr, free_indices
from proofcheck.formula.shape import SCALAR, Axis, Shape
from proofcheck.inference.model import (
    Claim,
    Defined,
    Function,
    Introduction,
    Meaning,
    Model,
    Names,
    Tangent,
    Variable,
)
from proofcheck.inference.readings import Component, Place, Reading
from proofcheck.inference.shapes import Ambiguous, Known, Shapes
from proofcheck.inference.unification import ShapeMismatch, Unsolved
from proofcheck.inference.variations import INCREMENT


class _Blocked(Exception):
    pass


def typed(
    model: Model,
    component: Component,
    kinds: Mapping[str, str],
    layout: str,
    cost: float,
    beside: Iterable[tuple[Expr, Names]] = (),
) -> Reading:
    """A component under some kinds, with `beside` as in `retyped`."""
    reading = Reading(kinds, layout, cost)
    typing = Typing(model, reading)
    for place in component.places:
        typing.attempt(place)
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
    found = typed(changed, component, reading.kinds, reading.layout, reading.cost, beside)
    found.whole, found.tied = reading.whole, reading.tied
    return changed, found


class Typing:
    """Finds the shapes of variables on demand and of steps in order."""

    def __init__(self, model: Model, reading: Reading) -> None:
        self.model = model
        self.reading = reading
        self.open: set[str] = set()
        self.broken: dict[str, str] = {}
        self.arguments: dict[tuple[str, int], Shape] = {}

    def attempt(self, place: Place) -> str:
        """Types one step, and notes how it failed: `ill`, `apart`, `blocked` or not at all."""
        unifier = self.reading.unifier
        state = unifier.save()
        try:
            self.place(place)
        except ShapeMismatch as mismatch:
            unifier.restore(state)
            self.reading.ill[place] = str(mismatch)
            return "apart" if place in self.reading.apart else "ill"
        except (_Blocked, Ambiguous, Unsolved) as blocked:
            unifier.restore(state)
            self.reading.blocked[place] = str(blocked)
            return "blocked"
        return ""

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
            if name not in names:
                raise Ambiguous(f"nothing introduces the function `{name}`")
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
        square = variable.properties & SQUARE
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
            return (arguments[0] if arguments else None) or SCALAR
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


SQUARE = frozenset(
    (
        "symmetric",
        "diagonal",
        "orthogonal",
        "positive definite",
        "positive semidefinite",
        "invertible",
    )
) | {"skew-symmetric", "square", "idempotent", "projection", "unitary", "hermitian", "nonsingular"}
SQUARE |= {"circulant", "tridiagonal", "traceless", "nilpotent", "singular"}
SQUARE |= {"Toeplitz", "permutation", "lower triangular", "upper triangular"}

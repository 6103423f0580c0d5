"""Where the shapes of a component don't fit under some kinds, found place by place and remembered.

A search tries many kinds that differ in one symbol, and most places then stand as they stood. What
typing a place comes to depends on the kinds and the shapes of the symbols that it rests on, up to
the names of the dimensions: where these are as they were before, so is the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from proofcheck.formula.expr import symbols
from proofcheck.formula.shape import Axis, Compound, Dimension, Shape
from proofcheck.inference.model import Claim, Defined, Introduction, Model, Tangent
from proofcheck.inference.readings import Component, Place, Reading, keys_of
from proofcheck.inference.shaping import Typing
from proofcheck.inference.unification import Unifier
from proofcheck.inference.variations import INCREMENT

Code = int | str | tuple[str, tuple["Code", ...]]
"""An axis without its identity: a length, the author's name, or below zero the number of an
unknown dimension among those of its place; of compounds, the operator and the parts."""


@dataclass(slots=True)
class Fit:
    """The places that don't fit, as in `Reading`."""

    ill: list[Place] = field(default_factory=list)
    blocked: list[Place] = field(default_factory=list)
    apart: set[Place] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Place:
    """The variables that a place rests on and the names of all symbols there."""

    place: Place
    keys: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Result:
    """What typing a place came to, by codes: where it failed, and what was known after it."""

    asked: tuple[str, ...]
    state: tuple[Code | None, ...]
    failed: str
    bound: tuple[tuple[Code, Code], ...]
    named: tuple[tuple[str, Code], ...]
    shapes: tuple[tuple[str, tuple[Code, ...]], ...]
    arguments: tuple[tuple[tuple[str, int], tuple[Code, ...]], ...]
    counted: tuple[tuple[str, Code], ...]
    broken: tuple[str, ...]


class _Asked(Unifier):
    """Notes the names by which dimensions are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def name(self, name: str) -> Axis:
        found = super().name(name)
        if not isinstance(found, int):
            self.asked.add(name)
        return found


class _Codes:
    """The numbers of the unknown dimensions of a place, in the order in which they are met."""

    def __init__(self, bound: Mapping[int, Axis]) -> None:
        self.bound = bound
        self.numbers: dict[Dimension, int] = {}

    def of(self, axis: Axis) -> Code:
        while isinstance(axis, Dimension):
            known = self.bound.get(axis.number)
            if known is None:
                if axis.name:
                    return axis.name
                return -1 - self.numbers.setdefault(axis, len(self.numbers))
            axis = known
        if isinstance(axis, Compound):
            return axis.operator, tuple(map(self.of, axis.parts))
        return axis

    def shape(self, shape: Shape) -> tuple[Code, ...]:
        return tuple(map(self.of, shape))


class Fitting:
    """The places of a component, typed under many kinds."""

    def __init__(self, model: Model, component: Component, layout: str) -> None:
        self.model = model
        self.layout = layout
        self.called: dict[str, list[str]] = {}
        for key, variable in model.variables.items():
            self.called.setdefault(variable.name, []).append(key)
        self.places = tuple(self._place(place) for place in component.places)
        self.known: dict[tuple[object, ...], list[_Result]] = {}

    def fit(self, kinds: Mapping[str, str]) -> Fit:
        """Where the shapes don't fit under these kinds."""
        found = Fit()
        unifier = _Asked()
        typing = Typing(self.model, Reading(kinds, self.layout, 0.0, unifier))
        for here in self.places:
            failed = self._typed(typing, unifier, here)
            if failed:
                (found.blocked if failed == "blocked" else found.ill).append(here.place)
            if failed == "apart":
                found.apart.add(here.place)
        return found

    def _place(self, place: Place) -> _Place:
        """What a place rests on; an increment has the shape of what it is one of."""
        stack, keys = list(keys_of(self.model, place)), set[str]()
        names: set[str] = set()
        match self.model.meaning(place):
            case Claim(left=left, right=right):
                names |= symbols(left) | symbols(right)
            case Introduction(key=key):
                stack.append(key)
            case _:
                pass
        while stack:
            key = stack.pop()
            if key in keys:
                continue
            keys.add(key)
            variable = self.model.variables[key]
            law = variable.law
            if isinstance(law, Defined | Tangent):
                names |= symbols(law.expr)
                inside = (*symbols(law.expr), *getattr(law, "parameters", ()))
                stack += [law.names[name] for name in inside if name in law.names]
            if (whole := INCREMENT.fullmatch(variable.name)) is not None:
                stack += self.called.get(whole[1], [])
        return _Place(place, tuple(sorted(keys)), tuple(sorted(names)))

    def _typed(self, typing: Typing, unifier: _Asked, here: _Place) -> str:
        """Types a place, or takes over what that came to before; says how it failed, if so."""
        codes = _Codes(unifier.bound)
        key = here.place, *self._state(typing, here, codes)
        results = self.known.setdefault(key, [])
        for result in results:
            trial = _Codes(unifier.bound)
            trial.numbers = dict(codes.numbers)
            if _named(unifier.named, result.asked, trial) == result.state:
                _replay(typing, unifier, result, trial)
                return result.failed
        result = self._found(typing, unifier, here, codes)
        results.append(result)
        return result.failed

    def _state(self, typing: Typing, here: _Place, codes: _Codes) -> Iterator[object]:
        """All that typing a place depends on, but for the dimensions that have names."""
        reading = typing.reading
        for key in here.keys:
            shape = reading.shapes.get(key)
            yield reading.kinds.get(key)
            yield key in typing.broken if shape is None else codes.shape(shape)
        yield from _about(here.keys, typing.arguments, codes)
        if reading.counted:
            yield from _named(reading.counted, here.names, codes)

    def _found(self, typing: Typing, unifier: _Asked, here: _Place, codes: _Codes) -> _Result:
        """Types a place and keeps what that came to."""
        reading = typing.reading
        unifier.asked = set()
        bound, named = unifier.save(), dict(unifier.named)
        shapes, arguments = set(reading.shapes), dict(typing.arguments)
        counted, broken = set(reading.counted), set(typing.broken)
        failed = typing.attempt(here.place)
        asked = tuple(sorted(unifier.asked))
        codes.bound = bound
        state = _named(named, asked, codes)
        before = dict(codes.numbers)
        codes.bound = unifier.bound
        roots: list[tuple[Code, Axis]] = [(-1 - n, dimension) for dimension, n in before.items()]
        roots += [(name, axis) for name, axis in named.items() if axis.number not in bound]
        ties = [(code, axis) for code, axis in roots if unifier.find(axis) != axis]
        return _Result(
            asked,
            state,
            failed,
            tuple((code, codes.of(axis)) for code, axis in ties),
            tuple((n, codes.of(a)) for n, a in unifier.named.items() if n not in named),
            tuple((k, codes.shape(s)) for k, s in reading.shapes.items() if k not in shapes),
            tuple((k, codes.shape(s)) for k, s in typing.arguments.items() if k not in arguments),
            tuple((n, codes.of(a)) for n, a in reading.counted.items() if n not in counted),
            tuple(key for key in typing.broken if key not in broken),
        )


def _about(
    keys: Iterable[str], arguments: Mapping[tuple[str, int], Shape], codes: _Codes
) -> Iterator[object]:
    """What is known of the arguments of functions among some variables."""
    if arguments:
        within = frozenset(keys)
        for place in sorted(place for place in arguments if place[0] in within):
            yield place
            yield codes.shape(arguments[place])


def _named(
    named: Mapping[str, Axis], asked: Iterable[str], codes: _Codes
) -> tuple[Code | None, ...]:
    """What the dimensions with some names are, None for those that nobody asked for yet."""
    return tuple(codes.of(named[name]) if name in named else None for name in asked)


def _replay(typing: Typing, unifier: _Asked, result: _Result, codes: _Codes) -> None:
    """Brings about what typing a place came to."""
    reading = typing.reading
    unknown = {-1 - number: dimension for dimension, number in codes.numbers.items()}

    def axis(code: Code) -> Axis:
        if isinstance(code, str):
            return unifier.name(code)
        if isinstance(code, tuple):
            return Compound(code[0], tuple(map(axis, code[1])))
        if code >= 0:
            return code
        if code not in unknown:
            unknown[code] = unifier.fresh()
        return unknown[code]

    for code, value in result.bound:
        root, found = axis(code), axis(value)
        assert isinstance(root, Dimension)
        unifier.bound[root.number] = found
    for name, value in result.named:
        root, found = unifier.name(name), axis(value)
        if isinstance(root, Dimension) and value != name:
            unifier.bound[root.number] = found
    for key, shape in result.shapes:
        reading.shapes[key] = tuple(map(axis, shape))
    for place, shape in result.arguments:
        typing.arguments[place] = tuple(map(axis, shape))
    for name, value in result.counted:
        reading.counted[name] = axis(value)
    for key in result.broken:
        typing.broken[key] = ""

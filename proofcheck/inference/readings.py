"""The formulas that hang together, and what a reading of them settles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from proofcheck.formula.expr import Expr, symbols
from proofcheck.formula.shape import SCALAR, Axis, Shape
from proofcheck.inference.conventions import Evidence, gather
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
    evidence = evidence_of(replace(model, meanings=tuple(here), variables=laws))
    return replace(model, variables=variables, evidence=[evidence])


def evidence_of(model: Model) -> Evidence:
    """What all formulas of a document say of the kinds of its names."""
    laws = ((v.name, v.law) for v in model.variables.values())
    formulas = {n: law.expr for n, law in laws if isinstance(law, Defined) and not law.parameters}
    return gather(everything(model), formulas)


def everything(model: Model) -> Iterator[Expr]:
    for variable in model.variables.values():
        if isinstance(variable.law, Defined | Tangent):
            yield variable.law.expr
    for meanings in model.meanings:
        for meaning in meanings:
            if isinstance(meaning, Claim):
                yield meaning.left
                yield meaning.right

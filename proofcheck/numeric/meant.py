r"""Definitions that make a claim if they are read as their author means them.

`f = x^TAx` where `f(\mathbf x)` was defined in bold letters, `\dot\lambda = \ldots` where
`\lambda` solves an equation, `L_x = \ldots` of a function `L`, `df = \ldots\,dx` of `f` and `x`
that stand for the columns of `F` and `X`. Such a step introduces a symbol as far as its letters
go. If what it is meant to say holds, it holds; if not, it says what the symbol is: nobody is
accused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice

from proofcheck.extraction.derivation import RelationKind, Step
from proofcheck.formula.expr import (
    Apply,
    Call,
    Derivative,
    Differential,
    Evaluated,
    Expr,
    Number,
    Symbol,
    symbols,
    walk,
)
from proofcheck.formula.shape import SCALAR, pattern
from proofcheck.inference.model import (
    Claim,
    Defined,
    Free,
    Introduction,
    Law,
    Model,
    Names,
    Tangent,
)
from proofcheck.inference.patterns import head_of
from proofcheck.inference.readings import (
    Place,
    Reading,
    components,
    free_leaves,
    leaves,
)
from proofcheck.inference.search import readings
from proofcheck.inference.shaping import retyped
from proofcheck.numeric.answers import answer_of
from proofcheck.numeric.choices import Choice
from proofcheck.numeric.solved import plain_name
from proofcheck.numeric.trial import Agrees, Differs, Outcome, on_solutions, try_claim
from proofcheck.numeric.understanding import Understanding
from proofcheck.numeric.verdict import Judgement, Verdict

_MOST_READINGS = 2
_MOST_OBJECTIVES = 6


@dataclass(frozen=True, slots=True)
class Meant:
    """What a definition claims if it is meant so: a claim in a model, and the words for it."""

    model: Model
    claim: Claim
    note: str
    unless: Claim | None = None  # says nothing unless this differs
    number: str = ""  # the key of what has to be a number, else it says nothing


def judge_meant(
    understanding: Understanding, choice: Choice, place: Place, step: Step
) -> Judgement | None:
    """The judgement on a definition that holds as the claim it may be meant for."""
    if step.relation.kind is RelationKind.DEFINE:
        return None
    others = () if step.announced or step.posed else _rereadings(understanding)
    for read in (choice, *others):
        for note, found in _tried(understanding, read, place):
            if isinstance(found, Agrees):
                notes = (*([read.note] if read is not choice else []), *([note] if note else []))
                return Judgement(Verdict.HOLDS, found.evidence, notes=(*notes, *found.notes))
    return None


def _rereadings(understanding: Understanding) -> tuple[Choice, ...]:
    """The other ways to read letters under which a definition may be about a known symbol."""
    return tuple(other for other in understanding.others if other.solves and other.notation)


def _tried(
    understanding: Understanding, choice: Choice, place: Place
) -> Iterator[tuple[str, Outcome | None]]:
    """What the step comes to as a claim, each time with the words for how it is meant."""
    model = understanding.model(choice.notation)
    match model.meaning(place):
        case Claim():
            yield "", answer_of(understanding, place[0], choice, 0).outcomes.get(place[1])
        case Introduction(key=key):
            for way in _WAYS:
                each = [
                    (m.note, outcome_of(understanding, choice, place, m)) for m in way(model, key)
                ]
                said = [(note, outcome) for note, outcome in each if outcome is not None]
                if all(isinstance(outcome, Agrees) for _, outcome in said):
                    yield from said[:1]
        case _:
            pass


def outcome_of(
    understanding: Understanding, choice: Choice, place: Place, meant: Meant
) -> Outcome | None:
    """What a claim comes to in the place of the definition that is meant for it; None where it
    says nothing."""
    seed = understanding.seeds[place[0]][place[1]]
    posed = [other for other in understanding.equations if other < place]
    last: Outcome | None = None
    for model, reading in _typed(understanding, choice, place, meant):
        if not _says_something(model, reading, place, meant, seed):
            continue
        last = try_claim(model, reading, place, meant.claim, seed)
        if isinstance(last, Differs) and posed:
            last = on_solutions(model, reading, place, meant.claim, seed, posed) or last
        if isinstance(last, Agrees):
            break
    return last


def _says_something(model: Model, reading: Reading, place: Place, meant: Meant, seed: str) -> bool:
    """Whether a claim is one about a number, if it has to be, and not true anyway."""
    shape = reading.shapes.get(meant.number, SCALAR)
    if pattern(reading.unifier.resolve(shape)) != "S":
        return False
    unless = meant.unless
    return not unless or isinstance(try_claim(model, reading, place, unless, seed), Differs)


def _typed(
    understanding: Understanding, choice: Choice, place: Place, meant: Meant
) -> Iterator[tuple[Model, Reading]]:
    """The document with the claim in the place of the definition, in its best readings.

    The kinds are those that the definition is read with, if it speaks of the same symbols.
    """
    component = understanding.component_at(choice.notation, place)
    keys = free_leaves(meant.model, meant.claim)
    if component is not None and keys <= {*component.free}:
        for reading in understanding.readings(choice, place)[:_MOST_READINGS]:
            yield retyped(meant.model, component, reading, place, meant.claim)
        return
    rows = [list(row) for row in meant.model.meanings]
    rows[place[0]][place[1]] = meant.claim
    told = tuple(tuple(row) for row in rows)
    model = replace(meant.model, meanings=told, leaves={}, evidence=[])
    component = next(part for part in components(model) if place in part.places)
    for reading in islice(readings(model, component, choice.layout), _MOST_READINGS):
        yield model, reading


def _tangent(model: Model, key: str) -> Iterator[Meant]:
    r"""`d\\lambda = …` of a symbol that equations speak of."""
    variable = model.variables[key]
    if not isinstance(variable.law, Tangent):
        return
    free = {**model.variables, key: replace(variable, law=Free())}
    names = {**variable.law.names, variable.name: key}
    moved = {
        names[head]
        for node in walk(variable.law.expr)
        if isinstance(node, Differential) and (head := head_of(node.operand)) in names
    }
    left = Differential(Symbol(variable.name))
    claim = Claim(left, variable.law.expr, names, frozenset(moved | {key}), {}, True)
    yield Meant(replace(model, variables=free), claim, "")


def _columns(model: Model, key: str) -> Iterator[Meant]:
    r"""`df = E\,dx` in a document with a `\operatorname{vec}`, of the columns of `F` and `X`."""
    law = model.variables[key].law
    if not isinstance(law, Tangent) or not _speaks_of_vec(model):
        return
    name = model.variables[key].name
    moved = {
        node.operand.name
        for node in walk(law.expr)
        if isinstance(node, Differential) and isinstance(node.operand, Symbol)
    }
    stacked: dict[str, Law] = {}
    names = dict(law.names)
    for small in (name, *sorted(moved)):
        big = names.get(small.upper())
        if len(small) != 1 or not small.islower() or big is None:
            return
        own = f"{names.get(small, key)}#vec"
        names[small] = own
        stacked[own] = Defined(Call("vec", (Symbol(small.upper()),)), (), {small.upper(): big})
    variables = dict(model.variables)
    for own, stack in stacked.items():
        variables[own] = replace(
            variables[key],
            key=own,
            name=own.removesuffix("#vec"),
            law=stack,
            kind="",
            sizes=("", ""),
        )
    varying = frozenset(
        names[letter.upper()] for letter in moved if isinstance(_law(model, names, letter), Free)
    )
    claim = Claim(Differential(Symbol(name)), law.expr, names, varying, {}, True)
    note = " and ".join(f"`{small}` as vec `{small.upper()}`" for small in (name, *sorted(moved)))
    yield Meant(replace(model, variables=variables), claim, note)


def _law(model: Model, names: Names, letter: str) -> Law:
    return model.variables[names[letter.upper()]].law


def _speaks_of_vec(model: Model) -> bool:
    laws = (v.law.expr for v in model.variables.values() if isinstance(v.law, Defined | Tangent))
    sides = (
        side
        for row in model.meanings
        for meaning in row
        if isinstance(meaning, Claim)
        for side in (meaning.left, meaning.right)
    )
    return any(
        isinstance(node, Call) and node.operator == "vec"
        for expr in (*laws, *sides)
        for node in walk(expr)
    )


def _partial(model: Model, key: str) -> Iterator[Meant]:
    """`L_x = …` of a function `L` that was defined in terms of `x`: its derivative."""
    variable = model.variables[key]
    law = variable.law
    base, _, below = variable.name.partition("_{")
    below = below.removesuffix("}")
    if not isinstance(law, Defined) or law.parameters or law.indices or not below:
        return
    whole = law.names.get(base)
    function = model.variables[whole].law if whole is not None else None
    if not isinstance(function, Defined) or below not in law.names:
        return
    if below in function.parameters:
        letters = tuple(Symbol(name) for name in function.parameters)
        value: Expr = Apply(Symbol(base), letters)
        if any(name not in law.names for name in function.parameters):
            return
    elif below in symbols(function.expr) and not function.parameters:
        value = Symbol(base)
    else:
        return
    derivative = Derivative(value, (Symbol(below),))
    claim = Claim(derivative, law.expr, law.names, frozenset(), {}, True)
    yield Meant(model, claim, f"the index of `{variable.name}` as a derivative")


def _optimum(model: Model, key: str) -> Iterator[Meant]:
    r"""`\hat w = …`, where the derivative by `w` of a number that is defined vanishes."""
    variable = model.variables[key]
    law = variable.law
    if not isinstance(law, Defined) or law.parameters or law.indices:
        return
    name = plain_name(variable.name)
    if name == variable.name or name not in law.names or name in symbols(law.expr):
        return
    if not isinstance(model.variables[law.names[name]].law, Free):
        return
    at = Symbol(name)
    found = _objectives(model, law.names, name)
    for whole, objective in islice(found, _MOST_OBJECTIVES):
        derivative = Derivative(objective, (at,))
        claim = Claim(derivative, Number(Fraction(0)), law.names, frozenset(), {}, True)
        there = Evaluated(derivative, ((at, law.expr),))
        note = f"where the derivative of `{whole}` by `{name}` vanishes"
        meant = replace(claim, left=there)
        yield Meant(model, meant, note, unless=claim, number=law.names[whole])


def _objectives(model: Model, names: Names, name: str) -> Iterator[tuple[str, Expr]]:
    """The functions of a symbol that are defined, each with its name, the last one first."""
    for whole, key in reversed(tuple(names.items())):
        law = model.variables[key].law
        if not isinstance(law, Defined) or law.indices:
            continue
        if name in law.parameters:
            if all(parameter in names for parameter in law.parameters):
                yield whole, Apply(Symbol(whole), tuple(Symbol(p) for p in law.parameters))
        elif not law.parameters and names[name] in leaves(model, law.expr, law.names):
            yield whole, Symbol(whole)


_Way = Callable[[Model, str], Iterator[Meant]]
_WAYS: tuple[_Way, ...] = (_tangent, _columns, _partial, _optimum)

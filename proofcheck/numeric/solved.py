"""Steps that say what solves the equations before them: `A^TAx = A^Tb`, hence `x = …`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from proofcheck.extraction.derivation import RelationKind, Step
from proofcheck.formula.expr import Expr, Symbol
from proofcheck.formula.shape import pattern
from proofcheck.inference.model import (
    Assertion,
    Claim,
    Defined,
    Free,
    Introduction,
    Model,
    Posed,
    Unread,
    Variable,
)
from proofcheck.inference.readings import Component, Place, Reading, free_leaves, leaves
from proofcheck.inference.shaping import retyped
from proofcheck.numeric.answers import answer_of
from proofcheck.numeric.choices import Choice
from proofcheck.numeric.sentences import shortened
from proofcheck.numeric.shrinking import smaller
from proofcheck.numeric.solutions import Equation
from proofcheck.numeric.trial import Agrees, Differs, on_solutions, try_claim
from proofcheck.numeric.understanding import Answer, Understanding
from proofcheck.numeric.verdict import Broken, Judgement, Verdict

_ACCENT = re.compile(r"^\\(?:hat|widehat|tilde|widetilde|bar|check)\{(.*)\}$")
_MARK = re.compile(r"(?:[_^]\{(?:\*|\\star|\\ast|\{?[A-Za-z]{2,}\}?)\})+$")
_REACH = 6
"""How many derivations back an equation may stand."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A step that gives a symbol, as a claim about that symbol while it is free."""

    model: Model
    reading: Reading
    place: Place
    claim: Claim
    key: str
    seed: str
    equations: tuple[Place, ...]


def judge_solution(
    understanding: Understanding, answer: Answer, place: Place, key: str, step: Step
) -> Judgement:
    """What is said of a step that introduces a symbol: a solution of the equations before it is one
    that holds, and one that says that it follows and doesn't, fails."""
    definition = Judgement(Verdict.DEFINITION)
    if step.announced or step.posed or step.relation.kind is RelationKind.DEFINE:
        return definition
    found = _outcome(understanding, answer.choice, answer.rank, place, key)
    match found:
        case None:
            return definition
        case _, Agrees(evidence=evidence, notes=notes):
            return Judgement(Verdict.HOLDS, evidence, notes=notes)
        case equation, Differs(counterexample=shown):
            if not step.concluded or _may_follow(understanding, place, key, equation):
                return definition
            other = understanding.extraction.derivations[equation[0]].steps[equation[1]]
            posed = f"{shortened(other.left.text)} = {shortened(other.right.text)}"
            said = f"`{shortened(step.right.text)}` does not solve `{posed}`"
            broken = Broken.IMPLICATION
            return Judgement(Verdict.FAILS, message=said, counterexample=shown, broken=broken)


def _may_follow(understanding: Understanding, place: Place, key: str, posed: Place) -> bool:
    """Whether a step that does not follow in the usual reading does so in another, or may.

    Another reading counts if it reads the step or the equation differently and explains as many of
    the steps between them.
    """
    usual = _explained(understanding, understanding.usual, place, posed)
    for choice in understanding.others:
        found = _outcome(understanding, choice, 0, place, key)
        if found is not None and isinstance(found[1], Differs):
            continue
        if found is None and _reads_alike(understanding, choice, place, posed):
            continue
        if _explained(understanding, replace(choice, solves=True), place, posed) >= usual:
            return True
    return False


def _explained(understanding: Understanding, choice: Choice, place: Place, posed: Place) -> int:
    """How many steps hold from an equation on to a step."""
    numbers = range(posed[0], place[0] + 1)
    return sum(answer_of(understanding, number, choice, 0).agreeing for number in numbers)


def _reads_alike(understanding: Understanding, choice: Choice, place: Place, posed: Place) -> bool:
    """Whether an equation and a step are the same formulas under a choice."""
    mine, theirs = understanding.model(None), understanding.model(choice.notation)
    return all(_formulas(mine, at) == _formulas(theirs, at) for at in (place, posed))


def _formulas(model: Model, place: Place) -> tuple[Expr, ...]:
    """What a step says: both sides of a claim, or what a symbol is."""
    match model.meaning(place):
        case Claim(left=left, right=right):
            return left, right
        case Introduction(key=key):
            law = model.variables[key].law
            return (law.expr,) if isinstance(law, Defined) else ()
        case _:
            return ()


def _outcome(
    understanding: Understanding, choice: Choice, rank: int, place: Place, key: str
) -> tuple[Place, Agrees | Differs] | None:
    """The equation that a step solves, and whether it does; None where neither is clear."""
    model = understanding.model(choice.notation)
    readings = understanding.readings(choice, place)
    component = understanding.component_at(choice.notation, place)
    if not readings or component is None:
        return None
    scope = understanding.extraction.derivations[place[0]].scope
    start = next(
        number
        for number, derivation in enumerate(understanding.extraction.derivations)
        if derivation.scope == scope
    )
    reading = readings[min(rank, len(readings) - 1)]
    seed = understanding.seeds[place[0]][place[1]]
    step = _solved(model, component, reading, place, key, seed, max(start, place[0] - _REACH))
    if step is None:
        return None
    kept = tuple(place for place in step.equations if place not in understanding.doubted)
    return _follows(replace(step, equations=kept))


def _solved(
    model: Model,
    component: Component,
    reading: Reading,
    place: Place,
    key: str,
    seed: str,
    start: int,
) -> Solved | None:
    """A step that gives a symbol which equations before it speak of, if they do.

    The symbol may mean something new from the step on; then the claim is about what it meant.
    """
    variable = model.variables.get(key)
    law = variable.law if variable is not None else None
    if variable is None or not isinstance(law, Defined) or law.parameters or law.indices:
        return None
    name = _solved_for(model, variable, law)
    names = {**law.names, name: law.names.get(name, key)}
    key = names[name]
    if key == variable.key:
        model = replace(model, variables={**model.variables, key: replace(variable, law=Free())})
    claim = Claim(Symbol(name), law.expr, names, frozenset(), {}, True)
    keys = free_leaves(model, claim)
    speaking = tuple(_before(model, place, keys, start))
    if not speaking or key in leaves(model, law.expr, names):
        return None
    kind = pattern(reading.unifier.resolve(reading.shapes.get(key, ())))
    if kind not in ("S", "C", "M"):
        return None
    kinds = {**reading.kinds, key: kind}
    changed, other = retyped(model, component, replace(reading, kinds=kinds), place, claim)
    return Solved(changed, other, place, claim, key, seed, speaking)


def _solved_for(model: Model, variable: Variable, law: Defined) -> str:
    """The name in the equations of what a step gives: `\\hat w` and `w^*` solve those for `w`."""
    bare = plain_name(variable.name)
    key = law.names.get(bare)
    loose = key is not None and isinstance(model.variables[key].law, Free)
    return bare if loose and bare != variable.name else variable.name


def plain_name(name: str) -> str:
    """A name without the accent or the mark that says it is a solution."""
    return _ACCENT.sub(r"\1", _MARK.sub("", name))


def _before(model: Model, place: Place, keys: frozenset[str], start: int) -> Iterator[Place]:
    """The equations before a place that are not derived and speak of variables."""
    for number in range(start, place[0] + 1):
        for index, meaning in enumerate(model.meanings[number]):
            if (number, index) < place and isinstance(meaning, Claim) and _poses(meaning):
                if keys & free_leaves(model, meaning):
                    yield number, index


def _poses(claim: Claim) -> bool:
    """Whether a claim may be an equation that the text poses."""
    return claim.tentative and claim.asserts is Assertion.EQUAL


def _follows(step: Solved) -> tuple[Place, Agrees | Differs] | None:
    """Whether a step follows from the equations before it; None where that is not clear.

    It does not where there is one equation, in the same symbols, that determines the one that the
    step gives, and as something else.
    """
    equations = list(_independent(step))
    if not equations:
        return None
    first = equations[0]
    found = on_solutions(step.model, step.reading, step.place, step.claim, step.seed, equations)
    if found is not None:
        return first, found
    posed = step.model.meaning(first)
    if not isinstance(step.model.variables[step.key].law, Free):
        return None
    if len(equations) > 1 or _is_open(step, first) or not isinstance(posed, Claim):
        return None
    if free_leaves(step.model, posed) != free_leaves(step.model, step.claim):
        return None
    given = [Equation(posed, step.reading.ranges.get(first, {}), step.key)]
    outcome = try_claim(step.model, step.reading, step.place, step.claim, step.seed, given=given)
    if not isinstance(outcome, Differs):
        return None
    shown = smaller(step.model, step.reading, step.place, step.claim, outcome.counterexample, given)
    return first, Differs(shown)


def _independent(step: Solved) -> Iterator[Place]:
    """The equations that are no identities and do not follow from those before them."""
    found: list[Place] = []
    for place in step.equations:
        claim = step.model.meaning(place)
        assert isinstance(claim, Claim)
        if not isinstance(try_claim(step.model, step.reading, place, claim, step.seed), Differs):
            continue
        if found and on_solutions(step.model, step.reading, place, claim, step.seed, found):
            continue
        found.append(place)
        yield place


def _is_open(step: Solved, first: Place) -> bool:
    """Whether something between an equation and the step was not understood, or says more."""
    return any(
        isinstance(meaning, Unread | Posed)
        for number in range(first[0], step.place[0] + 1)
        for index, meaning in enumerate(step.model.meanings[number])
        if first < (number, index) < step.place
    )

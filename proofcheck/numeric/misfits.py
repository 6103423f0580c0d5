"""Equations that cannot be posed, since a number is no matrix: they are wrong whatever they mean.

An equation that may be a hypothesis is not accused by its values. That its sides have a shape at
all it claims as any other; but the kinds of its letters have to be certain. They are where every
letter stands in another step that holds, and no other kinds that a reader would think of give the
equation a shape.
"""

from __future__ import annotations

from collections.abc import Iterator

from proofcheck.extraction.derivation import RelationKind, Step
from proofcheck.formula.expr import (
    Apply,
    Call,
    Cases,
    Constant,
    Dotted,
    Entry,
    Expr,
    Integral,
    Matrix,
    Summation,
    Symbol,
    children,
)
from proofcheck.formula.shape import pattern
from proofcheck.inference.model import Claim, Defined, Free, Model
from proofcheck.inference.readings import Place, free_leaves, keys_of, leaves
from proofcheck.inference.search import fits_otherwise
from proofcheck.numeric.answers import answer_of
from proofcheck.numeric.trial import Agrees, Mismatch
from proofcheck.numeric.understanding import Answer, Understanding

_DEARER = 3.0
"""How much more other kinds may cost than the ones a step is read with (see `conventions`)."""
_NUMBERS = frozenset(("trace", "determinant", "log-determinant", "norm", "frobenius", "rank"))
_UNCERTAIN = (Entry, Apply, Summation, Integral, Dotted, Matrix, Cases, Constant)


def is_misfit(
    understanding: Understanding, answer: Answer, place: Place, claim: Claim, step: Step
) -> bool:
    """Whether one side of a claim is certainly a number and the other certainly a matrix."""
    reading = answer.used[place[1]]
    names = step.relation.kind is not RelationKind.EQUAL or isinstance(claim.left, Symbol)
    says = step.announced or step.posed or names
    if says or not isinstance(answer.outcomes[place[1]], Mismatch):
        return False
    sides = reading.apart.get(place)
    if sides is None or not all(sides):
        return False
    patterns = {pattern(reading.unifier.resolve(side)) for side in sides if side}
    model = understanding.model(answer.choice.notation)
    component = understanding.component_at(answer.choice.notation, place)
    if patterns != {"S", "M"} or component is None or not _is_plain(model, claim):
        return False
    return _are_known(understanding, answer, place, claim) and not fits_otherwise(
        model, component, reading, place, _DEARER
    )


def _is_plain(model: Model, claim: Claim) -> bool:
    """Whether all in a claim is sure to be read as it is meant."""
    laws = [model.variables[key].law for key in free_leaves(model, claim)]
    plain = not any(isinstance(node, _UNCERTAIN) for node in claim.nodes())
    return plain and all(isinstance(law, Free) for law in laws) and not claim.unknown


def _are_known(understanding: Understanding, answer: Answer, place: Place, claim: Claim) -> bool:
    """Whether every letter that a side owes its shape to stands in another step that holds."""
    model = understanding.model(answer.choice.notation)
    names = {name for side in (claim.left, claim.right) for name in _outside(side)}
    keys = {claim.names[name] for name in names if name in claim.names}
    wanted = set().union(*(_free(model, key) for key in keys))
    known: set[str] = set()
    component = understanding.component_at(answer.choice.notation, place)
    assert component is not None
    for number in sorted({number for number, _ in component.places}):
        outcomes = answer_of(understanding, number, answer.choice, answer.rank).outcomes
        for index, outcome in outcomes.items():
            if isinstance(outcome, Agrees):
                known |= keys_of(model, (number, index))
    return wanted <= known


def _free(model: Model, key: str) -> set[str]:
    """A variable, or the free ones that its definition rests on."""
    law = model.variables[key].law
    if not isinstance(law, Defined):
        return {key}
    below = leaves(model, law.expr, law.names)
    return {k for k in below if not isinstance(model.variables[k].law, Defined)}


def _outside(expr: Expr) -> Iterator[str]:
    """The names in an expression but for those inside of what is a number whatever they are."""
    match expr:
        case Call(operator=operator) if operator in _NUMBERS:
            return
        case Symbol(name=name):
            yield name
        case _:
            for child in children(expr):
                yield from _outside(child)

"""The correction of a failing step: the simplest edit of its right side after which it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from proofcheck.extraction.derivation import Derivation, Extraction, Side, Step
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import (
    Derivative,
    Directional,
    Expr,
    Negative,
    Sum,
    Summation,
    symbols,
    walk,
)
from proofcheck.formula.shape import Axis
from proofcheck.inference.model import Claim, Defined, Model, Tangent
from proofcheck.inference.readings import Component, Place, Reading, leaves
from proofcheck.inference.shaping import retyped
from proofcheck.inference.sides import read_again
from proofcheck.numeric.judge import judge_one
from proofcheck.numeric.trial import Agrees, try_claim
from proofcheck.numeric.verdict import Repair, Verdict
from proofcheck.remedy.assumption import without_sides
from proofcheck.remedy.scene import Scene, scene
from proofcheck.remedy.slips import Slip, slips
from proofcheck.remedy.written import Tokens

MOST_WORK = 40_000
"""How many nodes of expressions are evaluated in search of one correction."""
MOST_JUDGED = 6
"""How many edits that hold in the reading at hand are judged like a step."""
MOST_TOKENS = 200
_MOST_REPEATS = 4
_PLAIN = frozenset(("transpose", "sign", "factor", "order", "inverse", "symbol", "index"))
"""The kinds of slips of which two are tried together."""
_PLAINEST = 1.6
_MOST_PAIRS = 300
_NEAR = 3

_AGREES = (Agrees("exact"), Agrees("ball"))
_ADMITTED = frozenset(("for positive numbers",))


class Apart:
    """Which axes the sides make equal each by itself, so that no correction makes more equal."""

    def __init__(self, reading: Reading) -> None:
        self.keys = tuple(reading.shapes)
        self.known = self._axes(reading)

    def _axes(self, reading: Reading) -> list[Axis]:
        """The axes of all symbols."""
        return [
            axis
            for key in self.keys
            for axis in reading.unifier.resolve(reading.shapes.get(key, ()))
        ]

    def kept(self, reading: Reading) -> bool:
        """Whether axes that are equal under a reading are so without the correction."""
        axes = self._axes(reading)
        same: dict[Axis, Axis] = {}
        return len(axes) == len(self.known) and all(
            same.setdefault(axis, known) == known
            for axis, known in zip(axes, self.known, strict=True)
        )


def mend(
    extraction: Extraction,
    model: Model,
    component: Component,
    reading: Reading,
    place: Place,
    claim: Claim,
    note: str = "",
) -> Repair | None:
    """The simplest correction of the right side, None if none is found.

    The step as corrected is read and judged anew, at other points, in its document. `note` is what
    is said of the reading at hand.
    """
    step = extraction.derivations[place[0]].steps[place[1]]
    if max(len(step.left.tokens), len(step.right.tokens)) > MOST_TOKENS or not model.manners:
        return None
    sizes = sorted(reading.unifier.named)
    around = scene_of(extraction, model, place, claim, sizes)
    judged = 0
    for slip, tokens in holding(model, component, reading, place, claim, step, around):
        edits = [around.written.edit(splice) for splice in slip.splices]
        if None in edits:
            continue
        if judged == MOST_JUDGED:
            return None
        judged += 1
        if _holds(extraction, model, place, tokens, _ADMITTED | {note}):
            return Repair(slip.words, tuple(edit for edit in edits if edit is not None))
    return None


def scene_of(
    extraction: Extraction,
    model: Model,
    place: Place,
    claim: Claim,
    sizes: list[str],
    left: bool = False,
) -> Scene:
    """The right side with the sides of its derivation around it; the left one of a step whose
    claim is mirrored."""
    step = extraction.derivations[place[0]].steps[place[1]]
    around = [
        (tokens, expr)
        for number in _akin(model, place, claim)
        for other, meaning in zip(
            extraction.derivations[number].steps, model.meanings[number], strict=True
        )
        if isinstance(meaning, Claim) and other is not step
        for tokens, expr in (
            (other.left.tokens, meaning.left),
            (other.right.tokens, meaning.right),
        )
    ]
    mine, other = (step.left, step.right) if left else (step.right, step.left)
    return scene((mine.tokens, claim.right), (other.tokens, claim.left), around, sizes)


def _akin(model: Model, place: Place, claim: Claim) -> Iterator[int]:
    """The derivation of a step, and others a little before it that speak of the same side."""
    yield place[0]
    for number in range(place[0] - 1, max(-1, place[0] - 1 - _NEAR), -1):
        for meaning in model.meanings[number]:
            if isinstance(meaning, Claim) and claim.left in (meaning.left, meaning.right):
                yield number
                break


def apart_from(
    model: Model, component: Component, reading: Reading, place: Place, claim: Claim
) -> Apart:
    """Which axes the left side and the terms of the right one keep apart."""
    alone = replace(claim, right=claim.left)
    terms = [(term, claim.names) for term in _terms(claim.right)]
    return Apart(retyped(model, component, reading, place, alone, terms)[1])


def holding(
    model: Model,
    component: Component,
    reading: Reading,
    place: Place,
    claim: Claim,
    step: Step,
    around: Scene,
    same: bool = False,
) -> Iterator[tuple[Slip, Tokens]]:
    """The edits after which the claim holds in a reading, the simplest first.

    same: whether the right side may become the same as the left one.
    """
    left = _size(model, claim.left, claim)
    model = without_sides(model, place, (claim.right,))
    apart = apart_from(model, component, reading, place, claim)
    work, seen = 0, {claim.right} if same else {claim.right, claim.left}
    known = claim.names.keys() | symbols(claim.left) | symbols(claim.right)
    for slip in _one_or_two(around):
        tokens = around.written.spliced(slip.splices)
        right = read(model, place, step.chain, tokens) if tokens else None
        if not tokens or right is None or right in seen:
            continue
        seen.add(right)
        changed = replace(claim, right=right)
        if not symbols(right) <= known:
            continue
        work += left + _size(model, right, claim)
        if work > MOST_WORK:
            return
        other, typed = retyped(model, component, reading, place, changed)
        if place in typed.ill or place in typed.blocked or not apart.kept(typed):
            continue
        seed = "".join(token.text for token in tokens)
        if try_claim(other, typed, place, changed, seed) in _AGREES:
            yield slip, tokens


def _one_or_two(around: Scene) -> Iterator[Slip]:
    """The slips of a side, the simplest first, and then two of the plainest together."""
    found = slips(around)
    yield from found
    plain = [s for s in found if s.kind in _PLAIN and s.weight <= _PLAINEST]
    pairs = sorted(combinations(plain, 2), key=lambda pair: pair[0].weight + pair[1].weight)
    for one, other in pairs[:_MOST_PAIRS]:
        words = f"{one.words}, and {other.words}"
        yield Slip("two", words, (*one.splices, *other.splices), one.weight + other.weight)


def _terms(expr: Expr) -> Iterator[Expr]:
    """The terms of an expression that is a sum, and so on in these."""
    match expr:
        case Sum(terms=terms):
            for term in terms:
                yield from _terms(term)
        case Negative(term=term):
            yield from _terms(term)
        case _:
            yield expr


def read(model: Model, place: Place, chain: int, tokens: Tokens) -> Expr | None:
    """A side with these tokens, None if they cannot be read."""
    try:
        return read_again(model.manners[place[0]], chain, tokens)
    except Unreadable:
        return None


def _size(model: Model, expr: Expr, claim: Claim) -> int:
    """How many nodes are evaluated for the value of an expression."""
    laws = [model.variables[key].law for key in leaves(model, expr, claim.names)]
    parts = [expr, *(law.expr for law in laws if isinstance(law, Defined | Tangent))]
    nodes = [node for part in parts for node in walk(part)]
    repeats = sum(isinstance(node, Derivative | Summation | Directional) for node in nodes)
    return len(nodes) * (1 + 2 * min(repeats, _MOST_REPEATS))


def _holds(
    extraction: Extraction, model: Model, place: Place, tokens: Tokens, admitted: frozenset[str]
) -> bool:
    """Whether the step holds in the document with other tokens on its right side."""
    number, index = place
    changed = with_right(extraction.derivations[number], index, tokens)
    return _is_right(extraction, model, place, changed, admitted)


def holds_with_left(extraction: Extraction, model: Model, place: Place, tokens: Tokens) -> bool:
    """Whether the step holds in the document with other tokens on its left side."""
    number, index = place
    changed = with_left(extraction.derivations[number], index, tokens)
    return _is_right(extraction, model, place, changed, _ADMITTED)


def _is_right(
    extraction: Extraction,
    model: Model,
    place: Place,
    changed: Derivation,
    admitted: frozenset[str],
) -> bool:
    """Whether a step is right in a derivation in the place of its own; `model` is of the latter."""
    number, index = place
    derivations = list(extraction.derivations)
    derivations[number] = changed
    edited = replace(extraction, derivations=tuple(derivations))
    judged = judge_one(edited, number, formulas=model.formulas)
    return judged[index].verdict is Verdict.HOLDS and not set(judged[index].notes) - admitted


def with_right(derivation: Derivation, index: int, tokens: Tokens) -> Derivation:
    """The derivation with another right side of a step, which the next step begins with."""
    return _with(derivation, derivation.steps[index].right, tokens)


def with_left(derivation: Derivation, index: int, tokens: Tokens) -> Derivation:
    """The derivation with another left side of a step, which the one before ends with."""
    return _with(derivation, derivation.steps[index].left, tokens)


def _with(derivation: Derivation, old: Side, tokens: Tokens) -> Derivation:
    new = Side(tokens, " ".join(token.text for token in tokens), old.span)
    steps = [
        replace(
            step,
            left=new if step.left is old else step.left,
            right=new if step.right is old else step.right,
        )
        for step in derivation.steps
    ]
    return replace(derivation, steps=tuple(steps))

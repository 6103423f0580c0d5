"""What is said of a step that no edit of its right side corrects.

The left side may be the wrong one, where the line before has it as well; and where the shapes don't
fit, an edit may be the only one with which they do. Neither is a correction: nothing is applied.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from proofcheck.extraction.derivation import Extraction, Step
from proofcheck.inference.model import Claim, Model
from proofcheck.inference.readings import Component, Place, Reading
from proofcheck.inference.shaping import retyped
from proofcheck.remedy.assumption import without_sides
from proofcheck.remedy.repair import (
    MOST_TOKENS,
    apart_from,
    holding,
    holds_with_left,
    read,
    scene_of,
)
from proofcheck.remedy.slips import Slip, slips

_TURNS = frozenset(("transpose", "order", "inverse", "identity", "operator"))
"""The kinds of slips that change a shape and drop nothing."""
_MOST_TRIED = 150
_MOST_JUDGED = 3


def hint(
    extraction: Extraction,
    model: Model,
    component: Component,
    reading: Reading,
    place: Place,
    claim: Claim,
    wrong: bool,
) -> str | None:
    """A sentence on a failing step; `wrong` says that its left side failed as a right one."""
    step = extraction.derivations[place[0]].steps[place[1]]
    if max(len(step.left.tokens), len(step.right.tokens)) > MOST_TOKENS or not model.manners:
        return None
    if wrong:
        found = _of_left(extraction, model, component, reading, place, claim)
        if found is not None:
            said = "the left side, which is wrong in the line before as well"
            return f"it holds after an edit of {said}: {found.words}"
    if place not in reading.ill:
        return None
    if place not in reading.left_ill:
        found = _fitting(extraction, model, component, reading, place, claim)
        if found is not None:
            return f"an edit with which the shapes fit: {found.words}"
    found = _fitting(extraction, model, component, reading, place, mirrored(claim), left=True)
    if found is None:
        return None
    return f"an edit of the left side with which the shapes fit: {found.words}"


def mirrored(claim: Claim) -> Claim:
    """A claim with its sides exchanged."""
    return replace(claim, left=claim.right, right=claim.left)


def _turned(step: Step) -> Step:
    return replace(step, left=step.right, right=step.left)


def _of_left(
    extraction: Extraction,
    model: Model,
    component: Component,
    reading: Reading,
    place: Place,
    claim: Claim,
) -> Slip | None:
    """The simplest edit of the left side after which a step holds."""
    step = extraction.derivations[place[0]].steps[place[1]]
    turned = mirrored(claim)
    around = scene_of(extraction, model, place, turned, sorted(reading.unifier.named), left=True)
    found = holding(model, component, reading, place, turned, _turned(step), around, same=True)
    for slip, tokens in islice(found, _MOST_JUDGED):
        if holds_with_left(extraction, model, place, tokens):
            return slip
    return None


def _fitting(
    extraction: Extraction,
    model: Model,
    component: Component,
    reading: Reading,
    place: Place,
    claim: Claim,
    left: bool = False,
) -> Slip | None:
    """The edit of the right side of a claim after which it has a shape, if it is the only one of
    its weight. `left` says that the claim is mirrored."""
    chain = extraction.derivations[place[0]].steps[place[1]].chain
    around = scene_of(extraction, model, place, claim, sorted(reading.unifier.named), left)
    model = without_sides(model, place, (claim.right,))
    apart = apart_from(model, component, reading, place, claim)
    fitting: list[Slip] = []
    tried = 0
    for slip in slips(around):
        tokens = around.written.spliced(slip.splices) if slip.kind in _TURNS else None
        right = read(model, place, chain, tokens) if tokens else None
        if right is None or (fitting and slip.weight > fitting[0].weight):
            continue
        if (tried := tried + 1) > _MOST_TRIED:
            return None
        _, typed = retyped(model, component, reading, place, replace(claim, right=right))
        if place not in typed.ill and place not in typed.blocked and apart.kept(typed):
            fitting.append(slip)
    return fitting[0] if len(fitting) == 1 else None

"""Which of two equations is wrong where a chain begins with a definition: `Q = A = B`.

If `A = B` fails, either may be the slip. Another equation says `Q = D` later; where `D` is equal to
`B`, it is `A` that stands alone, and the step that brought it in is the one to report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from proofcheck.extraction.derivation import Step
from proofcheck.inference.model import Claim, Introduction, Model
from proofcheck.inference.patterns import target_of
from proofcheck.inference.readings import Place
from proofcheck.inference.shaping import retyped
from proofcheck.numeric.sentences import shortened
from proofcheck.numeric.trial import Agrees, try_claim
from proofcheck.numeric.understanding import Understanding
from proofcheck.numeric.verdict import Judgement, Verdict

Judged = tuple[tuple[Judgement, ...], ...]


def blamed(understanding: Understanding, judged: Judged) -> Judged:
    """The judgements, with a definition accused where its right side alone is another.

    `understanding` is that in which the second equations for a symbol are claims.
    """
    rows = [list(row) for row in judged]
    model = understanding.model(None)
    for later in sorted(understanding.restated):
        for number, index in _introduced(model, later):
            if _is_accused(rows[number], index + 1) and _agrees(
                understanding, (number, index + 1), later
            ):
                steps = understanding.extraction.derivations[number].steps
                said = understanding.extraction.derivations[later[0]].steps[later[1]]
                first, second = rows[number][index : index + 2]
                rows[number][index] = _accusation(steps[index], said, first, second)
                rows[number][index + 1] = replace(second, inherited=True, repair=None)
    return tuple(map(tuple, rows))


def _introduced(model: Model, later: Place) -> Iterator[Place]:
    """Where the symbol was defined that an equation is a second one for."""
    claim = model.meaning(later)
    target = target_of(claim.left) if isinstance(claim, Claim) else None
    if target is None or not isinstance(claim, Claim):
        return
    for number, row in enumerate(model.meanings[: later[0]]):
        for index, meaning in enumerate(row):
            if isinstance(meaning, Introduction) and meaning.key == claim.names.get(target[0]):
                yield number, index


def _is_accused(row: list[Judgement], index: int) -> bool:
    """Whether a step is there and fails by itself."""
    failed = index < len(row) and row[index].verdict is Verdict.FAILS
    return failed and not row[index].inherited and not row[index].mismatch


def _agrees(understanding: Understanding, failed: Place, later: Place) -> bool:
    """Whether the right side of a step that failed is that of a later equation."""
    model = understanding.model(None)
    mine, theirs = model.meaning(failed), model.meaning(later)
    component = understanding.component_at(None, later)
    options = understanding.readings(understanding.usual, later)
    if not (isinstance(mine, Claim) and isinstance(theirs, Claim) and component and options):
        return False
    carried = understanding.extraction.derivations[failed[0]].steps
    if carried[failed[1]].left is not carried[failed[1] - 1].right:
        return False
    names = {**mine.names, **theirs.names}
    meant = replace(theirs, left=mine.right, names=names, tentative=False)
    changed, typed = retyped(model, component, options[0], later, meant)
    seed = understanding.seeds[later[0]][later[1]]
    return isinstance(try_claim(changed, typed, later, meant, seed), Agrees)


def _accusation(step: Step, said: Step, first: Judgement, second: Judgement) -> Judgement:
    """What is said of the definition: the counterexample is that of the step after it."""
    left, right = shortened(step.left.text), shortened(step.right.text)
    message = f"`{right}` is not what `{left}` is later, `{shortened(said.right.text)}`"
    return replace(
        first,
        verdict=Verdict.FAILS,
        message=message,
        counterexample=second.counterexample,
        notes=("the line after it agrees with that",),
    )

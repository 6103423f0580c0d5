"""Slips planted in right steps, and what the program says of them.

A slip is an edit of the right side, of one of the kinds of `proofcheck.remedy.slips`. The document
around it stays as it is.
"""

from __future__ import annotations

import enum
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from proofcheck.document.read import read
from proofcheck.document.tokens import Token
from proofcheck.extraction.derivation import Derivation, Extraction, Side, Step
from proofcheck.extraction.extract import extract
from proofcheck.formula.cursor import Unreadable
from proofcheck.inference.context import understand
from proofcheck.inference.model import Assertion, Claim, Model
from proofcheck.inference.sides import read_again
from proofcheck.numeric.judge import judge, judge_in_turn, judge_one
from proofcheck.numeric.learned import Learned
from proofcheck.numeric.verdict import Judgement, Verdict
from proofcheck.remedy.repair import scene_of, with_right
from proofcheck.remedy.scene import joined
from proofcheck.remedy.slips import KINDS, Slip, slips

_NOT_PLANTED = ("commuted", "operator", "missing factor", "identity")
PLANTED = tuple(kind for kind in KINDS if kind not in _NOT_PLANTED)
"""The kinds that are planted."""
_MOST_TOKENS = 120


class Fate(enum.StrEnum):
    """What became of a slip."""

    FOUND = "found"
    EQUIVALENT = "equivalent"  # both right sides are equal where the original one stands
    SURVIVED = "survived"
    UNDECIDED = "undecided"
    CRASHED = "crashed"  # a defect of the program: never


@dataclass(frozen=True, slots=True)
class Outcome:
    """A slip in a step of a document, the sides, and its fate.

    `why` is the evidence that an equivalent slip changes nothing (`proved`, `exact`, `ball`), how a
    step is read in which one survives, the reason why it is undecided, or what a crash says.
    """

    path: Path
    line: int
    kind: str
    left: str
    right: str
    slipped: str
    fate: Fate
    why: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its judgements, before any slip."""

    path: Path
    extraction: Extraction
    model: Model
    judged: tuple[tuple[Judgement, ...], ...]
    learned: tuple[Learned, ...]
    lines: tuple[tuple[int, ...], ...]

    def verdicts(self) -> list[Verdict]:
        """What is said of every step."""
        return [judgement.verdict for row in self.judged for judgement in row]


def page(path: Path) -> Page:
    """A document as it is."""
    document = read(path)
    extraction = extract(document)
    lines = tuple(
        tuple(document.source.place(step.right.span.start).line for step in derivation.steps)
        for derivation in extraction.derivations
    )
    return Page(path, extraction, understand(extraction), *judge_in_turn(extraction), lines)


def plant(page: Page, each: int, seed: str = "", share: float = 1) -> Iterator[Outcome]:
    """Plants slips into every step that holds, `each` of every kind, chosen by content, and of all
    these a share."""
    for number, derivation in enumerate(page.extraction.derivations):
        for index, step in enumerate(derivation.steps):
            place = number, index
            if page.judged[number][index].verdict is not Verdict.HOLDS:
                continue
            for slip, tokens in chosen(page, place, step, each, seed):
                lot = f"{seed}/{slip.kind}/{place}/{step.left.text}/{step.right.text}"
                if random.Random(lot).random() >= share:
                    continue
                fate, why = _fate(page, place, tokens)
                text = joined([token.text for token in tokens])
                line = page.lines[number][index]
                sides = step.left.text, step.right.text
                yield Outcome(page.path, line, slip.kind, *sides, text, fate, why)


def chosen(
    page: Page, place: tuple[int, int], step: Step, each: int, seed: str
) -> Iterator[tuple[Slip, tuple[Token, ...]]]:
    """The slips of a step: `each` of every kind that can be read and say something else."""
    claim = page.model.meaning(place)
    if not isinstance(claim, Claim) or claim.asserts is not Assertion.EQUAL:
        return  # an inequality may well hold with a slip
    if len(step.right.tokens) > _MOST_TOKENS:
        return
    scene = scene_of(page.extraction, page.model, place, claim, [])
    all_slips = slips(scene)
    for kind in PLANTED:
        of_kind = [slip for slip in all_slips if slip.kind == kind]
        random.Random(f"{seed}/{kind}/{step.left.text}/{step.right.text}").shuffle(of_kind)
        found = 0
        for slip in of_kind:
            tokens = scene.written.spliced(slip.splices)
            if found < each and tokens and _says_else(page.model, place, step, claim, tokens):
                found += 1
                yield slip, tokens


def _says_else(
    model: Model, place: tuple[int, int], step: Step, claim: Claim, tokens: tuple[Token, ...]
) -> bool:
    try:
        right = read_again(model.manners[place[0]], step.chain, tokens)
    except Unreadable:
        return False
    return right not in (claim.left, claim.right)


def _fate(page: Page, place: tuple[int, int], tokens: tuple[Token, ...]) -> tuple[Fate, str]:
    try:
        return _judged(page, place, tokens)
    except Exception as error:  # noqa: BLE001 - what is counted is any defect
        return Fate.CRASHED, f"{type(error).__name__}: {error}"


def _judged(page: Page, place: tuple[int, int], tokens: tuple[Token, ...]) -> tuple[Fate, str]:
    number, index = place
    changed = with_right(page.extraction.derivations[number], index, tokens)
    judged = judge_one(_with(page.extraction, number, changed), number, page.learned[number])
    if any(judgement.verdict in (Verdict.FAILS, Verdict.CONDITIONAL) for judgement in judged):
        return Fate.FOUND, ""
    if judged[index].verdict is not Verdict.HOLDS:
        return Fate.UNDECIDED, judged[index].message or judged[index].verdict
    proved = _equal(page, place, tokens)
    if proved:
        return Fate.EQUIVALENT, proved
    whole = judge(_with(page.extraction, number, changed))[number]  # which settles the layouts
    reported = any(j.verdict in (Verdict.FAILS, Verdict.CONDITIONAL) for j in whole)
    return (Fate.FOUND, "") if reported else (Fate.SURVIVED, "; ".join(judged[index].notes))


def _equal(page: Page, place: tuple[int, int], tokens: tuple[Token, ...]) -> str:
    """The evidence that a step from the original right side to the other one holds, or nothing.

    It stands behind the derivation, which is as it was and settles how all is read.
    """
    number, index = place
    derivation = page.extraction.derivations[number]
    step = derivation.steps[index]
    new = Side(tokens, joined([token.text for token in tokens]), step.right.span)
    added = replace(step, left=step.right, right=new)
    longer = replace(derivation, steps=(*derivation.steps, added))
    judged = judge_one(_with(page.extraction, number, longer), number, page.learned[number])
    kept = [j.verdict for j in judged[:-1]] == [j.verdict for j in page.judged[number]]
    last = judged[-1]
    as_before = set(last.notes) <= set(page.judged[number][index].notes)
    return last.evidence if kept and as_before and last.verdict is Verdict.HOLDS else ""


def _with(extraction: Extraction, number: int, derivation: Derivation) -> Extraction:
    derivations = list(extraction.derivations)
    derivations[number] = derivation
    return replace(extraction, derivations=tuple(derivations))

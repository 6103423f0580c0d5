r"""Steps that hold by what probabilities are: `F_X(x) = \Pr(X \leq x)`, `p(x) = \int p(x,y)\,dy`.

Such a step introduces its left side as far as its letters go, or poses it; but what it says of an
entropy, an expectation or a marginal density is true of every law, or it is not. Where it is, it
holds; where it is not, it says what a symbol is, as before.
"""

from __future__ import annotations

import re
from dataclasses import replace

from proofcheck.document.tokens import tokenize_text
from proofcheck.extraction.derivation import RelationKind, Step
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.events import at_values, speaks_of_others
from proofcheck.formula.expr import Expr
from proofcheck.formula.parser import parse
from proofcheck.inference.chances import says_the_same
from proofcheck.inference.readings import Place
from proofcheck.numeric.blame import Judged
from proofcheck.numeric.understanding import Understanding
from proofcheck.numeric.verdict import Judgement, Verdict

_OPEN = (Verdict.DEFINITION, Verdict.ASSUMED, Verdict.UNCHECKED)
_NOTE = "by what densities, expectations and entropies are"
_SUBJECT = re.compile("probabilit|densit|random|distribut|entrop|likelihood|posterior")
_DIVERGENCE = re.compile(r"([a-z])(?:\\,)?\|\|(?:\\,)?([a-z])")


def with_definitions(understanding: Understanding, judged: Judged) -> Judged:
    """The judgements, with the steps that hold by what probabilities are."""
    if not _SUBJECT.search(understanding.extraction.words):
        return judged
    return tuple(
        tuple(_again(understanding, (number, index), found) for index, found in enumerate(row))
        for number, row in enumerate(judged)
    )


def _again(understanding: Understanding, place: Place, found: Judgement) -> Judgement:
    step = understanding.extraction.derivations[place[0]].steps[place[1]]
    if found.verdict not in _OPEN or step.relation.kind is not RelationKind.EQUAL:
        return found
    sides = _sides(understanding, place[0], step)
    if sides is None or not says_the_same(*sides, _letters(understanding)):
        return found
    return replace(Judgement(Verdict.HOLDS, "proved"), notes=(_NOTE,))


def _sides(understanding: Understanding, number: int, step: Step) -> tuple[Expr, Expr] | None:
    """The sides, with probabilities of values as densities there."""
    notation = understanding.model(None).manners[number].notation
    sides = step.left.tokens, step.right.tokens
    values = [at_values([t.text for t in tokens if t.text.strip()]) for tokens in sides]
    events = {pair for value in values if value is not None for pair in value[1]}
    apart = len({name for name, _ in events}) == len({value for _, value in events}) == len(events)
    if any(value.upper() != name for name, value in events):  # no letter tells its variable
        apart = apart and not any(speaks_of_others(value[0]) for value in values if value)
    try:
        left, right = (
            understanding.formulas.parse(tokens, notation)
            if value is None or not value[1] or not apart
            else parse(tokenize_text(value[0]), notation)
            for tokens, value in zip(sides, values, strict=True)
        )
    except Unreadable:
        return None
    return left, right


def _letters(understanding: Understanding) -> frozenset[str]:
    """The letters that stand for densities without an index."""
    written = "".join(
        token.text
        for derivation in understanding.extraction.derivations
        for side in derivation.sides()
        for token in side.tokens
    )
    return frozenset(("p", "q")) | {
        letter for found in _DIVERGENCE.finditer(written) for letter in found.groups()
    }

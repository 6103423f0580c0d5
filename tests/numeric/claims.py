"""Equations without a document: rows of LaTeX as the extraction stage would give them."""

from __future__ import annotations

import re

from proofcheck.document.document import Excerpt
from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, tokenize
from proofcheck.extraction.derivation import (
    Declaration,
    Derivation,
    Extraction,
    Relation,
    RelationKind,
    Side,
    Step,
)
from proofcheck.numeric.judge import judge
from proofcheck.numeric.understanding import Remedies
from proofcheck.numeric.verdict import Judgement
from proofcheck.remedy.assumption import missing_assumption
from proofcheck.remedy.hints import hint
from proofcheck.remedy.repair import mend
from proofcheck.remedy.terms import differing


def derivation(*rows: str) -> Derivation:
    """Rows such as `a = b` and `= c`; a row with a left side starts a chain."""
    steps: list[Step] = []
    last: Side | None = None
    chain = -1
    for row in rows:
        sides = [_side(part) for part in _parts(row)]
        if sides[0].tokens:
            last, chain = sides[0], chain + 1
        for side in sides[1:]:
            assert last is not None
            steps.append(Step(last, Relation(RelationKind.EQUAL, "=", Span(0, 1)), side, chain))
            last = side
    return Derivation(tuple(steps), "display", Span(0, 1), 0)


def _parts(row: str) -> list[str]:
    """What stands between the equality signs outside of groups and environments."""
    parts, depth = [""], 0
    for piece in re.split(r"(\\(?:begin|end)\{\w+\}|[{}=])", row):
        depth += (piece == "{" or piece.startswith(r"\begin")) - (
            piece == "}" or piece.startswith(r"\end")
        )
        if piece == "=" and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _side(text: str) -> Side:
    tokens: tuple[Token, ...] = tokenize(Excerpt(text, ((0, 0),)))
    return Side(tokens, text.strip(), Span(0, len(text)))


def declare(name: str, kind: str, *properties: str) -> Declaration:
    """What prose would say of a symbol."""
    return Declaration(_side(name).tokens, kind, (), (), properties, Span(0, 1), 0)


def check(
    *groups: tuple[str, ...], declarations: tuple[Declaration, ...] = (), prose: str = ""
) -> list[Judgement]:
    """The judgements on all steps of some derivations."""
    chains = tuple(derivation(*rows) for rows in groups)
    extraction = Extraction(chains, declarations, prose=prose)
    return [
        j
        for judged in judge(extraction, Remedies(missing_assumption, mend, differing, hint))
        for j in judged
    ]


def verdicts(*groups: tuple[str, ...], declarations: tuple[Declaration, ...] = ()) -> list[str]:
    """The verdicts alone."""
    return [str(judgement.verdict) for judgement in check(*groups, declarations=declarations)]

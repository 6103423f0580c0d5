"""Every spelling of every operator is read as that operator."""

from __future__ import annotations

import pytest

from proofcheck.document.document import Excerpt
from proofcheck.document.read import read_text
from proofcheck.document.tokens import tokenize
from proofcheck.extraction.extract import extract
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import Call, Expr, walk
from proofcheck.formula.notation import UNSAID, Notation
from proofcheck.formula.parser import parse
from proofcheck.formula.vocabulary import LETTERED, MOMENTS, OPERATORS, Operator, announced

ROWS = [row for row in OPERATORS if row.name not in MOMENTS]
OUTER = Notation(outer=True, star=True, indices=frozenset("i"))
# Marks that follow what they are about, and signs that stand around it.
AROUND = {
    "K": "K_{mn}",
    "D": "D_n",
    "L": "L_n",
    "(": "(a,b)",
    "[": "[A,B]",
    r"\{": r"\{A,B\}",
    r"\dagger": r"A^\dagger",
}


def _parse(latex: str, notation: Notation = OUTER) -> Expr:
    return parse(tokenize(Excerpt(latex, ((0, 0),))), notation)


def _operators(expr: Expr) -> set[str]:
    return {node.operator for node in walk(expr) if isinstance(node, Call)}


def _examples(row: Operator) -> list[str]:
    inside = "(A,B)" if not row.takes(1) else "(A)"
    words = [rf"\operatorname{{{word}}}{inside}" for word in row.words]
    return [*words, *(f"{command}{inside}" for command in row.commands), *row.written]


SPELLINGS = [(row.name, text) for row in ROWS for text in _examples(row)]
SIGNS = [(row.name, f"A{sign} B") for row in ROWS for sign in row.infix]
ANNOUNCED = [(row.name, *pair) for row in ROWS for pair in row.announced]


@pytest.mark.parametrize(("name", "latex"), SPELLINGS)
def test_a_spelling_is_read(name: str, latex: str) -> None:
    assert name in _operators(_parse(latex))


@pytest.mark.parametrize(("name", "latex"), SIGNS)
def test_a_sign_between_two_factors_is_read(name: str, latex: str) -> None:
    assert name in _operators(_parse(latex, Notation()))


@pytest.mark.parametrize(("name", "spelling", "phrases"), ANNOUNCED)
def test_a_spelling_that_words_announce(name: str, spelling: str, phrases: tuple[str, ...]) -> None:
    applied = f"{spelling}(s, t)" if name == "beta function" else f"{spelling}(s)"
    sign = AROUND.get(spelling, f"A{spelling} B")
    latex = applied if name in LETTERED else sign
    for phrase in phrases:
        notation = Notation(announced=announced(f"Let this be the {phrase.upper()} of two."))
        assert name in _operators(_parse(latex, notation))
    assert (name in _operators_or_none(latex)) == (UNSAID.get(spelling) == name)


def _operators_or_none(latex: str) -> set[str]:
    try:
        return _operators(_parse(latex, Notation()))
    except Unreadable:
        return set()


def test_a_sign_that_words_give_two_meanings_has_none() -> None:
    notation = Notation(announced=announced("the direct sum and the Kronecker sum"))
    with pytest.raises(Unreadable):
        _parse(r"A\oplus B", notation)


def test_the_words_of_a_document_reach_the_notation() -> None:
    extraction = extract(read_text("The Kronecker sum is $A$.\n", "a.md"))
    assert announced(extraction.prose) == {(r"\oplus", "kronecker sum")}

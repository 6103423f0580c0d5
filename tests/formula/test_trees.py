"""A tree is shared by the notations that read a formula alike, and by no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofcheck.document.read import read
from proofcheck.extraction.extract import extract
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import Expr, walk
from proofcheck.formula.notation import PLAIN, Notation
from proofcheck.formula.parser import parse
from proofcheck.formula.trees import Tokens, Trees
from proofcheck.inference.formulas import Formulas
from proofcheck.numeric.choices import OTHERS

_FIXTURES = Path(__file__).parents[2] / "fixtures" / "correct"


@pytest.mark.parametrize(
    "name", ["signs.md", "stacked.md", "ellipses.md", "unit_vector.md", "least_squares_gradient.md"]
)
def test_a_formula_reads_as_it_does_by_itself(name: str) -> None:
    extraction = extract(read(_FIXTURES / name))
    formulas = Formulas()
    shared = formulas.shared(extraction)
    changes = [choice.notation for choice in OTHERS if choice.notation is not None]
    for notation in (shared, *map(shared.changed, changes)):
        for derivation in extraction.derivations:
            mine = formulas.notation(derivation, notation)
            for side in derivation.sides():
                found = _said(formulas.parse, side.tokens, mine)
                assert found == _said(parse, side.tokens, mine)


def test_what_reads_alike_is_one_tree() -> None:
    trees = Trees()
    (derivation,) = extract(read(_FIXTURES / "least_squares_gradient.md")).derivations[:1]
    side = derivation.steps[0].right
    usual = trees.parse(side.tokens, PLAIN)
    assert trees.parse(side.tokens, Notation(loose=True, primed=True, spaced=True)) is usual


def _said(reader: object, tokens: Tokens, notation: Notation) -> object:
    """What tokens say with the places of all nodes, or why they can't be read."""
    assert callable(reader)
    try:
        expr = reader(tokens, notation)
    except Unreadable as error:
        return error.message, error.span
    assert isinstance(expr, Expr)
    return expr, [node.span for node in walk(expr)]

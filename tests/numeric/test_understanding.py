"""A model is taken over by the choices of notation under which nothing reads otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofcheck.document.read import read, read_text
from proofcheck.extraction.extract import extract
from proofcheck.formula.notation import Notation
from proofcheck.inference.context import understand
from proofcheck.inference.model import Model
from proofcheck.numeric.choices import OTHERS, USUAL
from proofcheck.numeric.understanding import Understanding

_FIXTURES = Path(__file__).parents[2] / "fixtures" / "correct"
_NOTATIONS = [choice.notation for choice in OTHERS if choice.notation is not None]


@pytest.mark.parametrize("path", sorted(_FIXTURES.glob("*.md"))[::4], ids=lambda path: path.stem)
def test_a_model_that_is_taken_over_is_the_one_that_would_be_made(path: Path) -> None:
    understanding = Understanding(extract(read(path)), (), None, USUAL, OTHERS)
    usual = understanding.model(None)
    for notation in _NOTATIONS:
        if understanding.model(notation) is usual:
            made = understand(understanding.extraction, notation)
            assert _said(made) == _said(usual)


def test_a_model_is_made_where_something_reads_otherwise() -> None:
    text = "For all $A$ and $B$, $$A \\odot B C = B C \\odot A$$ and $$I A = A.$$"
    extraction = extract(read_text(text, "<text>", "markdown"))
    understanding = Understanding(extraction, (), None, USUAL, OTHERS)
    usual = understanding.model(None)
    for notation in (Notation(loose=True), Notation(letter=True), Notation(loose=True, rows=True)):
        assert understanding.model(notation) is not usual
    for notation in (Notation(rows=True), Notation(primed=True)):
        assert understanding.model(notation) is usual


def _said(model: Model) -> tuple[object, ...]:
    laws = model.variables, model.meanings, model.random, model.declared
    return *laws, model.origins, model.spreads, model.suppositions

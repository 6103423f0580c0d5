"""The page "What proofcheck reads" has all that the parser knows, and is up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofcheck.formula.vocabulary import OPERATORS, Operator
from proofcheck.rules.reference import page, sections

PAGE = Path(__file__).parent.parent.parent / "docs" / "reads.md"


def test_the_page_is_up_to_date() -> None:
    found = PAGE.read_text(encoding="utf-8")
    assert found == page(), "run: python -m proofcheck.rules docs/rules"


@pytest.mark.parametrize("row", OPERATORS, ids=lambda row: row.name)
def test_the_page_has_every_operator(row: Operator) -> None:
    text = page()
    assert f"### {row.name}\n" in text
    assert row.source in text
    for spelling in (*row.words, *row.commands, *row.infix, *row.written):
        assert spelling in text


def test_the_page_has_what_is_known_besides_operators() -> None:
    text = page()
    for words in sections().values():
        assert all(f"`{word}`" in text for word in words if word.strip("\\ \n\r\t"))

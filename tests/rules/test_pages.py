"""The page of every rule is in the documentation, and its examples are true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from proofcheck import Settings
from proofcheck.pipeline import check_text
from proofcheck.rules.pages import examples, pages
from proofcheck.rules.registry import RULES
from proofcheck.rules.rule import Rule

DOCS = Path(__file__).parent.parent.parent / "docs"
ALL = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def _found(rule: Rule, text: str) -> list[str]:
    """The names of the rules that find something in a text, `rule` turned on among them."""
    settings = Settings(enabled=frozenset((rule.name,)))
    return [diagnostic.rule for diagnostic in check_text(text, settings=settings).diagnostics]


def test_the_pages_are_up_to_date() -> None:
    found = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "rules").glob("*.md")}
    assert found == pages(), "run: python -m proofcheck.rules docs/rules"


@ALL
def test_the_name_reads_as_words(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)


@ALL
def test_the_page_has_all_its_sections(rule: Rule) -> None:
    headings = re.findall(r"^## (.*)$", rule.page, re.MULTILINE)
    assert headings == ["Why it matters", "Example", "What to write instead", "When it is silent"]


@ALL
def test_the_rule_finds_its_example(rule: Rule) -> None:
    assert _found(rule, examples(rule)[0]) == [rule.name]


@ALL
def test_nothing_is_found_in_what_to_write_instead(rule: Rule) -> None:
    assert _found(rule, examples(rule)[1]) == []

"""The list of decisions has every decision, in its order, by its own title."""

from __future__ import annotations

import re
from pathlib import Path

DECISIONS = Path(__file__).parents[1] / "docs" / "decisions"


def test_the_list_has_every_decision() -> None:
    notes = sorted(path for path in DECISIONS.glob("*.md") if path.name != "index.md")
    titles = [
        path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ") for path in notes
    ]
    listed = re.findall(r"(?m)^\* \[(.*)\]\((.*)\)$", (DECISIONS / "index.md").read_text("utf-8"))
    assert listed == [(title, path.name) for title, path in zip(titles, notes, strict=True)]


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = [path.name[:4] for path in DECISIONS.glob("0*.md")]
    assert len(set(numbers)) == len(numbers)

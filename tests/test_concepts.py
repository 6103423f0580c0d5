"""The glossary names types that exist, each where it says."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

TEXT = (Path(__file__).parent.parent / "docs" / "concepts.md").read_text(encoding="utf-8")
ENTRIES = [
    (name, module)
    for names, module in re.findall(r"^(\*\*.*?) ?\(`([a-z._]+)`\)", TEXT, re.MULTILINE | re.DOTALL)
    for name in re.findall(r"\*\*(\w+)\*\*", names.rpartition("\n\n")[2])
]


@pytest.mark.parametrize(("name", "module"), ENTRIES, ids=[name for name, _ in ENTRIES])
def test_the_type_is_there(name: str, module: str) -> None:
    home = importlib.import_module(f"proofcheck.{module}")
    assert getattr(home, name).__module__ == home.__name__


def test_every_entry_names_its_module() -> None:
    assert len(ENTRIES) == len(re.findall(r"\*\*\w+\*\*", TEXT))

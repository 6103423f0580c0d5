"""The README says what the program does."""

from __future__ import annotations

import re

from tests.readme import README, rendered

TEXT = README.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def test_shows_the_output_that_the_program_prints() -> None:
    assert "<!-- output of:" in TEXT
    assert rendered(TEXT) == TEXT, "run: python tests/readme.py"


def test_the_first_block_installs_and_checks() -> None:
    assert "pip install ." in BLOCKS[0]
    assert "proofcheck check fixtures/" in BLOCKS[0]


def test_the_second_block_installs_and_tests() -> None:
    assert "[dev]" in BLOCKS[1]
    assert "pytest" in BLOCKS[1]


def test_never_installs_a_distribution_of_the_same_name() -> None:
    assert not re.search(r"pip install [^\n]*\bproofcheck\b(?!-lint)", TEXT)

"""The identities of the Matrix Cookbook: how many are decided, and how many slips are found."""

from __future__ import annotations

from functools import cache

import pytest

from proofcheck import Verdict
from tests.cookbook import NAMES, Display, displays, slip_mark


@cache
def _pairs(name: str) -> tuple[tuple[Display, Display], ...]:
    """The identities of a document, each with its slip."""
    return tuple(zip(displays("correct", name), displays("mutated", name), strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_every_identity_holds_or_says_why_it_is_not_decided(name: str) -> None:
    for identity, _ in _pairs(name):
        assert identity.mark == identity.open, identity.formula
        assert identity.open or identity.verdicts == {Verdict.HOLDS}, identity.formula


@pytest.mark.parametrize("name", NAMES)
def test_every_slip_is_reported_or_says_that_it_is_not(name: str) -> None:
    for identity, slip in _pairs(name):
        assert identity.formula != slip.formula
        assert slip.mark == slip_mark(identity, slip), slip.formula


def test_how_much_of_the_cookbook_is_decided_and_found() -> None:
    pairs = [pair for name in NAMES for pair in _pairs(name)]
    decided = [slip for identity, slip in pairs if not identity.open]
    reported = [slip for slip in decided if slip.reported]
    print(f"{len(pairs)} identities, {len(decided)} decided, {len(reported)} slips reported")
    assert len(pairs) >= 250
    assert len(decided) / len(pairs) > 0.97
    assert len(reported) / len(decided) >= 0.98

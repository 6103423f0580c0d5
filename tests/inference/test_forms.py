"""Steps that are wrong in their form alone."""

from __future__ import annotations

import pytest

from proofcheck import Verdict
from proofcheck.pipeline import check_text


def fails(text: str) -> bool:
    """Whether the last step of a Markdown document fails."""
    return check_text(text).derivations[-1].steps[-1].judgement.verdict is Verdict.FAILS


@pytest.mark.parametrize(
    ("formula", "wrong"),
    [
        (r"\mathrm{K}[P||Q] = \sum_{x} p(x) \log p(x) \, \mathrm{d}x", True),
        (r"\mathrm{K}[P||Q] = \sum_{x} p(x) - \sum_{x} q(x) \, \mathrm{d}x", True),
        (r"\mathrm{K}[P||Q] = \sum_{k} p(x) \, \mathrm{d}x", False),
        (r"\mathrm{K}[P||Q] \approx \sum_{x} p(x) \, \mathrm{d}x", False),
        (r"\mathrm{d}F = \sum_{x} p(x) \, \mathrm{d}x", False),
        (r"\mathrm{K}[P||Q] = \sum_{x} \frac{\mathrm{d}p}{\mathrm{d}x}", False),
        (r"\mathrm{K}[P||Q] = \sum_{x} p(x) + c \, \mathrm{d}x", False),
        (r"\mathrm{K}[P||Q] = \sum_{x} \int p(x) \, \mathrm{d}x", False),
    ],
)
def test_a_sum_has_no_differential_of_its_index(formula: str, wrong: bool) -> None:
    assert fails(f"$${formula}$$") is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (r"$$p(y|m) = \mathcal{N}(x; m, s)$$", True),
        (r"$$p(y|m) = \mathcal{N}(y; m, s)$$", False),
        (r"With $x = 2y$ $$p(y|m) = \mathcal{N}(x; m, s)$$", False),
        (r"Let $x$ be the data. $$p(y|m) = \mathcal{N}(x; m, s)$$", False),
        (r"$$p(y|m) = \mathcal{N}(y - b; m, s)$$", False),
        (r"$$L = \mathcal{N}(x; m, s)$$", False),
    ],
)
def test_a_density_is_taken_at_something_known(text: str, wrong: bool) -> None:
    assert fails(text) is wrong


@pytest.mark.parametrize(
    ("formula", "wrong"),
    [
        (r"f = \left( a (b + c) + d (c - a \right)", True),
        (r"f = \left( a (b + c) + d (c - a) \right)", False),
        (r"f = \left( [0, 1) + a \right)", False),
        (r"f = \left( (0, 1] + a \right)", False),
        (r"f = \left( a + (b \right. + c) \right)", False),
        (r"f = a + (b", False),
    ],
)
def test_a_bracket_is_closed(formula: str, wrong: bool) -> None:
    assert fails(f"$${formula}$$") is wrong

"""Chains that go on over several formulas, and the words around them."""

from __future__ import annotations

import pytest

from tests.extraction.stepping import equal, extracted, shown, steps

CHAIN = ["a = b", "b = c"]


@pytest.mark.parametrize(
    "text",
    [
        "$a = b$\n$= c$",
        "$a = b$, $= c$",
        "$a = b =$ $c$",
        "$$a = b$$ $$= c$$",
        "$$a = b$$\n\nUsing the rule:\n\n$$= c$$",
        "\\[a = b\\] Here $x$ is small, so \\[= c\\]",
        "$$a$$ expands to $$= b = c$$",
        "$a$ = $b$ = $c$",
        "$a$ = $b = c$",
        "> $a = b$\n> $= c$",
    ],
)
def test_a_chain_over_formulas(text: str) -> None:
    found = extracted(text).derivations
    assert equal(text) == CHAIN
    assert [step.chain for step in found[0].steps] == [0, 0]


@pytest.mark.parametrize(
    "text",
    [
        "$a = b$ is less than $= c$",
        "$$a = b$$\n\n# Another\n\n$$= c$$",
        "$$a = b$$" + " many words" * 30 + " $$= c$$",
        "$a$ and the gradient $= c$",
    ],
)
def test_no_chain_over_what_parts(text: str) -> None:
    assert not [step for step in shown(text) if step[2] == "c"]


def test_a_relation_in_the_prose_has_its_place() -> None:
    text = "$a$ = $b$"
    step = steps(text)[0]
    assert text[step.relation.span.start : step.relation.span.end] == "="
    assert (step.relation.text, step.relation.span.start) == ("=", 4)


@pytest.mark.parametrize(
    ("text", "announced"),
    [
        ("Let $a = b$.", [True]),
        ("Define the matrix $a = b$", [True]),
        ("where $a = b$ and $c = d$", [True, True]),
        ("with $a=b, c=d$.", [True, True]),
        ("the loss is given by $$a = b = c$$", [True, False]),
        ("Define $$\\eqalign{a &= b \\cr c &= d}$$", [True, True]),
        ("Define $$\\eqalign{a &= b \\cr &= c \\cr d &= e}$$", [True, False, False]),
        ("Let us go. Then $a = b$", [False]),
        ("Therefore $a = b$", [False]),
        ("$a = b$ where $c = d$", [False, True]),
        (r"$$a = b, \quad \text{where } c = d$$", [False, True]),
    ],
)
def test_announced(text: str, announced: list[bool]) -> None:
    assert [step.announced for step in steps(text)] == announced


@pytest.mark.parametrize(
    ("text", "kind", "environment"),
    [
        ("$a = b$", "markdown", "inline"),
        ("$$a = b$$", "markdown", "display"),
        ("\\begin{align*}a &= b\\end{align*}", "latex", "align"),
        ("\\[\\begin{aligned}a &= b\\end{aligned}\\]", "latex", "aligned"),
        ("\\begin{equation}\\begin{split}a &= b\\end{split}\\end{equation}", "latex", "split"),
        ("$$\\eqalign{a &= b}$$", "markdown", "eqalign"),
        ("$$A = \\begin{pmatrix}1\\end{pmatrix}$$", "markdown", "display"),
    ],
)
def test_environment(text: str, kind: str, environment: str) -> None:
    assert [found.environment for found in extracted(text, kind).derivations] == [environment]


def test_scopes_count_boundaries() -> None:
    text = "$a = b$\n\n# One\n\n$c = d$\n\n# Two\n\n$e = f$"
    assert [found.scope for found in extracted(text).derivations] == [0, 1, 2]


def test_a_macro_holds_for_the_formulas_behind_it() -> None:
    assert equal(r"$\def\eq{=}$ $a \eq b$") == ["a = b"]


def test_a_macro_without_end_is_a_problem_and_the_rest_is_read() -> None:
    found = extracted(r"$\def\x{\x\x}\x = 1$ and $a = b$")
    assert len(found.problems) == 1
    assert [step.left.text for d in found.derivations for step in d.steps] == ["a"]

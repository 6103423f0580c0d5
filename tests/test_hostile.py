"""Documents that are meant to do harm: bounded work, a reason, and no way out of the project."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from proofcheck.document.tokens import Token, TokenKind, tokenize
from proofcheck.extraction import extract
from proofcheck.formula.layout import laid_out
from proofcheck.pipeline import check_text
from tests.document.reading import tokens

DEEP = 3_000
NESTED = {
    "braces": ("{", "}"),
    "brackets": ("(", ")"),
    "sized brackets": (r"\left(", r"\right)"),
    "fractions": (r"\frac{", "}{2}"),
    "braces below": (r"\underbrace{", "}_{y}"),
    "notes": (r"\overset{a}{", "}"),
    "scripts": ("x_{", "}"),
    "matrices": (r"\begin{pmatrix}", r"\end{pmatrix}"),
    "bars": ("|", "|"),
    "signs": ("-", ""),
    "differentials": ("d", ""),
}


@pytest.mark.parametrize("name", NESTED)
def test_deep_nesting_is_refused_with_a_reason(name: str) -> None:
    opening, closing = NESTED[name]
    report = check_text(f"$$y = {opening * DEEP}x{closing * DEEP}$$")
    said = [step.judgement.message for d in report.derivations for step in d.steps]
    assert any("more than 2000 tokens" in message for message in said)


ENDLESS = {
    r"\def\a{\a}$$x = \a$$": "calls macros more than 100 deep",
    r"\def\a#1{\a{#1#1}}$$x = \a x$$": "more than 50,000 tokens",
    r"\newcommand{\a}{\b}\newcommand{\b}{\a}$$x = \a$$": "calls macros more than 100 deep",
}


@pytest.mark.parametrize("text", ENDLESS)
def test_macros_without_end_are_findings(text: str) -> None:
    report = check_text(text + "\n\n$$A+A = 2A$$", kind="latex")
    (finding,) = report.diagnostics
    assert (finding.rule, ENDLESS[text] in finding.message) == ("unreadable-file", True)
    assert [str(s.judgement.verdict) for d in report.derivations for s in d.steps] == ["holds"]


def test_the_steps_of_a_document_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "MOST_STEPS", 5)
    report = check_text("$$A+A = 2A$$\n\n" + "$$x" + "=a" * 9 + "$$")
    assert [len(derivation.steps) for derivation in report.derivations] == [1]
    assert [d.message for d in report.diagnostics] == [
        "from here on nothing is checked: more than 5 steps"
    ]


class Counted(list[Token]):
    """Tokens that count how often one of them is looked at."""

    looks = 0

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401
        type(self).looks += 1
        return super().__getitem__(index)


FORMULAS: dict[str, Callable[[int], str]] = {
    "braces": lambda n: r"\underbrace{" * n + "x" + "}_{y}" * n,
    "stacks": lambda n: r"\overset{a}{" * n + r"\sum" + "}" * n,
    "fences": lambda n: r"\left(" * n + "x" + r"\right)" * n,
    "dots": lambda n: r"\underbrace{x \dots}_{n}" * n,
}


@pytest.mark.parametrize("name", FORMULAS)
def test_the_work_on_layout_grows_with_the_formula(name: str) -> None:
    looks: list[int] = []
    for size in (100, 200, 400):
        Counted.looks = 0
        assert list(laid_out(Counted(tokens(FORMULAS[name](size)))))
        looks.append(Counted.looks)
    assert looks[2] <= 2.2 * looks[1] <= 4.84 * looks[0]


def test_tokens_of_a_long_formula() -> None:
    from proofcheck.document.document import Excerpt

    found = tokenize(Excerpt("a+" * 500_000, ((0, 0),)))
    assert len(found) == 1_000_000
    assert {token.kind for token in found} == {TokenKind.LETTER, TokenKind.SYMBOL}

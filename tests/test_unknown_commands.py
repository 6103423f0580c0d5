"""What is not known is named at its place, wherever in a formula it stands, and never dropped."""

from __future__ import annotations

import pytest

from proofcheck import Settings
from proofcheck.pipeline import check_text
from proofcheck.rules.diagnostic import Diagnostic

ON = Settings(enabled=frozenset(("unchecked-step",)))

RIGHT_SIDES = [
    r"\foo",
    r"\foo + y",
    r"a \foo b",
    r"a - \foo{b}",
    r"\frac{\foo}{2}",
    r"\frac{a}{\foo{b}}",
    r"a^{\foo}",
    r"A^{\foo T}",
    r"A^\foo",
    r"\sqrt{\foo a}",
    r"\mathbf{\foo}",
    r"\hat{\foo}",
    r"\log_\foo a",
    r"\operatorname{tr}(\foo A)",
    r"\operatorname{tr} \foo",
    r"\left( a + \foo \right)",
    r"\left\foo a \right)",
    r"\color\foo{a}",
    r"\boxed{a + \foo}",
    r"d\foo",
    r"\frac{\partial f}{\partial \foo}",
    r"\sum_{i} \foo_i",
    r"\|a\|_{\foo}",
    r"\langle a, \foo\rangle",
    r"\begin{pmatrix} \foo & 1 \\ 2 & 3 \end{pmatrix}",
    r"\underbrace{\foo}_{note}",
    r"A \foo",
]


def _findings(text: str) -> list[Diagnostic]:
    report = check_text(text, settings=ON)
    return [found for found in report.diagnostics if found.rule == "unchecked-step"]


@pytest.mark.parametrize("latex", RIGHT_SIDES)
def test_an_unknown_command_is_named_at_its_place(latex: str) -> None:
    text = f"$$x = y$$\n\n$$x = {latex}$$\n"
    (found,) = _findings(text)
    assert r"`\foo` is not known" in found.message
    assert text[found.span.start : found.span.end] == r"\foo"


def test_the_left_side_as_well() -> None:
    text = r"$$a + \foo = b$$"
    (found,) = _findings(text)
    assert text[found.span.start : found.span.end] == r"\foo"


def test_each_of_two_like_formulas_has_its_own_place() -> None:
    text = "$$a = b + \\foo$$\n\n$$c = b + \\foo$$\n"
    places = [found.span.start for found in _findings(text)]
    assert places == [text.index(r"\foo"), text.rindex(r"\foo")]


@pytest.mark.parametrize("latex", [r"a = a_{\foo}", r"a = a^{\mathrm{\foo}}", r"x_{\foo} = x"])
def test_an_unknown_command_in_a_label_keeps_names_apart(latex: str) -> None:
    report = check_text(f"$$a = 1, \\quad x = 2$$\n\n$${latex}$$\n")
    assert all(str(step.judgement.verdict) != "holds" for step in report.steps())


def test_an_unknown_function_is_named_at_its_place() -> None:
    text = r"$$x = 1 + \operatorname{foo}{ab}$$"  # before a bracket it is a quantity by name
    (found,) = _findings(text)
    assert "`foo` is not known" in found.message
    assert text[found.span.start : found.span.end].startswith(r"\operatorname{foo")


def test_an_unknown_environment_is_named_at_its_place() -> None:
    text = r"$$x = 1 + \begin{foo} a \end{foo}$$"
    (found,) = _findings(text)
    assert "`foo` is not known" in found.message
    assert text[found.span.start : found.span.end].startswith(r"\begin{foo}")


def test_a_directive_before_the_step_silences_it() -> None:
    text = "<!-- proofcheck: allow[unchecked-step] -->\n$$x = 1 + \\foo$$\n"
    assert _findings(text) == []

"""Which equation is accused where a chain begins with a definition."""

from __future__ import annotations

from proofcheck import Verdict
from proofcheck.numeric.verdict import Judgement
from proofcheck.pipeline import check_text

CHAIN = "Let $x$ and $y$ be vectors.\n\n$$\\mathrm{S}(x) = {} = (x-y)^T(x-y)$$\n\n"
LATER = "This is\n\n$$\\mathrm{S}(x) = x^Tx - 2x^Ty + y^Ty$$\n"


def judged(text: str) -> list[Judgement]:
    """The judgements on the steps of a Markdown document."""
    return [checked.judgement for checked in check_text(text).steps()]


def test_a_definition_that_stands_alone_is_accused() -> None:
    first, second, _ = judged(CHAIN.replace("{}", "x^Tx - y^Ty") + LATER)
    assert first.verdict is Verdict.FAILS
    assert not first.inherited
    assert first.counterexample is not None
    assert second.verdict is Verdict.FAILS
    assert second.inherited


def test_a_definition_is_not_accused_where_nothing_says_what_is_right() -> None:
    first, second = judged(CHAIN.replace("{}", "x^Tx - y^Ty"))
    assert first.verdict is Verdict.DEFINITION
    assert second.verdict is Verdict.FAILS
    assert not second.inherited


def test_a_definition_is_not_accused_where_later_equations_agree_with_it() -> None:
    text = CHAIN.replace("{}", r"x^Tx - 2x^Ty + y^Ty").replace("(x-y)^T(x-y)", "(x-y)^T(x+y)")
    first, second, third = judged(text + LATER)
    assert first.verdict is Verdict.DEFINITION
    assert second.verdict is Verdict.FAILS
    assert not second.inherited
    assert third.verdict is Verdict.HOLDS

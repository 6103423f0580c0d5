"""What contradicts itself: a theorem and its proof, and equations that hold nowhere."""

from __future__ import annotations

from proofcheck.numeric.verdict import Verdict
from proofcheck.pipeline import check_text


def test_nothing_follows_from_an_equation_that_holds_nowhere() -> None:
    text = r"$$\int_0^1 x^2\,dx = \frac12$$ $$\int_{-\infty}^\infty e^{-x^2/2}\,dx = \sqrt{\pi}$$"
    verdicts = [step.judgement.verdict for step in check_text(text, "note.md").steps()]
    assert verdicts == [Verdict.FAILS, Verdict.UNCHECKED]


def test_a_contradiction_is_noted_on_both_lines_where_neither_is_borne_out() -> None:
    text = (
        "**Theorem.** Let $a$, $b$ and $c$ be numbers. Then\n$$Q(X) = 2a + b + c.$$\n\n"
        "**Proof.** We have\n$$Q(X) = a + b + c = a + (b + c) = c + a + b.$$\n"
    )
    steps = list(check_text(text, "note.md").steps())
    assert all(step.judgement.verdict is not Verdict.FAILS for step in steps)
    assert "the proof arrives at another value, `c + a + b`" in steps[0].judgement.notes
    assert "the theorem says another value, `2a + b + c`" in steps[-1].judgement.notes

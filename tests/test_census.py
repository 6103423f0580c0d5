r"""The macros that chains of equations are made of: each is read, or named where it is not.

The list is that of a count over published documents, without what only lays out a page.
"""

from __future__ import annotations

import pytest

from proofcheck.pipeline import check_text

READ = [
    *(rf"\{name}" for name in "alpha beta Gamma eta ell hbar varepsilon vartheta varpi".split()),
    *(rf"\{font}{{x}}" for font in "mathbf boldsymbol bm mathrm mathcal mathsf mathit".split()),
    *(rf"\{font}{{x}}" for font in "mathfrak mathds hat widehat bar tilde widetilde vec".split()),
    *(rf"\{mark}{{x}}" for mark in "overline underline dot mathring check boxed".split()),
    r"\frac{a}{b}", r"\dfrac{a}{b}", r"\tfrac{a}{b}", r"\cfrac{a}{b}", r"{a \over b}",
    r"\text{rate}", r"\sum_{i=1}^3 i", r"\prod_{i=1}^3 i", r"\frac{\partial x^2}{\partial x}",
    r"A^\top x", r"A^{\prime}x", r"A^\dagger x", r"A^\ast x", r"b^\star", r"\transpose{A}x",
    r"a \cdot b", r"a \times b", r"\operatorname{tr}(B)", r"\log 2", r"\ln 2", r"\exp 2",
    r"\nabla_x x^Tx", r"P(a \mid b)", r"\sqrt{2}", r"\int_0^1 t\,dt", r"\underbrace{a}_{b}",
    r"x_1 + \ldots + x_n", r"x_1 + \cdots + x_n", r"x_1 + \dots + x_n",
    r"\overset{(a)}{b}", r"\otimes{}"[:-2].join(("A", " x")), r"\cos 2", r"\sin 2", r"\tanh 2",
    r"\arccos \tfrac12", r"\det(B)", r"\max(2, 3)", r"\min(2, 3)", r"\langle a, b\rangle",
    r"\lvert a\rvert", r"\Vert b\Vert", r"\norm{b}", r"\vert a\vert", r"\mleft(a\mright)",
    r"\Re(a)", r"a \pm a", r"A \odot B", r"\softmax(v)", r"\mathop{\mathrm{tr}}(B)",
    r"\ensuremath{a}", r"\sum\displaylimits_{i=1}^3 i",
    r"\begin{cases} a & b>0\\ b & b\le 0\end{cases}",
    r"\begin{pmatrix}1 & 2\end{pmatrix} v", r"\E[X]", r"\ip{a}{b}",
]  # fmt: skip
NAMED = [
    r"\lim_{n} a", r"\infty", r"\wedge b", r"\vee b", r"\cup B", r"\cap B", r"\setminus B",
    r"\ominus B", r"\bigcup A", r"\emptyset", r"\draw b", r"\node b", r"\angle b",
    r"\checkmark b", r"\WVEC", r"\inf A",
]  # fmt: skip


@pytest.mark.parametrize("latex", READ)
def test_a_frequent_macro_is_read(latex: str) -> None:
    report = check_text(f"$${latex} = c$$")
    messages = [step.judgement.message or "" for step in report.steps()]
    assert messages
    assert not any("was not understood" in message for message in messages)


@pytest.mark.parametrize("latex", NAMED)
def test_what_is_not_read_is_named(latex: str) -> None:
    (step,) = check_text(f"$$x = a + {latex}$$").steps()
    command = latex.split(maxsplit=1)[0].split("_", maxsplit=1)[0]
    assert f"`{command}`" in (step.judgement.message or "")

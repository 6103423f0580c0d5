"""Sides: what is looked through, what is dropped, what is kept as the author wrote it."""

from __future__ import annotations

import pytest

from tests.extraction.stepping import equal, shown, spelled, steps


@pytest.mark.parametrize(
    "text",
    [
        r"${a = b}$",
        r"$\boxed{a = b}$",
        r"$$\boxed{\;a = b\;\\ }$$",
        r"$\underbrace{a = b}_{\text{known}}$",
        r"$\color{red}{a = b}$",
        r"$\textcolor{red}{a = b}$",
        r"$\bbox[5px, yellow]{a = b}$",
        r"$\displaystyle a = b$",
        r"$\large a = b$",
        r"$a \mathrel{=} b$",
        r"$a {}={} b$",
        r"$a = b.$",
        r"$a = b\,,$",
        r"$$a = b \tag{1}\label{eq:x}$$",
        r"$$a = b \qquad ({\rm the\;rule})$$",
        r"$$a = b \text{, where $y_i$ is known}$$",
        r"$$a = b \quad \text{(by symmetry)}$$",
        r"$$\text{so that } a = b$$",
        r"$$(1) \quad a = b$$",
        r"$$a = b \eqno (1)$$",
        r"$$a = b \hfill \blacksquare$$",
        r"$$a = b \qquad \forall i$$",
        r"$\def\c#1{\color{red}{#1}} \c{a = b}$",
        r"\begin{align} & a = b && \text{(by symmetry)} \end{align}",
    ],
)
def test_what_says_nothing(text: str) -> None:
    assert equal(text) == ["a = b"]


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        (r"$\text{tr}(A) = \text{tr}(A^T)$", r"\text{tr}(A)", r"\text{tr}(A^T)"),
        (r"$d = \text{diag}(x)\,y$", "d", r"\text{diag}(x)\,y"),
        (r"$d = \text{tr }(X)$", "d", r"\text{tr }(X)"),
        (r"$\text{MSE} = e^2$", r"\text{MSE}", "e^2"),
        (r"$\text{true positives} = n$", r"\text{true positives}", "n"),
        (r"$f = g + \text{const}$", "f", r"g + \text{const}"),
        (r"$L^{\text{Ridge}} = x_\text{max}$", r"L^{\text{Ridge}}", r"x_\text{max}"),
        (r"$a = {\rm vec}(X)$", "a", r"{\rm vec}(X)"),
        (r"$a = \cdots = b$", "a", r"\cdots"),
        (r"$a = x_1 + ...$", "a", "x_1 + ..."),
        (r"$a = \left. b \right.$", "a", r"\left. b \right."),
        (r"$\min_x \quad f(x) = c$", r"\min_x f(x)", "c"),
        (r"$D={(x_1, y_1)}$", "D", "{(x_1, y_1)}"),
        (r"$\color{blue}x^T = y$", r"\color{blue}x^T", "y"),
        (r"$P_k = P_k^- + Q$", "P_k", "P_k^- + Q"),
        (r"$x* = y$", "x*", "y"),
        (r"$f(a,b) = a, b$", "f(a,b)", "a, b"),
        ("$a = b % a remark\n+ c$", "a", "b + c"),
    ],
)
def test_what_is_kept(text: str, left: str, right: str) -> None:
    step = steps(text)[0]
    assert (step.left.text, step.right.text) == (left, right)


def test_the_text_of_a_side_from_macros_is_that_of_the_calls() -> None:
    text = r"$\def\grad#1#2{\frac{\partial #1}{\partial #2}}\def\g{\grad{f}{x}} \g = \grad{f}{y}$"
    step = steps(text)[0]
    assert (step.left.text, step.right.text) == (r"\g", r"\grad{f}{y}")
    assert spelled(step.left.tokens) == r"\frac{\partialf}{\partialx}"


def test_a_macro_for_a_colour_is_left_out_of_the_text() -> None:
    text = r"$\def\c#1{\color{red}{#1}} y = x:\c{(A-B)}$"
    assert equal(text) == ["y = x: {(A-B)}"]


def test_a_side_over_rows_is_on_one_line() -> None:
    text = "$$\\begin{align} a &= b \\nonumber \\\\\n  &\\quad + c \\tag{1} \\end{align}$$"
    assert equal(text) == ["a = b + c"]
    assert spelled(steps(text)[0].right.tokens) == "b+c"


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("=", "equal"),
        (r"\equiv", "equal"),
        (r"\overset{(a)}{=}", "equal"),
        (r"\underset{n}{=}", "equal"),
        (r"\stackrel{(1)}=", "equal"),
        (r"=_{(a)}", "equal"),
        (":=", "define"),
        (r"\triangleq", "define"),
        (r"\doteq", "define"),
        (r"\stackrel{def}{=}", "define"),
        (r"\overset{\text{def}}{=}", "define"),
        (r"\buildrel \rm def \over =", "define"),
        ("≜", "define"),
        (r"\ne", "unequal"),
        (r"\not=", "unequal"),
        ("≠", "unequal"),
        ("<", "less"),
        (r"\leq", "less or equal"),
        ("<=", "less or equal"),
        (r"\geqslant", "greater or equal"),
        (">", "greater"),
        (r"\ll", "magnitude"),
        (r"\approx", "approximate"),
        (r"\sim", "approximate"),
        (r"\propto", "proportional"),
        (r"\overset{iid}{\sim}", "approximate"),
    ],
)
def test_relations(written: str, kind: str) -> None:
    assert shown(f"$a {written} b$") == [("a", kind, "b")]


def test_a_colon_is_a_product() -> None:
    assert equal(r"$A:B = \mathrm{tr}(A^TB)$") == [r"A:B = \mathrm{tr}(A^TB)"]


def test_an_arrow_after_an_equation_parts_it_from_the_next() -> None:
    assert equal(r"$a = b \rightarrow c = d$") == ["a = b", "c = d"]

"""Rows and columns: what goes on from the row before, what is another equation."""

from __future__ import annotations

import pytest

from tests.extraction.stepping import chains, equal, extracted, places, shown, steps

CHAIN = ["p = q", "q = r"]
TWO = ["p = q", "r = s"]


@pytest.mark.parametrize(
    "text",
    [
        r"$p = q = r$",
        "$$p = q \\\\ = r$$",
        "$$\\eqalign{p &= q \\cr\n&= r \\cr}$$",
        "$$\\large\\eqalign {p &= q \\cr\\cr &= r \\cr\n\\cr }$$",
        r"$$\eqalign{p &= q \\ \ \\ &= r \\ }$$",
        "\\begin{align*} p &= q \\\\[2pt] &= r \\tag{1} \\end{align*}",
        r"$$\begin{align} p &&= q \label{a} \\ &&= r \nonumber \end{align}$$",
        r"$$\begin{aligned}[t] p & = q, \\ & = r. \end{aligned}$$",
        r"\begin{equation} \begin{split} p &= q \\ &= r \end{split} \end{equation}",
        r"\[ \begin{equation} p = q = r \end{equation} \]",
        r"\begin{eqnarray} p & = & q & \text{by rule 1} \\ & = & r & \mbox{twice} \end{eqnarray}",
        r"$$\begin{array}{rcl} p & = & q \\ & = & r \end{array}$$",
        r"$$\displaylines{p = q \cr = r}$$",
        r"\begin{gather} p = q \\ = r \end{gather}",
        r"\begin{multline} p = q \\ = r \end{multline}",
        r"$$\begin{align} p =\ & q \\ =\ & r \end{align}$$",
        r"$$\begin{align} p &= \\ &q \\ &= r \end{align}$$",
        r"$$\begin{align} p &= \\ &= q \\ &= r \end{align}$$",
        r"$$\begin{align} p &= q \\ \intertext{and then} &= r \end{align}$$",
        r"$$\begin{alignedat}{2} p &= q \\ &= r \end{alignedat}$$",
        r"$p = \\ q =\\ r$",
        r"$$\begin{align} p {}={} & q \\ \hphantom{p} {}={} & r \end{align}$$",
        r"$$\begin{align} &p \\ &= q \\ &= r \end{align}$$",
        r"$$\begin{align} p &= q && \text{(by } u = v \text{ above)} \\ &= r \end{align}$$",
    ],
)
def test_a_chain_over_rows(text: str) -> None:
    assert equal(text)[0] == "p = q"
    assert "q = r" in equal(text)
    assert chains(text)[0] == chains(text)[equal(text).index("q = r")]


@pytest.mark.parametrize(
    "text",
    [
        r"$$\eqalign{p &= q \cr r &= s \cr}$$",
        r"$$\eqalign{p &= q,\quad r=s \cr}$$",
        r"$$p = q, \quad r = s$$",
        r"$p = q; r = s$",
        r"$p = q, r = s$",
        r"$$p = q \quad r = s$$",
        r"$$p = q \qquad \text{and} \qquad r = s$$",
        r"$$p = q \implies r = s$$",
        r"$$p = q \\ \Rightarrow r = s$$",
        r"$$p = q \hspace{2cm} r = s$$",
        r"$$p = q {\rm\ and\ } r = s$$",
        r"$p = q$ and $r = s$",
        r"$$\begin{align} p &= q & r &= s \end{align}$$",
        r"$$\begin{array}{ll} p = q & r = s \end{array}$$",
        r"$$\left\{\begin{array}{l} p = q \\ r = s \end{array}\right.$$",
        r"$$\begin{cases} p = q \\ r = s \end{cases}$$",
        r"$$\begin{aligned} p &= q \end{aligned}$$ $$\begin{aligned} r &= s \end{aligned}$$",
        r"$$\eqalign{p &= q} \eqalign{r &= s}$$",
        r"\begin{align} \text{(I)}&& p &= q \\ \text{(II)}&& r &= s \end{align}",
        r"$$p = q \therefore r = s$$",
        r"$p = q ⇒ r = s$",
    ],
)
def test_two_equations(text: str) -> None:
    assert equal(text) == TWO


def test_equations_of_one_formula_are_chains_of_one_derivation() -> None:
    text = r"$$\eqalign{a &= b = c \cr d &= e \cr &= f }$$"
    assert equal(text) == ["a = b", "b = c", "d = e", "e = f"]
    assert chains(text) == [0, 0, 1, 1]
    assert [d.environment for d in extracted(text).derivations] == ["eqalign"]


def test_steps_of_a_chain_share_their_sides() -> None:
    first, second = steps(r"$a = b = c$")
    assert first.right is second.left


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"$$\begin{align} a &= b \\ &+ c \end{align}$$", ["a = b + c"]),
        (
            r"$$\begin{align} a &= b \\ & \quad - c \\ &= d \end{align}$$",
            ["a = b - c", "b - c = d"],
        ),
        (r"$$\begin{align} a &= b \\ -c &= d \end{align}$$", ["a = b", "-c = d"]),
        (r"$$\begin{align} a &= b \\ & -c = d \end{align}$$", ["a = b -c", "b -c = d"]),
        (r"$$\begin{align} a &= b + \\ & c \\ &= d \end{align}$$", ["a = b + c", "b + c = d"]),
        (r"$$a = b \\ \times c$$", [r"a = b \times c"]),
        (r"$$\begin{align} a &= B \\ &:C \end{align}$$", ["a = B :C"]),
        (r"$$\begin{align} a &= b \\ & c \end{align}$$", ["a = b c"]),
        (r"\begin{multline} a = b \\ c \end{multline}", ["a = b c"]),
        (
            r"$$\begin{align} a &= (b \\ & + c) \\ &= d \end{align}$$",
            ["a = (b + c)", "(b + c) = d"],
        ),
        (
            r"$$\begin{align} a &= \left( b \right. \\ & \left. + c \right) \end{align}$$",
            [r"a = \left( b \right. \left. + c \right)"],
        ),
        (r"$$a = b, \quad -c = d$$", ["a = b", "-c = d"]),
    ],
)
def test_a_row_that_begins_with_an_operator(text: str, found: list[str]) -> None:
    assert equal(text) == found


def test_a_row_goes_on_in_its_own_column() -> None:
    text = r"$$\begin{align} a &= b & p &= q \\ &= c & &= r \end{align}$$"
    assert equal(text) == ["a = b", "b = c", "p = q", "q = r"]


def test_a_condition_beside_an_equation_is_not_gone_on_from() -> None:
    text = r"$$\begin{align} a &= b \quad \text{for } x > 0 \\ &= c \end{align}$$"
    assert shown(text) == [("a", "equal", "b"), ("b", "equal", "c"), ("x", "greater", "0")]


@pytest.mark.parametrize(
    "text",
    [
        r"$$\begin{array}{ll} a & i \neq j \\ b & i = j \end{array}$$",
        r"$\begin{pmatrix} a=b & c \end{pmatrix}$",
        r"$\sum_{i=1}^n x_i$",
        r"$\{ x : x = 1 \}$",
        r"$P(X = 1)$",
        r"$\left[ a = b \right]$",
        r"$\lim_{n \to \infty} x_n$",
        r"$\frac{a=b}{c}$",
        r"$A^=$",
        r"$\phantom{a = b} c$",
        r"$= b$",
        r"$a =$",
        r"$a = ?$",
        r"$x \in \mathbb{R}$",
        r"$f: \mathbb{R} \to \mathbb{R}$",
    ],
)
def test_what_is_no_equation(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"$f(x) = \begin{cases} 1 & x = 0 \\ 2 & x > 0 \end{cases}$", 1),
        (r"$P(X=1) = 3$", 1),
        (r"$\langle a, b \rangle = c$", 1),
        (r"$f(x, y) = z$", 1),
        (r"$[0, 1) = I$", 1),
        (r"$E[(x - m))] = S$", 1),
        (r"$S = \{ i : i = j \}$", 1),
        (r"$k = 1, \ldots, n$", 1),
    ],
)
def test_brackets_hide_what_is_inside(text: str, found: int) -> None:
    assert len(shown(text)) == found


def test_the_places_of_right_sides() -> None:
    text = "Then\n\n$$\\eqalign{ a &= b \\cr\n  &= c + d \\cr }$$\nand $x\n= y$.\n"
    assert places(text) == [(3, 18), (4, 6), (6, 3)]


def test_a_quotation_is_read_without_its_marks() -> None:
    text = "> $$a = b\n> + c \\\\\n> = d$$\n"
    assert equal(text) == ["a = b + c", "b + c = d"]
    assert places(text) == [(1, 9), (3, 5)]

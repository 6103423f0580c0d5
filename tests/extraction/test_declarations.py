"""What sets, subscripts and sentences say of symbols."""

from __future__ import annotations

import pytest

from tests.extraction.stepping import declared, extracted

Said = tuple[str, str, str, str]


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (r"$A\in\mathbb{R}^{m\times n}$", "A", ("matrix", "m", "n", "")),
        (r"$x \in \mathbf R^{n}$", "x", ("vector", "n", "", "")),
        (r"$w\in R^d$", "w", ("vector", "d", "", "")),
        (r"$\alpha \in \mathbb R$", r"\alpha", ("scalar", "", "", "")),
        (r"$z \in {\bf C}^n$", "z", ("vector", "n", "", "complex")),
        (r"$X, Y \in \mathbb{R}^{N \times M}$", "Y", ("matrix", "N", "M", "")),
        (r"$\min_{X \in \mathbb{R}^{n\times k}} f(X)$", "X", ("matrix", "n", "k", "")),
        (r"$$W \in \mathbb{C}^{N \times N} \quad X \in R^m$$", "X", ("vector", "m", "", "")),
        (r"$y_i\in\{0,1\}$", "y_i", ("scalar", "", "", "binary")),
        (r"$S \in \mathbb{S}^n_{++}$", "S", ("matrix", "n", "n", "symmetric positive definite")),
        (r"$Q \in O(n)$", "Q", ("matrix", "n", "n", "orthogonal")),
        (r"$t \in \mathbb{R}_+$", "t", ("scalar", "", "", "positive")),
        (r"$f:\mathbb{R}^n\to\mathbb{R}^m$", "f", ("function", "m", "", "")),
        (r"$g \colon \mathbb{R}^n \rightarrow \mathbb{R}$", "g", ("function", "", "", "")),
        (r"$F: \mathbb{R}^n-\{0\} \to \mathbb{R}^n$", "F", ("function", "n", "", "")),
        (r"$W = f(Y, X) \in \mathbb{R}^{v \times p}$", "W", ("matrix", "v", "p", "")),
        (r"Let $X_{m\times n}$ be known.", "X", ("matrix", "m", "n", "")),
        (
            r"$B_{m\times m}$ symmetric and constant.",
            "B",
            ("matrix", "m", "m", "symmetric constant"),
        ),
    ],
)
def test_formulas(text: str, name: str, said: Said) -> None:
    assert declared(text)[name] == said


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("$A$ and $B$ are $n\\times n$ matrices.", "B", ("matrix", "n", "n", "")),
        ("an $m\\times n$ matrix $A$", "A", ("matrix", "m", "n", "")),
        ("where $a, b$ are column vectors", "b", ("vector", "", "", "")),
        ("the vector $x$", "x", ("vector", "", "", "")),
        ("a symmetric matrix multiplier $\\Lambda$", "\\Lambda", ("matrix", "", "", "symmetric")),
        ("$X$ is $m \\times n$, $w$ is $n\\times 1$,", "w", ("matrix", "n", "1", "")),
        ("$A$ and $B$ of size $m\\times n$ and $p \\times q$.", "B", ("matrix", "p", "q", "")),
        ("H is n x 6, $W$ is 6 x 1", "H", ("matrix", "n", "6", "")),
        ("M is n by n, d is n by 1.", "d", ("matrix", "n", "1", "")),
        ("$U$ is $m \\times m$ diagonal.", "U", ("matrix", "m", "m", "diagonal")),
        ("$\\beta$ $p\\times 1$ and $Y$ $n\\times 1,$", "Y", ("matrix", "n", "1", "")),
        ("$A$: $n \\times n$ matrices", "A", ("matrix", "n", "n", "")),
        ("$X$ is positive definite", "X", ("", "", "", "positive definite")),
        ("with A symmetric.", "A", ("", "", "", "symmetric")),
        ("with $A$ and $X$ symmetric $n\\times n$.", "A", ("matrix", "n", "n", "symmetric")),
        ("$C$ is a real, orthogonal matrix", "C", ("matrix", "", "", "real orthogonal")),
        ("$A$ nonsingular; show", "A", ("", "", "", "invertible")),
        ("$u$ is a unit vector", "u", ("vector", "", "", "unit")),
        ("$y$ may be any one-hot vector.", "y", ("vector", "", "", "one-hot")),
        ("Here $W$ can be taken symmetric.", "W", ("", "", "", "symmetric")),
        ("c scalar, b d-dimensional real vector", "b", ("vector", "d", "", "real")),
        ("an $m$-vector $b$", "b", ("vector", "m", "", "")),
        ("$A$ a matrix and $b$ an n-vector", "b", ("vector", "n", "", "")),
        ("the matrix $H=H^T$", "H", ("matrix", "", "", "")),
        ("If $X$ is invertible, then", "X", ("", "", "", "invertible")),
        ("$x$ a column vector of data", "x", ("vector", "", "", "")),
        ("of length $m$, data vector $y$, design matrix $X$", "y", ("vector", "", "", "")),
        ("an $n\\times v$ matrix $Y$, $n\\times p$ matrix $X$", "Y", ("matrix", "n", "v", "")),
    ],
)
def test_sentences(text: str, name: str, said: Said) -> None:
    assert declared(text)[name] == said


@pytest.mark.parametrize(
    "text",
    [
        "A symmetric matrix is square.",
        "$A$ is not symmetric.",
        "this holds when $A$ is symmetric, but not in general",
        "$f$ is the scalar derivative of $F$",
        "$Z$ is a function of $X$",
        "With $n_j$, $j\\neq i$, everything is symmetric",
        "$n \\in C_k$",
        "$A \\in \\mathcal{F}$",
        "$t \\mapsto H(t)$",
        "$x$ is fixed by the rule",
        "multiply $A$: one by one",
        "the symmetric matrices $A^TA + B$",
        "$b$ is an eigen-vector",
    ],
)
def test_nothing_is_said(text: str) -> None:
    assert declared(text) == {}


def test_only_the_nearest_of_a_list_is_bound_without_an_and() -> None:
    assert declared("With $n_j$, $k$, $B$ symmetric:") == {"B": ("", "", "", "symmetric")}


def test_declarations_know_their_scope_and_place() -> None:
    found = extracted("$x\\in R^n$\n\n# Next\n\nThe matrix M is known. H is n x 6.").declarations
    assert [(d.scope, d.span.start) for d in found] == [(0, 0), (1, 31), (1, 43)]


def test_a_size_given_after_a_derivation_is_that_of_another_symbol() -> None:
    late = "For any matrix $A$ $$f = g$$ Example: $A$ $m\\times n$, $x\\in R^m$"
    assert declared(late) == {"A": ("matrix", "", "", ""), "x": ("vector", "m", "", "")}
    assert declared("A matrix $A$. Here $A$ is $m\\times n$.")["A"] == ("matrix", "m", "n", "")


def test_a_character_of_the_private_use_area_is_no_mark() -> None:
    assert declared("\U000f0000 is a matrix, \U000f8001 and $A$ is a vector") == {
        "A": ("vector", "", "", "")
    }


CONSTRAINED = {
    r"If $s \perp y$, then": {"s", "y"},
    r"where $y \in W^\perp$": {"y"},
    r"where $y \in \ker(A)$ and $x \in \mathbb{R}^n$": {"y"},
    "For orthogonal vectors $x$ and $y$": {"x", "y"},
    "Choose the orthonormal basis $v_i$ of": {"v"},
    "Let $A$ be an orthogonal matrix and $x \\in S$": set(),
}


@pytest.mark.parametrize(("text", "expected"), CONSTRAINED.items())
def test_what_no_draw_satisfies_is_noted(text: str, expected: set[str]) -> None:
    said = declared(text)
    assert {name for name, found in said.items() if "constrained" in found[3]} == expected


def test_a_list_of_several_kinds_says_none() -> None:
    assert not declared("For matrices and vectors $A$, $B$ and $C$.")
    assert set(declared("For vectors $a$ and $b$.")) == {"a", "b"}

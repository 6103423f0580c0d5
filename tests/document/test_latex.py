"""What is a formula in LaTeX, and what is not."""

from __future__ import annotations

import pytest

from proofcheck.document.document import Comment
from tests.document.reading import blocks, boundaries, formulas, latex, prose

FORMULAS = {
    "all delimiters": (r"$a$ $$b$$ \(c\) \[d\]", ["a", "b", "c", "d"]),
    "white space": ("$ a costs b $", [" a costs b "]),
    "a digit after": ("$a$2", ["a"]),
    "an escaped dollar": (r"\$5 and \\$a$", ["a"]),
    "an escaped percent sign": (r"50\% $a$", ["a"]),
    "a comment": ("% $a$\n$b$", ["b"]),
    "a comment inside": ("\\[a % $b$\n\\]", ["a % $b$\n"]),
    "verbatim": (r"\verb|$a$| \lstinline!$b$! $c$", ["c"]),
    "a listing": (r"\begin{lstlisting}$a$\end{lstlisting}$b$", ["b"]),
    "minted": (r"\begin{minted}{python}$a$\end{minted}$b$", ["b"]),
    "a comment environment": (r"\begin{comment}$a$\end{comment}$b$", ["b"]),
    "iffalse": (r"\iffalse $a$ \fi $b$", ["b"]),
    "the body of a macro": (r"\newcommand{\x}[1]{$a$}\def\y#1{$b$}$c$", ["c"]),
    "a math environment": (r"\begin{math}a\end{math}", ["a"]),
    "short forms": (r"\def\be{\begin{equation}}\def\ee{\end{equation}}\be a\ee", [" a"]),
    "a new environment": (r"\newenvironment{x}{\begin{align}}{\end{align}} $a$", ["a"]),
    "an IEEEeqnarray": (r"\begin{IEEEeqnarray}{rCl}a\end{IEEEeqnarray}", ["a"]),
}


@pytest.mark.parametrize(("text", "expected"), FORMULAS.values(), ids=FORMULAS)
def test_formulas(text: str, expected: list[str]) -> None:
    document = latex(text)
    assert formulas(document) == expected
    assert document.problems == ()


def test_the_environment_is_named() -> None:
    document = latex(r"$a$ \[b\] \begin{align*}c\end{align*}")
    assert [block.environment for block in blocks(document)] == ["inline", "display", "align*"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\section*{On $a$ {b}}", [("section", "On $a$ {b}")]),
        (r"\subsection[short]{long}", [("section", "long")]),
        (r"\begin{theorem}[Cauchy]", [("statement", "theorem Cauchy")]),
        (r"\newtheorem{thm}{Theorem}\begin{thm}", [("statement", "thm")]),
        (r"\begin{solution}", [("answer", "solution")]),
        (r"\begin{center} % \section{a}", []),
    ],
)
def test_boundaries(text: str, expected: list[tuple[str, str]]) -> None:
    assert boundaries(latex(text)) == expected


@pytest.mark.parametrize(
    ("text", "opener"),
    [
        ("a $b\n\nc \\[d\\]", "$"),
        ("\\[a \\[d\\]", r"\["),
        ("\\begin{gather}a $d$", r"\begin{gather}"),
        ("$$a\n\nand here is a paragraph\n\n$$d$$", "$$"),
    ],
)
def test_unclosed(text: str, opener: str) -> None:
    document = latex(text)
    assert [problem.message for problem in document.problems] == [f"`{opener}` is never closed"]
    assert formulas(document)[-1] == "d"


def test_a_forgotten_dollar_does_not_swallow_a_display() -> None:
    text = "$a\n\nb$ then \\begin{align}c\\end{align}"
    assert formulas(latex(text)) == ["c"]


def test_comments_and_preamble() -> None:
    document = latex("\\usepackage{x}% a\n\\begin{document}")
    assert [part.text for part in document.parts if isinstance(part, Comment)] == [" a"]
    assert prose(document) == "\\usepackage{x}|\n\\begin{document}"

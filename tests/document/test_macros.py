"""The macros of authors."""

from __future__ import annotations

import pytest

from proofcheck.document.macros import MacroLimit, Macros, collect, define, expand
from proofcheck.document.source import Span
from tests.document.reading import latex, markdown, tokens


def expanded(text: str) -> str:
    """A formula after expansion, its tokens side by side."""
    return "".join(token.text for token in expand(tokens(text), Macros()))


EXPANSIONS = {
    r"\newcommand{\x}{ab}\x c": "abc",
    r"\newcommand\x{ab}\x c": "abc",
    r"\newcommand*{\x}[2]{#2#1}\x{a}bc": "bac",
    r"\newcommand{\x}[2][d]{#1#2}\x{a}\x[b]{c}": "dabc",
    r"\renewcommand{\x}y\x\x": "yy",
    r"\newcommand{\x}a\providecommand{\x}b\providecommand{\y}b\x\y": "ab",
    r"\def\x{a}\x\x": "aa",
    r"\def\x#1#2{#2+#1}\x ab": "b+a",
    r"\def\x#1,#2.{[#1|#2]}\x a,bc.d": "[a|bc]d",
    r"\def\x(#1){[#1]}\x(a)": "[a]",
    r"\long\def\x#1{\def\y##1{#1##1}}\x a\y b": "ab",
    r"\let\x\alpha\x": r"\alpha",
    r"\let\x=+a\x b": "a+b",
    r"\let\old\int\def\int{\old_a}\int": r"\int_a",
    r"\def\x{a}\let\y\x\def\x{b}\y\x": "ab",
    r"\DeclareMathOperator{\tr}{tr}\tr A": r"\operatorname{tr}A",
    r"\DeclareMathOperator*\Tr{Tr}\Tr A": r"\operatorname{Tr}A",
    r"\DeclarePairedDelimiter{\n}{|}{|}\n{a}\n*{b}\n[\big]{c}": "|a||b||c|",
    r"\NewDocumentCommand{\x}{m m}{#2#1}\x ab": "ba",
    r"\NewDocumentCommand{\x}{O{T} m}{#2^#1}\x a\x[H]b": "a^Tb^H",
    r"\NewDocumentCommand\x{s m}{\IfBooleanTF{#1}{-}{+}#2}\x a\x*b": "+a-b",
    r"\NewDocumentCommand\x{o m}{\IfNoValueTF{#1}{-}{#1}#2}\x a\x[c]b": "-acb",
    r"\NewDocumentCommand\x{d()}{\IfValueT{#1}{<#1>}}\x(a(b)c)d\x e": "<a(b)c>de",
    r"\NewDocumentCommand\x{g}{\IfValueT{#1}{<#1>}}\x a\x{e}": "a<e>",
    r"\NewDocumentCommand\x{r<> t! D(){z}}{#1\IfBooleanT{#2}{!}#3}\x<a>!\x<b>(c)": "a!zbc",
    r"\RenewDocumentCommand\x{+m}{#1#1}\x{a}": "aa",
    r"\def\x#1\end#2{#2#1}\x ab\end c": "cab",
    r"\def\x#1and#2.{#2#1}\x a an and b.": "baan",
    r"\DeclarePairedDelimiterX{\x}[2]{<}{>}{#1,#2}\x ab\x*{c}d\x[\big]ef": "<a,b><c,d><e,f>",
    r"\newcommand{\x}{a\xspace}\x b": "ab",
    r"\newcommand{\x}[1]{\text{if #1}}\x a": "if a",
    r"\def\x#1{\y{#1}}\def\y#1{<#1>}\x{a=b}": "<a=b>",
}


@pytest.mark.parametrize(("text", "expected"), EXPANSIONS.items())
def test_expansion(text: str, expected: str) -> None:
    assert expanded(text) == expected


PACKAGES = {
    r"\norm{x}\norm*{y}\norm[\big]{z}": r"\left\|x\right\|\left\|y\right\|\left\|z\right\|",
    r"\abs{a}": r"\left|a\right|",
    r"\qty(a)\qty\big[b]\qty{c}": r"(a)[b]\{c\}",
    r"\eval{a}_b": r"\left.a\right|_b",
    r"\eval(a|_b": r"\left.a\right|_b",
    r"\dd x\dd{y}\dd(z)\dd[2]w": r"\mathrm{d}x\mathrm{d}{y}\mathrm{d}(z)\mathrm{d}^{2}w",
    r"\dv{x}": r"\frac{\mathrm{d}}{\mathrm{d}x}",
    r"\dv*[2]{f}{x}": r"\frac{\mathrm{d}^{2}f}{\mathrm{d}x^{2}}",
    r"\dv{x}(a)": r"\frac{\mathrm{d}}{\mathrm{d}x}(a)",
    r"\pdv{f}{x}{y}": r"\frac{\partial^2f}{\partialx\,\partialy}",
    r"\pdv[3]{f}{x}": r"\frac{\partial^{3}f}{\partialx^{3}}",
    r"\pmatrix{a&b\cr}": r"pmatrixa&b\crpmatrix",
    r"\nicefrac12": r"\frac{1}{2}",
    r"\newcommand{\norm}[1]{<#1>}\norm a": "<a>",
    r"\providecommand{\norm}[1]{<#1>}\norm a": "<a>",
    r"\let\n\norm\n a": r"\left\|a\right\|",
}


@pytest.mark.parametrize(("text", "expected"), PACKAGES.items())
def test_macros_of_packages(text: str, expected: str) -> None:
    assert expanded(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        r"\NewDocumentCommand\x{q m}{a}",
        r"\IfValueTF",
        r"\def\x{a",
        r"\newcommand",
        r"\def",
        r"\let\x",
        r"\newcommand{x}{y}",
    ],
)
def test_what_defines_nothing_stays(text: str) -> None:
    assert expanded(text) == "".join(token.text for token in tokens(text))


def test_a_call_without_its_arguments_stays() -> None:
    assert expanded(r"\def\x#1{a}{\x}\x") == r"{\x}\x"


def test_spans_are_those_of_calls_and_arguments() -> None:
    text = r"\def\x#1{[#1]}a\x{bc}"
    start = text.index(r"\x{bc}")
    call = Span(start, len(text))
    spans = {token.text: token.span for token in expand(tokens(text), Macros())}
    assert spans["["] == spans["]"] == call
    assert spans["b"] == Span(start + 3, start + 4)


def test_a_default_stands_at_the_call() -> None:
    text = r"\newcommand{\x}[1][d]{#1}\x"
    (token,) = expand(tokens(text), Macros())
    assert (token.text, token.span) == ("d", Span(len(text) - 2, len(text)))


def test_definitions_hold_for_later_formulas() -> None:
    _, macros = define(tokens(r"\def\x{a}"), Macros())
    _, macros = define(tokens(r"\def\y{b}"), macros)
    assert [token.text for token in expand(tokens(r"\x\y"), macros)] == ["a", "b"]


def test_a_formula_without_macros_is_left_alone() -> None:
    formula = tokens(r"\frac{a}{b}")
    assert define(formula, Macros()) == (formula, Macros())


PREAMBLE = r"""
\newcommand{\x}[1]{%
  a#1} % \newcommand{\x}{b}
\verb|\newcommand{\y}{c}|
\begin{verbatim}\def\z{d}\end{verbatim}
$e$ \DeclareMathOperator{\w}{w}
"""


def test_definitions_in_a_preamble() -> None:
    macros = collect(latex(PREAMBLE))
    assert set(macros.definitions) == {r"\x", r"\w"}
    assert [token.text for token in expand(tokens(r"\x y"), macros)] == ["a", "y"]


def test_definitions_in_markdown() -> None:
    assert set(collect(markdown("\\newcommand{\\x}{a}\n\n`\\def\\y{b}`")).definitions) >= {r"\x"}


DOUBLING = "".join(
    rf"\def\{a}{{\{b}\{b}}}" for a, b in zip("abcdefghijklmnopq", "bcdefghijklmnopqr", strict=True)
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (r"\def\a{\a}\a", "deep"),
        (r"\def\a{x\b}\def\b{\a}\a", "deep"),
        (r"\def\a#1{\a{#1#1}}\a x", "tokens"),
        (DOUBLING + r"\a", "tokens"),
        (r"\def\a#1\z{x}" + r"\a" * 4000, "steps"),
    ],
)
def test_expansion_without_end_is_refused(text: str, reason: str) -> None:
    with pytest.raises(MacroLimit, match=reason) as error:
        expand(tokens(text), Macros())
    assert error.value.span.end <= len(text)

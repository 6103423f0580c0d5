"""Quantities by name, and functions of which the definition was not read."""

from __future__ import annotations

import pytest

from proofcheck.extraction.derivation import Side
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import Expr, Symbol
from proofcheck.formula.parser import parse
from tests.numeric.claims import _side, check, verdicts


def _parse(text: str) -> Expr:
    side: Side = _side(text)
    return parse(side.tokens)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (r"\mathrm{KL}[p\,||\,q]", r"\mathrm{KL}[p||q]"),
        (r"\operatorname{KL}\left[p \,\|\, q\right]", r"\mathrm{KL}[p||q]"),
        (r"\text{KL}[p \vert\vert q]", r"\mathrm{KL}[p||q]"),
        (r"D_{KL}(q(z) \| p(z))", r"\mathrm{D_{KL}}(q(z)||p(z))"),
        (r"\mathrm{H}_b(s)", r"\mathrm{H_{b}}(s)"),
        (r"H(X \mid Y)", r"\mathrm{H}(X|Y)"),
        (r"P(X = x)", r"\mathrm{P}(X=x)"),
        (r"f_{X|Y}(x|y)", r"\mathrm{f_{X|Y}}(x|y)"),
        (r"\mathrm{Pr}(\alpha X \leq t)", r"\mathrm{Pr}(\alpha X\leq t)"),
    ],
)
def test_the_same_meaning_is_spelled_the_same(text: str, name: str) -> None:
    assert _parse(text) == Symbol(name)


@pytest.mark.parametrize(
    "text", [r"P(x - y)", r"\mathrm{KL}[p||q", r"\text{and}(x)", r"\sum_x x P(X = x)"]
)
def test_what_is_no_quantity(text: str) -> None:
    with pytest.raises(Unreadable):
        _parse(text)


@pytest.mark.parametrize("text", [r"f(|x|)", r"B[A \mid C]", r"p(x|y)", r"E(2)"])
def test_other_bars_are_no_quantities(text: str) -> None:
    try:
        found = _parse(text)
    except Unreadable:
        return
    assert not isinstance(found, Symbol)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (r"\mathrm{foo}(A) (B + C) = \mathrm{foo}(A) B + \mathrm{foo}(A) C", "holds"),
        (r"\mathrm{foo}(A) B A = \mathrm{foo}(A) A B", "unchecked"),
        (r"\mathrm{foo}(A) A = A \mathrm{foo}(A)", "unchecked"),
        (r"\mathrm{AIC}(A) A = A \mathrm{AIC}(A)", "holds"),
        (r"\mathrm{AIC}(m) + 1 = 1 + \mathrm{AIC}(m)", "holds"),
        (r"\sum_{i=1}^n a_i \mathrm{AIC}(m) = \mathrm{AIC}(m) \sum_{i=1}^n a_i", "holds"),
        (r"\mathrm{E}(2 \mathrm{H}(X)) = 2 \mathrm{H}(X)", "unchecked"),
    ],
)
def test_what_nothing_defines_is_not_accused(row: str, expected: str) -> None:
    assert verdicts((row,)) == [expected]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (r"\Gamma_p(s) A + \Gamma_p(s) B = (A + B) \Gamma_p(s)", "holds"),
        (r"\Gamma_p(s) + A \Gamma_p(2 s) - \Gamma_p(s) = \Gamma_p(2 s) A", "holds"),
        (r"\Gamma_p(s) + \Gamma_p(s + 1) = s \Gamma_p(s) + \Gamma_p(s)", "assumed"),
        (r"s \Gamma_p(s) + 1 = 2 s \Gamma_p(s) + 1", "unchecked"),
    ],
)
def test_a_gamma_function_of_matrices_is_a_number(row: str, expected: str) -> None:
    assert verdicts((row,)) == [expected]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (r"\langle \ln |P| + 2 x \rangle = \ln |P| + 2 \langle x \rangle", "holds"),
        (r"\langle x + p(y|t) \rangle = p(y|t) + \langle x \rangle", "holds"),
        (r"\langle \ln |P| + 2 x \rangle = \ln |P| + \langle x \rangle", "unchecked"),
        (r"\langle a|M|b \rangle + 1 = 1 + \langle a|M|b \rangle", "unchecked"),
        (r"\langle a|b \rangle + 1 = 1 + \langle a|b \rangle", "unchecked"),
    ],
)
def test_bars_between_angles(row: str, expected: str) -> None:
    assert verdicts((row,)) == [expected]


def test_the_variable_of_an_integral_may_be_random_elsewhere() -> None:
    rows = verdicts(
        (r"\mathrm{h}(X) = - \int_{\mathcal{X}} x \log x \, \mathrm{d}x",),
        (r"\mathrm{h}(X) + \mathrm{E}[2 x] = 2 \mathrm{E}[x] + \mathrm{h}(X)",),
    )
    assert rows == ["definition", "holds"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (r"(1_n^T 1_n)^{-1} 1_n^T y = \frac{1}{n} \sum_{i=1}^n y_i", "holds"),
        (r"1_n^T 1_n = n + 1", "fails"),
        (r"1_A + x = x + 1_A", "unchecked"),
    ],
)
def test_ones_of_a_size(row: str, expected: str) -> None:
    assert verdicts((row,)) == [expected]


def test_the_sentence_names_the_quantity() -> None:
    rows = (r"\mathrm{H}(X) - \mathrm{H}(Y) = 2 \mathrm{H}(X) - 2 \mathrm{H}(Y)",)
    (found,) = check(rows)
    assert found.message == r"`\mathrm{H}(X)` is a quantity that the document does not define"


def test_a_function_of_events_is_some_function() -> None:
    rows = verdicts(
        (r"F_X(x) = \mathrm{Pr}(X \leq x)",),
        (r"F_X(x) F_X(y) = F_X(y) F_X(x)",),
        (r"3 F_X(2x) = 3 F_X(x)",),
    )
    assert rows == ["definition", "holds", "unchecked"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (r"3 f(2x) = 3 f(x)", "unchecked"),
        (r"3 f(2x) = f(2x) + 2 f(2x)", "holds"),
        (r"f'(x) x + f(x) x = x f(x)", "unchecked"),
        (r"\frac{d L}{d x} + x = x", "unchecked"),
        (r"2 L = L + L", "holds"),
    ],
)
def test_a_definition_that_was_not_read_is_no_constant(row: str, expected: str) -> None:
    known = (r"f(x) = \unknown x", r"L = \unknown x")
    assert verdicts(known[:1], known[1:], (row,))[2:] == [expected]

"""Densities by name, and the functions that their formulas are made of."""

from __future__ import annotations

import pytest

from proofcheck.formula.densities import DENSITIES
from tests.numeric.claims import check, declare, verdicts


@pytest.mark.parametrize(
    "equation",
    [
        (
            r"\mathcal{N}(t; \mu, \sigma^2)"
            r" = \frac{1}{\sqrt{2\pi\sigma^2}} \exp(-\frac{(t-\mu)^2}{2\sigma^2})"
        ),
        (
            r"\mathrm{Gam}(t; \alpha, \beta)"
            r" = \frac{\beta^\alpha}{\Gamma(\alpha)} t^{\alpha-1} e^{-\beta t}"
        ),
        r"\mathrm{Bet}\left( t; 1, 1 \right) = 1",
        r"\mathrm{Poiss}(0; \lambda) = e^{-\lambda}",
        r"\mathrm{Bern}(1; \theta) = \theta",
        r"\mathrm{Bin}(1; 2, \theta) = 2\theta(1-\theta)",
        r"\mathrm{Exp}(t; \lambda) = \mathrm{Gam}(t; 1, \lambda)",
        r"\mathrm{InvGam}(t; \alpha, \beta) = t^{-2} \mathrm{Gam}(t^{-1}; \alpha, \beta)",
        r"\mathcal{N}(t | 0, 1) = \frac{1}{\sqrt{2\pi}} e^{-t^2/2}",
    ],
)
def test_a_density_is_its_formula(equation: str) -> None:
    assert verdicts((equation,)) == ["holds"]


@pytest.mark.parametrize(
    "equation",
    [
        r"\int_{-\infty}^{\infty} \mathcal{N}(t; 1, 4) \, dt = 1",
        r"\int_0^1 \mathrm{Bet}(t; 3, 2) \, dt = 1",
        r"\int_0^\infty t \, \mathrm{Gam}(t; 3, 2) \, dt = \frac{3}{2}",
        r"\int_0^\infty \mathrm{Exp}(t; 2) \, dt = 1",
        r"\int_{1}^{2} \mathrm{InvGam}(t; 2, 1) \, dt = \int_{1/2}^1 \mathrm{Gam}(s; 2, 1) \, ds",
        r"\sum_{k=0}^{3} \mathrm{Bin}(k; 3, \theta) = 1",
        r"\sum_{k=0}^{\infty} \mathrm{Poiss}(k; 2) = 1",
        r"\sum_{k=0}^{1} \mathrm{Bern}(k; \theta) = 1",
    ],
)
def test_a_density_has_the_mass_one(equation: str) -> None:
    assert verdicts((equation,)) == ["holds"]


def test_a_normal_density_of_vectors() -> None:
    density = r"\frac{1}{\sqrt{|2\pi S|}} \exp(-\frac{1}{2} (x-y)^T S^{-1} (x-y))"
    assert verdicts((rf"\mathcal{{N}}(x; y, S) = {density}",)) == ["holds"]


def test_a_matrix_normal_density_is_that_of_the_columns() -> None:
    row = (
        r"\mathcal{MN}(X; M, U, V)"
        r" = \mathcal{N}(\operatorname{vec}(X); \operatorname{vec}(M), V \otimes U)"
    )
    symmetric = tuple(declare(name, "matrix", "symmetric") for name in "UV")
    assert verdicts((row,), declarations=symmetric) == ["holds"]


def test_parameters_may_be_meant_otherwise() -> None:
    (judged,) = check((r"\mathrm{Exp}(t; \lambda) = \frac{1}{\lambda} e^{-t/\lambda}",))
    assert (judged.verdict, "parameters" in judged.message) == ("unchecked", True)


def test_a_distribution_without_a_point_is_no_value() -> None:
    (judged,) = check((r"\mathcal{N}(\mu, \sigma^2) = 1",))
    assert "normal density" in judged.message


def test_every_row_is_right_somewhere() -> None:
    tested = {"normal", "matrix normal", "gamma", "inverse gamma", "beta", "exponential"}
    assert {row.name for row in DENSITIES} == tested | {"Bernoulli", "binomial", "Poisson"}


@pytest.mark.parametrize(
    ("equation", "said"),
    [
        (r"2 B(s, t) = 2 \frac{\Gamma(s)\Gamma(t)}{\Gamma(s+t)}", "the beta function $B$"),
        (r"s B(s, t+1) = t B(s+1, t)", "the beta function"),
        (r"\psi(t+1) = \psi(t) + \frac{1}{t}", "the digamma function"),
        (r"\log {n \choose k} = \log(n!) - \log(k!) - \log((n-k)!)", ""),
        (r"7!! = 105", ""),
        (r"\sum_{k=1}^3 (2k-1)!! = 19", ""),
    ],
)
def test_functions_by_letter(equation: str, said: str) -> None:
    (judged,) = check((equation,), prose=said)
    assert judged.verdict == "holds"


def test_a_letter_without_words_is_no_beta_function() -> None:
    assert verdicts((r"s B(s, t+1) = t B(s+1, t)",)) != ["holds"]


def test_angles_are_an_expectation() -> None:
    assert verdicts((r"\langle a X + b \rangle = a \langle X \rangle + b",)) == ["holds"]


@pytest.mark.parametrize(
    "equation",
    [
        r"\langle X | A | X \rangle = 2 \langle X | A | X \rangle",
        r"\langle X \rangle_{p(X)} = \langle X \rangle_{q(X)}",
        r"\langle X^2 \rangle = \langle X \rangle^2",
    ],
)
def test_angles_that_may_be_something_else(equation: str) -> None:
    assert verdicts((equation,))[0] in ("unchecked", "assumed")

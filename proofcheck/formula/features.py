r"""What a law by name makes of its random variable: `F_X(x) = 1 - e^{-\lambda x}` of an
exponential one.

A row has the LaTeX of a feature: `x` is the value it is taken at, the first letters of the alphabet
are the parameters of the law, and those of a second law, where there is one, are capitals.
Densities that can be written by their name alone are in `densities`. What a parameter is, a rate or
a scale, is a convention, so that nothing is accused by a row.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a family: its kind, its formula and a word the prose needs for it."""

    family: str
    kind: str
    latex: str
    source: str
    word: str = ""


_JKB = "Johnson, Kotz and Balakrishnan 1994"
_JKK = "Johnson, Kemp and Kotz 2005"
_CT = "Cover and Thomas 2006, 17"
_NORMAL_BELOW = (
    r"\frac{1}{2} \left( 1 + \operatorname{erf}\left( \frac{x - a}{\sqrt{2 b}} \right) \right)"
)
_LOG_BELOW = (
    r"\frac{1}{2} \left( 1 + \operatorname{erf}\left( \frac{\ln x - a}{\sqrt{2 b}} \right) \right)"
)
_GAMMA_ENTROPY = r"a - \ln b + \ln \Gamma(a) + (1 - a) \psi(a)"
FEATURES: tuple[Feature, ...] = (
    Feature("normal", "below", _NORMAL_BELOW, f"{_JKB}, 13"),
    Feature(
        "normal", "quantile", r"a + \sqrt{2 b} \operatorname{erf}^{-1}(2 x - 1)", f"{_JKB}, 13"
    ),
    Feature("normal", "generating", r"\exp\left( a x + \frac{1}{2} b x^2 \right)", f"{_JKB}, 13"),
    Feature(
        "normal", "generating", r"\exp\left( x^T a + \frac{1}{2} x^T b x \right)", f"{_JKB}, 13"
    ),
    Feature("normal", "entropy", r"\frac{1}{2} \ln(2 \pi b) + \frac{1}{2}", _CT),
    Feature(
        "normal",
        "entropy",
        r"\frac{1}{2} \ln|2 \pi b| + \frac{1}{2} \operatorname{tr}(b^{-1} b)",
        _CT,
    ),
    Feature("normal", "median", "a", f"{_JKB}, 13"),
    Feature("normal", "mode", "a", f"{_JKB}, 13"),
    Feature(
        "normal",
        "divergence",
        r"\frac{1}{2} \left( (A - a)^T B^{-1} (A - a) + \operatorname{tr}(B^{-1} b)"
        r" - \ln \frac{|b|}{|B|} - \operatorname{tr}(b^{-1} b) \right)",
        "Kullback 1959, 9.1",
    ),
    Feature(
        "normal",
        "divergence",
        r"\frac{1}{2} \left( \frac{(A - a)^2}{B} + \frac{b}{B} - \ln \frac{b}{B} - 1 \right)",
        "Kullback 1959, 9.1",
    ),
    Feature(
        "lognormal",
        "density",
        r"\frac{1}{x \sqrt{2 \pi b}} \exp\left( - \frac{(\ln x - a)^2}{2 b} \right)",
        f"{_JKB}, 14",
    ),
    Feature("lognormal", "below", _LOG_BELOW, f"{_JKB}, 14"),
    Feature(
        "lognormal",
        "quantile",
        r"\exp\left( a + \sqrt{2 b} \operatorname{erf}^{-1}(2 x - 1) \right)",
        f"{_JKB}, 14",
    ),
    Feature("lognormal", "mean", r"\exp\left( a + \frac{b}{2} \right)", f"{_JKB}, 14"),
    Feature("lognormal", "variance", r"\exp(2 a + 2 b) - \exp(2 a + b)", f"{_JKB}, 14"),
    Feature("lognormal", "median", r"\exp(a)", f"{_JKB}, 14"),
    Feature("lognormal", "mode", r"\exp(a - b)", f"{_JKB}, 14"),
    Feature("lognormal", "entropy", r"a + \frac{1}{2} \ln(2 \pi b) + \frac{1}{2}", f"{_JKB}, 14"),
    Feature(
        "exponential",
        "below",
        r"\begin{cases} 0 & \text{if } x < 0 \\ 1 - \exp(-a x) & \text{if } x \geq 0 \end{cases}",
        f"{_JKB}, 19",
    ),
    Feature("exponential", "below", r"1 - \exp(-a x)", f"{_JKB}, 19"),
    Feature(
        "exponential",
        "density",
        r"\begin{cases} 0 & \text{if } x < 0 \\ a \exp(-a x) & \text{if } x \geq 0 \end{cases}",
        f"{_JKB}, 19",
    ),
    Feature("exponential", "quantile", r"- \frac{\ln(1 - x)}{a}", f"{_JKB}, 19"),
    Feature("exponential", "generating", r"\frac{a}{a - x}", f"{_JKB}, 19"),
    Feature("exponential", "median", r"\frac{\ln 2}{a}", f"{_JKB}, 19"),
    Feature("exponential", "entropy", r"1 - \ln a", f"{_JKB}, 19"),
    Feature("exponential", "divergence", r"\ln \frac{a}{A} + \frac{A}{a} - 1", f"{_JKB}, 19"),
    Feature("gamma", "generating", r"\left( 1 - \frac{x}{b} \right)^{-a}", f"{_JKB}, 17"),
    Feature("gamma", "entropy", _GAMMA_ENTROPY, f"{_JKB}, 17"),
    Feature("gamma", "mean of logarithm", r"\psi(a) - \ln b", f"{_JKB}, 17"),
    Feature("gamma", "mode", r"\frac{a - 1}{b}", f"{_JKB}, 17"),
    Feature(
        "gamma",
        "divergence",
        r"A \ln \frac{b}{B} - \ln \frac{\Gamma(a)}{\Gamma(A)} + (a - A) \psi(a) - (b - B)"
        r" \frac{a}{b}",
        f"{_JKB}, 17",
    ),
    Feature("beta", "mean of logarithm", r"\psi(a) - \psi(a + b)", f"{_JKB}, 25"),
    Feature("beta", "mode", r"\frac{a - 1}{a + b - 2}", f"{_JKB}, 25"),
    Feature(
        "chi-squared",
        "density",
        r"\frac{1}{2^{a/2} \Gamma(a/2)} x^{a/2 - 1} \exp(-x/2)",
        f"{_JKB}, 18",
    ),
    Feature("chi-squared", "generating", r"(1 - 2 x)^{-a/2}", f"{_JKB}, 18"),
    Feature(
        "t",
        "density",
        r"\frac{\Gamma\left( \frac{a+1}{2} \right)}{\sqrt{a \pi} \Gamma\left( \frac{a}{2}"
        r" \right)} \left( 1 + \frac{x^2}{a} \right)^{-\frac{a+1}{2}}",
        f"{_JKB} 2, 28",
    ),
    Feature(
        "uniform",
        "density",
        r"\begin{cases} \frac{1}{b - a} & \text{if } a \leq x \leq b \\ 0 & \text{otherwise}"
        r" \end{cases}",
        f"{_JKB} 2, 26",
        "continuous",
    ),
    Feature("uniform", "density", r"\frac{1}{b - a}", f"{_JKB} 2, 26", "continuous"),
    Feature(
        "uniform",
        "below",
        r"\begin{cases} 0 & \text{if } x < a \\ \frac{x - a}{b - a} & \text{if } a \leq x \leq"
        r" b \\ 1 & \text{if } x > b \end{cases}",
        f"{_JKB} 2, 26",
        "continuous",
    ),
    Feature("uniform", "below", r"\frac{x - a}{b - a}", f"{_JKB} 2, 26", "continuous"),
    Feature("uniform", "quantile", r"a + x (b - a)", f"{_JKB} 2, 26", "continuous"),
    Feature("uniform", "mean", r"\frac{a + b}{2}", f"{_JKB} 2, 26", "uniform"),
    Feature("uniform", "median", r"\frac{a + b}{2}", f"{_JKB} 2, 26", "continuous"),
    Feature("uniform", "variance", r"\frac{(b - a)^2}{12}", f"{_JKB} 2, 26", "continuous"),
    Feature("uniform", "entropy", r"\ln(b - a)", f"{_JKB} 2, 26", "continuous"),
    Feature("uniform", "divergence", r"\ln \frac{B - A}{b - a}", f"{_JKB} 2, 26", "continuous"),
    Feature("uniform", "density", r"\frac{1}{b - a + 1}", f"{_JKK}, 6", "discrete"),
    Feature(
        "uniform",
        "below",
        r"\begin{cases} 0 & \text{if } x < a \\ \frac{\lfloor x \rfloor - a + 1}{b - a + 1} &"
        r" \text{if } a \leq x \leq b \\ 1 & \text{if } x > b \end{cases}",
        f"{_JKK}, 6",
        "discrete",
    ),
    Feature("uniform", "variance", r"\frac{(b - a + 1)^2 - 1}{12}", f"{_JKK}, 6", "discrete"),
    Feature("uniform", "entropy", r"\ln(b - a + 1)", f"{_JKK}, 6", "discrete"),
    Feature("uniform", "divergence", r"\ln \frac{B - A + 1}{b - a + 1}", f"{_JKK}, 6", "discrete"),
    Feature("Bernoulli", "generating", r"1 - a + a \exp(x)", f"{_JKK}, 3"),
    Feature("Bernoulli", "powers", r"1 - a + a x", f"{_JKK}, 3"),
    Feature("Bernoulli", "entropy", r"- a \ln a - (1 - a) \ln(1 - a)", f"{_JKK}, 3"),
    Feature(
        "Bernoulli",
        "divergence",
        r"a \ln \frac{a}{A} + (1 - a) \ln \frac{1 - a}{1 - A}",
        f"{_JKK}, 3",
    ),
    Feature("binomial", "generating", r"\left( 1 - b + b \exp(x) \right)^a", f"{_JKK}, 3"),
    Feature("binomial", "powers", r"\left( 1 - b + b x \right)^a", f"{_JKK}, 3"),
    Feature(
        "binomial",
        "divergence",
        r"a b \ln \frac{b}{B} + a (1 - b) \ln \frac{1 - b}{1 - B}",
        f"{_JKK}, 3",
    ),
    Feature("Poisson", "generating", r"\exp(a (\exp(x) - 1))", f"{_JKK}, 4"),
    Feature("Poisson", "powers", r"\exp(a (x - 1))", f"{_JKK}, 4"),
    Feature("Poisson", "divergence", r"a \ln \frac{a}{A} + A - a", f"{_JKK}, 4"),
    Feature(
        "beta-binomial",
        "density",
        r"\binom{a}{x} \frac{\mathrm{B}(b + x, c + a - x)}{\mathrm{B}(b, c)}",
        f"{_JKK}, 6",
    ),
    Feature(
        "Wald", "generating", r"\exp\left( a b - \sqrt{b^2 (a^2 - 2 x)} \right)", f"{_JKB}, 15"
    ),
    Feature("Wald", "mean", r"\frac{b}{a}", f"{_JKB}, 15"),
    Feature("Wald", "variance", r"\frac{b}{a^3}", f"{_JKB}, 15"),
    Feature(
        "Dirichlet",
        "density",
        r"\frac{\Gamma\left( \sum_{i} a_i \right)}{\prod_{i} \Gamma(a_i)} \prod_{i} x_i^{a_i - 1}",
        "Kotz, Balakrishnan and Johnson 2000, 49",
    ),
)


def features(family: str, kind: str, prose: str) -> tuple[Feature, ...]:
    """The rows for a feature of a family; the prose says which of two families of a name it is."""
    rows = (row for row in FEATURES if row.family == family and row.kind == kind)
    return tuple(row for row in rows if row.word in prose)

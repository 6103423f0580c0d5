r"""Macros that authors define in files of their own, known by name where nothing defines them.

A chapter is often read without the preamble that it was written for. What `\transpose{A}` or
`\bmu` means there is what the name says, which is the same in all the preambles that define it;
a name that has two customary meanings is no row here. A definition in the document comes first.
"""

from __future__ import annotations

from collections.abc import Iterator

_OPERATIONS: dict[str, tuple[str, str]] = {
    r"\transpose \transp \trans \tran \tpose": (r"{#1}^{\top}", r"\top"),
    r"\inverse \inv": ("{#1}^{-1}", "{-1}"),
    r"\invtranspose \invtrans": (r"{#1}^{-\top}", r"{-\top}"),
    r"\pseudoinverse \pseudoinv \pinverse": (r"\pinv{#1}", r"\dagger"),
    r"\hermitian \herm \ctranspose": (r"{#1}^{\mathsf{H}}", r"{\mathsf{H}}"),
}
"""Macros by what they write of an argument in braces, and what without one: `\\transpose{A}` and
`A^\\transpose`."""

_OF_ONE: dict[str, str] = {
    r"\determinate \determinant \deter": r"\det\left(#1\right)",
    r"\cbr \braces \curly": r"\left\{#1\right\}",
    r"\paren \pars \parens \rbr \brk": r"\left(#1\right)",
    r"\sbr \bracket \brackets": r"\left[#1\right]",
    r"\conj": r"\conjugate{#1}",
    r"\exponential": r"\exp\left(#1\right)",
    r"\matr \mtx \matx": r"\mathbf{#1}",
    r"\vecr \vecb \bvec \mathbfit": r"\mathbf{#1}",
    r"\floor": r"\left\lfloor #1\right\rfloor",
    r"\ceil": r"\left\lceil #1\right\rceil",
    r"\magnitude \mag \modulus": r"\left|#1\right|",
    r"\sqnorm \normsq": r"\left\|#1\right\|^2",
    r"\expect \Expect \expectation": r"\mathbb{E}\left[#1\right]",
}
"""Macros of one argument."""

_PLAIN: dict[str, str] = {
    r"\realnumber \realnumbers \reals \Reals \RR \R": r"\mathbb{R}",
    r"\complexnumber \complexnumbers \complexes \CC": r"\mathbb{C}",
    r"\naturalnumber \naturals \NN": r"\mathbb{N}",
    r"\integers \ZZ": r"\mathbb{Z}",
    r"\dif \Dif \ud \diffd": r"\mathrm{d}",
    r"\eps \veps": r"\varepsilon",
    r"\half": r"\frac{1}{2}",
    r"\given": r"\mid",
    r"\EE \Ex": r"\mathbb{E}",
    r"\Prob \Proba \PP": r"\mathbb{P}",
    r"\var": r"\operatorname{Var}",
    r"\cov": r"\operatorname{Cov}",
    r"\corr \Corr": r"\operatorname{Corr}",
    r"\argmin": r"\operatorname*{argmin}",
    r"\argmax": r"\operatorname*{argmax}",
    r"\KL \DKL": r"\operatorname{KL}",
    r"\erf": r"\operatorname{erf}",
    r"\sigmoid": r"\operatorname{sigmoid}",
    r"\softmax": r"\operatorname{softmax}",
    r"\relu \ReLU": r"\operatorname{ReLU}",
    r"\sinc": r"\operatorname{sinc}",
    r"\eye \identity \Id": r"\mathbf{I}",
    r"\ones \vone \bone \vones": r"\mathbf{1}",
    r"\zeros \vzero \bzero \vzeros": r"\mathbf{0}",
}
"""Macros without arguments."""

_NAMES = r"\precision \recall \accuracy \TP \TN \FP \FN \SSE \RSS \TSS \ESS \MSE \RMSE \MAE"
"""Macros that write their names upright."""

_GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho "
    "sigma tau phi varphi chi psi omega"
).split()
_CAPITAL_GREEK = "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split()
_SMALL = "abcdefghijklmnopqrstuvwxyz"
_TAKEN = frozenset(
    r"\ba \bb \be \bf \bi \bm \bs \beta \bC \bE \bN \bP \bQ \bR \bZ \va \vb \ve \vs \vu".split()
)
"""Names of the families below that mean something else."""


def definitions() -> str:
    """The macros as LaTeX that defines them."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    for names, (applied, alone) in _OPERATIONS.items():
        for name in names.split():
            yield rf"\NewDocumentCommand{{{name}}}{{g}}{{\IfValueTF{{#1}}{{{applied}}}{{{alone}}}}}"
    for names, text in _OF_ONE.items():
        yield from (rf"\newcommand{{{name}}}[1]{{{text}}}" for name in names.split())
    for names, text in _PLAIN.items():
        yield from (rf"\newcommand{{{name}}}{{{text}}}" for name in names.split())
    yield from (rf"\newcommand{{{name}}}{{\mathrm{{{name[1:]}}}}}" for name in _NAMES.split())
    yield from (rf"\newcommand{{{name}}}{{{text}}}" for name, text in _letters())


def _letters() -> Iterator[tuple[str, str]]:
    r"""Letters in a font, by a letter before them: `\bx`, `\vx`, `\mX`, `\cX`, `\bmu`."""
    small = [*_SMALL, *(rf"\{name}" for name in _GREEK)]
    large = [*_SMALL.upper(), *(rf"\{name}" for name in _CAPITAL_GREEK)]
    fonts = {"b": (r"\boldsymbol", [*small, *large]), "v": (r"\boldsymbol", small)}
    fonts |= {"m": (r"\boldsymbol", large), "c": (r"\mathcal", [*_SMALL.upper()])}
    for prefix, (font, letters) in fonts.items():
        for letter in letters:
            name = f"\\{prefix}{letter.removeprefix(chr(92))}"
            if name not in _TAKEN:
                yield name, f"{font}{{{letter}}}"

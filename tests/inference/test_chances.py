"""What holds of every law by what probabilities are, and what does not."""

from __future__ import annotations

import pytest

from proofcheck import check_text

_WORDS = "Let $X$, $Y$ be random variables with density $p(x,y)$.\n\n"

TRUE = (
    (r"\mathrm{E}(X)", r"\sum_{x \in \mathcal{X}} x \cdot p(x)"),
    (r"\mathrm{Var}(X)", r"\int_{\mathcal{X}} (x - \mathrm{E}(X))^2 \, f_X(x) \, \mathrm{d}x"),
    (r"p(x|y)", r"\frac{p(y|x) \, p(x)}{p(y)}"),
    (r"p(y|m)", r"\int p(y|\theta,m) \, p(\theta|m) \, \mathrm{d}\theta"),
    (r"\mathrm{h}(X,Y)", r"\mathrm{h}(X) + \mathrm{h}(Y|X)"),
    (r"\mathrm{I}(X,Y)", r"\mathrm{H}(X) - \mathrm{H}(X|Y)"),
    (r"f_X(x)", r"\mathrm{Pr}(X = x)"),
)
FALSE = (
    (r"\mathrm{E}(X)", r"\sum_{x \in \mathcal{X}} x \cdot p(y)"),
    (r"\mathrm{E}(Y)", r"\sum_{y \in \mathcal{Y}} y \cdot \mathrm{Pr}(X = y)"),
    (r"\mathrm{E}(X)", r"\int_0^\infty x \, f_X(x) \, \mathrm{d}x"),
    (r"\mathrm{Var}(X)", r"\int_{\mathcal{X}} (x + \mathrm{E}(X))^2 \, f_X(x) \, \mathrm{d}x"),
    (r"p(x|y)", r"\frac{p(y|x) \, p(y)}{p(x)}"),
    (r"p(y|m)", r"\int p(y|\theta,m) \, p(m|\theta) \, \mathrm{d}\theta"),
    (r"p(x,y)", r"p(x) \, p(y)"),
    (r"\mathrm{h}(X,Y)", r"\mathrm{h}(X) + \mathrm{h}(X|Y)"),
    (r"\mathrm{I}(X,Y)", r"\mathrm{H}(X) - \mathrm{H}(Y|X)"),
    (r"\mathrm{KL}[P||Q]", r"\int_{\mathcal{X}} q(x) \, \log \frac{p(x)}{q(x)} \, \mathrm{d}x"),
    (r"\mathrm{H}(X)", r"- \sum_{x \in \mathcal{X}} p(x) \log q(x)"),
    (r"f_Y(y)", r"\mathrm{Pr}(X = y)"),
)


def verdict(left: str, right: str) -> str:
    file = check_text(f"{_WORDS}$$ {left} = {right} $$\n").files[0]
    return str(file.derivations[0].steps[0].judgement.verdict)


@pytest.mark.parametrize(("left", "right"), TRUE)
def test_what_is_true_of_every_law_holds(left: str, right: str) -> None:
    assert verdict(left, right) == "holds"


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_what_is_not_is_open(left: str, right: str) -> None:
    assert verdict(left, right) in ("definition", "assumed", "unchecked")

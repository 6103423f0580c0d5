"""Points moved onto the solutions of posed equations."""

from __future__ import annotations

import pytest

from proofcheck import Verdict
from proofcheck.pipeline import check_text
from tests.numeric.claims import check, declare, verdicts


def test_the_note_says_that_an_equation_was_used() -> None:
    judged = check((r"A^TAx = A^Tb",), (r"2x^TA^TAx = x^TA^Tb + b^TAx",))
    assert [str(j.verdict) for j in judged] == ["assumed", "holds"]
    assert any("poses" in note for note in judged[1].notes)


def test_an_equation_that_is_linear_in_nothing_is_not_used() -> None:
    judged = check(
        (r"\exp(\operatorname{tr}(A^TA)) = \sin(s)",),
        (r"s\exp(\operatorname{tr}(A^TA)) = s\cos(s)",),
    )
    assert str(judged[1].verdict) != "holds"


@pytest.mark.parametrize("properties", [(), ("symmetric",), ("diagonal",)])
def test_a_solution_keeps_its_properties(properties: tuple[str, ...]) -> None:
    declarations = (declare("D", "matrix", *properties),) if properties else ()
    rows = ((r"Du = v",), (r"u^TD = v^T",))
    expected = ["assumed", "holds" if properties else "assumed"]
    assert verdicts(*rows, declarations=declarations) == expected


def test_indexed_equations_hold_for_all_their_indices() -> None:
    rows = ((r"A_{ij} = B_{ij} + u_iu_j",), (r"\sum_i A_{ii} = \sum_i B_{ii} + \sum_i u_i^2",))
    assert verdicts(*rows)[1] == "holds"


def test_a_power_of_a_symbol_is_solved_by_a_root() -> None:
    rows = ((r"\lambda^2 = v^Tv",), (r"\lambda\,d\lambda = v^Tdv",), (r"\lambda^4 = (v^Tv)^2",))
    judged = check(*rows)
    assert [str(j.verdict) for j in judged] == ["assumed", "holds", "holds"]
    assert any("poses" in note for note in judged[1].notes)


def test_what_differs_for_both_roots_is_wrong() -> None:
    rows = ((r"\lambda^2 = v^Tv",), (r"\lambda^3 = \lambda v^Tv = \lambda v^Tvv^Tv",))
    assert verdicts(*rows) == ["assumed", "holds", "fails"]


def test_what_one_of_two_roots_obeys_is_not_accused() -> None:
    rows = ((r"\lambda^2 = v^Tv",), (r"\lambda v_iv_i = -\|v\|v_iv_i",))
    assert verdicts(*rows)[1] != "fails"


def test_a_symbol_is_every_side_of_the_chain_that_defines_it() -> None:
    rows = ((r"y = 1:f = 1:(Ax)\circ(Bx)",), (r"dy = A\,dx:Bx + Ax:B\,dx",))
    judged = check(*rows)
    assert [str(j.verdict) for j in judged] == ["definition", "assumed", "holds"]


def test_a_symbol_that_an_equation_gives_is_no_constant() -> None:
    text = r"""Let $v \in \mathbb R^n$ and $$\lambda^2 = v^Tv,\quad u = \lambda^{-1}v.$$
$$\frac{\partial u}{\partial v} = \frac{I}{\lambda}$$"""
    *_, last = check_text(text).steps()
    assert last.judgement.verdict is Verdict.UNCHECKED

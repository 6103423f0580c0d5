"""What keeps a step from being accused: the text says more of its symbols than is drawn."""

from __future__ import annotations

import pytest
from flint import fmpq

from proofcheck import Verdict
from proofcheck.numeric.arithmetic import Tensor, Undefined, contract, from_entries
from proofcheck.pipeline import check_text
from tests.numeric.claims import verdicts


def told(text: str) -> list[str]:
    """What is said of each step."""
    judged = [s.judgement for d in check_text(text).derivations for s in d.steps]
    return [judgement.message for judgement in judged]


def test_a_step_on_what_is_not_drawn_is_not_accused() -> None:
    text = r"If $s \perp y$, then $\|s+y\|^2 = \|s\|^2 + \|y\|^2$."
    assert told(text) == ["what the text says of `s` is not drawn"]


def test_a_star_on_what_is_defined_may_conjugate() -> None:
    text = r"Let $c = \det(A)$. $$1\cdot s = \frac{c^* c}{c^2} = \frac{c^2}{c^2}$$"
    assert told(text)[-1] == "the sides agree for real values, and not for all complex ones"
    assert told(r"Let $c = \det(A)$. $$1\cdot c^* = \frac{c^* c^*}{c}$$")[-1] != ""


def test_an_equation_that_says_what_kind_a_matrix_is_accuses_nobody() -> None:
    normal = "The complex matrix $T$ is normal iff $TT^* = T^*T$."
    unitary = "A complex matrix $Q$ is called so where $Q^* = Q^{-1}$."
    judged = [step.judgement for text in (normal, unitary) for step in check_text(text).steps()]
    assert {judgement.verdict for judgement in judged} <= {Verdict.UNCHECKED, Verdict.ASSUMED}


def test_a_contraction_to_a_single_axis_has_no_value() -> None:
    with pytest.raises(Undefined):
        contract(Tensor((2, 1, 2), (1, 2, 3, 4)), from_entries((1, 2), [fmpq(1), fmpq(2)]), 2)


def test_derivatives_by_unlinked_variables_are_not_accused() -> None:
    entries = [rf"\frac{{\partial L}}{{\partial {name}}}" for name in ("z_1", "z_2", "w_1", "w_2")]
    rows = f"{entries[0]} & {entries[1]} \\\\ {entries[2]} & {entries[3]}"
    text = rf"$$\frac{{\partial L}}{{\partial X}} = \begin{{bmatrix}} {rows} \end{{bmatrix}}$$"
    assert told(text) == ["nothing says how what the sides differentiate by depends on each other"]


def test_a_left_side_without_a_shape_is_not_laid_on_the_next_step() -> None:
    rows = r"\frac{\partial g}{\partial q} &= 1-p^2 \\ &= (1-p^2)"
    text = rf"Let $p$ be a vector. $$\begin{{split}} {rows} \end{{split}}$$"
    assert told(text) == ["", "its left side does not fit by itself: m is not 1"]


def test_a_total_beside_counts_is_not_accused() -> None:
    row = (r"\sum_{i=1}^{a} \sum_{j=1}^{n_i} 1 = n",)
    other = (r"\sum_{i=1}^{a} \sum_{j=1}^{n_i} (c + 1) = nc + n",)
    assert "fails" not in verdicts(row, other)


def test_what_holds_only_with_moving_data_is_not_decided() -> None:
    model = (r"y = X\beta + \varepsilon",)
    row = (r"\frac{\partial}{\partial \beta} \|y - X\beta\|^2 = 0\beta",)
    assert verdicts(model, row) == ["definition", "unchecked"]


def test_a_set_of_pairs_is_some_of_the_pairs() -> None:
    whole = (r"\sum_{(i,j)\in\Omega} M_{ij} = \sum_{i,j} M_{ij}",)
    parts = (r"\sum_{(i,j)\in\Omega} (M_{ij} + N_{ij}) = \sum_{(i,j)\in\Omega} M_{ij}",)
    split = (r"\sum_{(i,j)\in\Omega} 2M_{ij} = 2\sum_{(i,j)\in\Omega} M_{ij}",)
    assert verdicts(whole)[0] != "holds"
    assert verdicts(parts)[0] != "holds"
    assert verdicts(split) == ["holds"]


def test_a_transpose_behind_a_column_is_not_read_inside_its_brackets() -> None:
    said = "Let $A$ be an $m\\times n$ matrix and $K_{m,n}$ be the commutation matrix. "
    for right, holds in ((r"\operatorname{vec}(A^T)", True), (r"\operatorname{vec}(A)^T", False)):
        (step,) = check_text(rf"{said}$$K_{{m,n}}\operatorname{{vec}}(A) = {right}$$").steps()
        assert (step.judgement.verdict is Verdict.HOLDS) is holds
    (power,) = check_text(r"$$\operatorname{tr}(A+A)^2 = 4\operatorname{tr}(AA)$$").steps()
    assert power.judgement.notes == ("a power behind a bracket inside the function",)

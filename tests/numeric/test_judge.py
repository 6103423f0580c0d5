"""What is said of equations, right and wrong."""

from __future__ import annotations

import pytest

from proofcheck.inference.reason import Reason
from tests.numeric.claims import check, declare, verdicts

RIGHT = [
    "(AB)^T = B^TA^T",
    r"\operatorname{tr}(ABC) = \operatorname{tr}(CAB)",
    r"\det(AB) = \det A\det B",
    r"A:B = {\rm Tr}(A^TB)",
    r"A:B\circ C = A\circ B:C",
    r"(AB)^{-1} = B^{-1}A^{-1}",
    r"\operatorname{vec}(AXB) = (B^T\otimes A)\operatorname{vec}(X)",
    r"(A\otimes B)(C\otimes D) = AC\otimes BD",
    r"\|x\|^2 = x^Tx",
    r"\|A\|_F^2 = \sum_{i,j}A_{ij}^2",
    r"\langle A,B\rangle = \operatorname{tr}(B^TA)",
    r"dX^{-1} = -X^{-1}\,dX\,X^{-1}",
    r"d(A\odot B) = dA\odot B+A\odot dB",
    r"d\log\det X = \operatorname{tr}(X^{-1}dX)",
    r"\frac{\partial}{\partial X}\operatorname{tr}(AXB) = A^TB^T",
    r"\nabla_x (x^TAx) = (A+A^T)x",
    r"\frac{\partial}{\partial X}\log\det X = X^{-T}",
    r"\operatorname{diag}(x)y = x\odot y",
    r"\operatorname{tr}I_n = n",
    r"\frac{d}{dx}e^{ax} = ae^{ax}",
    r"(A+UCV)^{-1} = A^{-1}-A^{-1}U(C^{-1}+VA^{-1}U)^{-1}VA^{-1}",
]
WRONG = [
    "AB = BA",
    "(AB)^T = A^TB^T",
    "(A+B)^2 = A^2+2AB+B^2",
    "(A+B)^{-1} = A^{-1}+B^{-1}",
    r"\operatorname{tr}(ABC) = \operatorname{tr}(ACB)",
    r"\det(A+B) = \det A+\det B",
    r"\operatorname{vec}(AXB) = (A\otimes B^T)\operatorname{vec}(X)",
    r"xx^T = x^Tx",
    r"dX^{-1} = -X^{-2}\,dX",
    r"d(X^TX) = 2X^TdX",
    r"\frac{\partial}{\partial X}\operatorname{tr}(AXB) = BA+AB",
    r"\frac{\partial}{\partial X}\log\det X = X^{-1}+X^{-T}",
    r"\|A\|_F^2 = \operatorname{tr}(A^2)",
]


@pytest.mark.parametrize("equation", RIGHT)
def test_identities_hold(equation: str) -> None:
    assert verdicts((equation,)) == ["holds"]


@pytest.mark.parametrize("equation", WRONG)
def test_wrong_identities_fail(equation: str) -> None:
    (judgement,) = check((equation,))
    assert judgement.verdict == "fails"
    assert judgement.mismatch or judgement.counterexample is not None


def test_a_difference_that_symmetry_explains_is_conditional() -> None:
    (judgement,) = check((r"\nabla_x (x^TAx) = 2Ax",))
    assert judgement.verdict == "conditional"
    assert "`A` is symmetric" in judgement.message


def test_what_is_declared_is_assumed() -> None:
    declared = (declare("A", "matrix", "symmetric"),)
    assert verdicts((r"\nabla_x (x^TAx) = 2Ax",), declarations=declared) == ["holds"]
    assert verdicts(("A = A^T",), (r"\nabla_x (x^TAx) = 2Ax",)) == ["assumed", "holds"]


def test_definitions_are_followed() -> None:
    chain = ("dL = 2Y:dY", "= 2Y:X^TdW", "= 2XY:dW", r"\frac{\partial L}{\partial W} = 2XY")
    assert verdicts(("L = Y:Y",), ("Y = X^TW",), chain) == ["definition"] * 2 + ["holds"] * 4


def test_a_gradient_is_read_off_from_a_differential() -> None:
    first = ("dL = 2XY:dW",)
    assert verdicts(first, (r"\frac{\partial L}{\partial W} = 2XY",)) == ["definition", "holds"]
    assert verdicts(first, (r"\frac{\partial L}{\partial W} = 2YX",)) == ["definition", "fails"]


@pytest.mark.parametrize(
    ("gradient", "verdict"), [("4XX^TX", "holds"), ("4XX^TX + X", "fails"), ("2XX^TX", "fails")]
)
def test_a_gradient_is_read_off_where_the_definition_does_not_reach(
    gradient: str, verdict: str
) -> None:
    rows = ["f = M:M", "df = 2M:dM", "= 2X^TX:(dX^TX + X^TdX)", "= 4XX^TX:dX"]
    rows.append(r"df = \frac{\partial f}{\partial X}:dX")
    last = rf"\frac{{\partial f}}{{\partial X}} = {gradient}"
    assert verdicts(tuple(rows), (last,))[-1] == verdict


@pytest.mark.parametrize(
    ("last", "verdict"), [("2XY", "holds"), ("2X^TY", "fails"), ("XY", "fails")]
)
def test_the_chain_rule_by_entries(last: str, verdict: str) -> None:
    total = r"\sum_{i,j}\frac{\partial L}{\partial Y_{ij}}\frac{\partial Y_{ij}}{\partial W}"
    chain = (rf"\frac{{\partial L}}{{\partial W}} = {total} = {last}",)
    assert verdicts(("L = Y:Y",), ("Y = X^TW",), chain)[2:] == ["holds", verdict]


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (r"\min_x (Ax)^T(Ax) = \min_x x^TA^TAx", "holds"),
        (r"\min_{x} (Ax)^T(Ax) = \min\limits_x \|Ax\|^2", "holds"),
        (r"\arg\min_x \|Ax\|^2 = \operatorname*{arg\,min}_x x^TA^TAx", "holds"),
        (r"\arg\min_x \|Ax\|^2 = \arg\min_x 2\|Ax\|^2", "unchecked"),
        (r"\min_x \|Ax\|^2 = \max_x \|Ax\|^2", "unchecked"),
        (r"\min_x \max_y x^TAy = \min_x \max_y y^TA^Tx", "holds"),
        (r"\min_x J = \min_x \|Ax\|^2", "assumed"),
    ],
)
def test_optima_are_those_of_their_objectives(row: str, verdict: str) -> None:
    declared = (declare("A", "matrix"), declare("x", "vector"), declare("y", "vector"))
    assert verdicts((row,), declarations=declared) == [verdict]


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (r"\binom{n}{k} = \frac{n!}{k!(n-k)!}", "holds"),
        (r"{n \choose k} + {n \choose k+1} = {n+1 \choose k+1}", "holds"),
        (r"n! = n(n-1)!", "holds"),
        (r"2^n n! = 2n!", "unchecked"),
        (r"\Gamma(z+1) = z\Gamma(z)", "holds"),
        (r"\Gamma(z+1) = \Gamma(z)", "fails"),
        (r"\Gamma(a+b) = \Gamma a + \Gamma b", "unchecked"),
        (r"n!! = n(n-2)!!", "holds"),
        (r"\log'(t) = \frac1t", "holds"),
        (r"\frac{d}{dt}\sin(t^2) = 2t\sin'(t^2)", "holds"),
        (r"\tanh'(t) = 1 - \tanh(t)", "fails"),
    ],
)
def test_functions_of_one_number(row: str, verdict: str) -> None:
    assert verdicts((row,)) == [verdict]


def test_the_chain_rule_of_unknown_functions_is_a_contraction() -> None:
    left = r"\frac{\partial L}{\partial W}"
    right = r"\frac{\partial L}{\partial Y}\frac{\partial Y}{\partial W}"
    (judgement,) = check((f"{left} = {right}",))
    assert judgement.verdict == "holds"
    assert any("contraction" in note for note in judgement.notes)


def test_a_redefined_symbol_means_the_new_thing() -> None:
    found = verdicts(
        ("L = Y:Y",),
        ("Y = X^TW",),
        ("y = X^Tw", "L = y:y", "dL = 2y:dy"),
    )
    assert found == ["definition"] * 4 + ["holds"]


def test_posed_equations_are_no_claims() -> None:
    assert verdicts((r"Hu = \lambda u",)) == ["assumed"]
    assert verdicts(("A^TAx = A^Tb",)) == ["assumed"]


def test_an_unknown_command_is_named() -> None:
    (judgement,) = check((r"A\foo B = AB",))
    assert judgement.verdict == "unchecked"
    assert judgement.reason is Reason.UNREADABLE_NOTATION
    assert r"\foo" in judgement.message


def test_a_derivative_by_something_unrelated_is_not_checked() -> None:
    assert (
        verdicts((r"L = \operatorname{tr}(A)",), (r"\frac{\partial L}{\partial B} = C",))[1]
        == "unchecked"
    )


def test_the_counterexample_is_a_certificate() -> None:
    (judgement,) = check(("AB = BA",))
    shown = judgement.counterexample
    assert shown is not None
    assert shown.left is not None
    assert shown.right is not None
    assert [binding.name for binding in shown.symbols] == ["A", "B"]
    assert shown.left.rows != shown.right.rows


def test_a_run_repeats() -> None:
    assert check(("AB = BA",)) == check(("AB = BA",))


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (r"\sum_{p}u_pu_p = u_pu_p", "holds"),
        (r"(AB)_{ij} = A_{ik}B_{kj}", "holds"),
        (r"(AB^T)_{ij} = A_{ik}B_{kj}", "unchecked"),
        (r"\operatorname{tr}(AB) = A_{ij}B_{ji}", "holds"),
        (r"\frac{\partial O^{ib}}{\partial V^{mn}} = \delta^i_m \delta^b_n W^{ab}", "unchecked"),
        (r"(A\odot B)_{ij} = A_{ij}B_{ij}", "holds"),
    ],
)
def test_an_index_that_is_repeated_and_not_free_is_summed(row: str, verdict: str) -> None:
    (judgement,) = check((row,))
    assert judgement.verdict == verdict


def test_a_document_that_sums_implicitly_is_held_to_it() -> None:
    rows = (r"(AB)_{ij} = A_{ik}B_{kj}",), (r"\operatorname{tr}(AB) = 2A_{ij}B_{ji}",)
    assert verdicts(*rows) == ["holds", "fails"]


def test_indices_stand_above_as_well() -> None:
    left, right = (
        r"\frac{\partial L}{\partial V^{mn}}",
        r"\frac{\partial L}{\partial O^{ib}} A^{im}",
    )
    chain_rule = f"{left} = {right} \\delta^b_n"
    rows = (
        (r"O^{ib} = A^{ij} V^{jb}",),
        (
            r"\frac{\partial O^{ib}}{\partial V^{mn}} = A^{ij} \delta^j_m \delta^b_n",
            r"= A^{im} \delta^b_n",
        ),
        (chain_rule,),
    )
    assert verdicts(*rows) == ["definition", "holds", "holds", "holds"]


def test_the_derivative_of_what_is_not_known_is_posed() -> None:
    assert verdicts((r"\frac{\partial b}{\partial u} = 2u",)) == ["assumed"]
    assert verdicts((r"\nabla_x g(x) = 2Ax", "= Ax")) == ["assumed", "fails"]


def test_directional_derivatives() -> None:
    rows = (
        (r"D\det(X)(H) = \det(X)\operatorname{tr}(X^{-1}H)",),
        (r"J(x) = b^Tx + x^TAx",),
        (r"DJ(x)(v) = b^Tv + v^TAx + x^TAv",),
        (r"D^2J(x)[v,w] = v^T(A+A^T)w",),
        (r"DJ(x)[v] = b^Tv + v^TAx",),
        (r"2Y:dX\,D = 2YD^T:dX",),
    )
    expected = ["holds", "definition", "holds", "holds", "fails", "holds"]
    assert verdicts(*rows) == expected


def test_a_composition_is_a_function() -> None:
    rows = (
        (r"\phi = \log\circ\det",),
        (r"D\phi(X)(H) = \operatorname{tr}(X^{-1}H)",),
        (r"\nabla\phi(X) = X^{-T}",),
        (r"\nabla\phi(X) = 2X^{-T}",),
    )
    assert verdicts(*rows) == ["definition", "holds", "holds", "fails"]


def test_a_bold_letter_may_be_the_plain_one() -> None:
    rows = (
        (r"\mathbf{b} = (\mathbf{X}^T\mathbf{X})^{-1}\mathbf{X}^T\mathbf{y}",),
        (r"bb^T = (X^TX)^{-1}X^Tyy^TX(X^TX)^{-1}",),
    )
    assert verdicts(*rows) == ["definition", "holds"]


def test_a_partial_with_an_index_is_an_entry_of_the_gradient() -> None:
    assert verdicts((r"\partial_j (x^Tx) = 2\sum_i \delta_{ij}x_i",)) == ["holds"]


def test_a_sum_without_a_shape_is_no_equation_to_pose() -> None:
    assert verdicts((r"X^T(y-Xb) = 0",)) == ["assumed"]
    assert verdicts((r"X^T(y-Xb) + \lambda b = 0", r"(y-Xb)^TX + \lambda I = 0")) == [
        "assumed",
        "fails",
    ]


def test_a_step_is_tried_on_the_solutions_of_what_is_posed() -> None:
    rows = (
        (r"Hu = \lambda u",),
        (r"dH\,u + H\,du = \lambda\,du + u\,d\lambda",),
        (r"u^TdH\,u = u^Tu\,d\lambda",),
    )
    symmetric = (declare("H", "matrix", "symmetric"),)
    assert verdicts(*rows, declarations=symmetric) == ["assumed", "holds", "holds"]
    assert verdicts(*rows)[2] == "assumed"


def test_moments_are_posed_and_solved_for() -> None:
    rows = (
        (r"\mathbb{E}[x] = m",),
        (r"\mathbb{E}[(x-m)(x-m)^T] = S",),
        (r"\mathbb{E}[x^TAx] = \operatorname{tr}(AS) + m^TAm",),
        (r"\mathbb{E}[x^TAx] = \operatorname{tr}(AS) - m^TAm",),
    )
    assert verdicts(*rows) == ["assumed", "assumed", "holds", "assumed"]


def test_a_dot_above_may_be_a_differential() -> None:
    rows = (
        (r"A^{-1}A = I",),
        (r"\dot{A} = A B",),
        (r"\operatorname{tr}(\dot{A}B) = \operatorname{tr}(B\dot{A})",),
    )
    assert verdicts(*rows) == ["holds", "definition", "holds"]

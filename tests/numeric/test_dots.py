"""What is said of dots, explicit matrices, cases and ranges, right and wrong."""

from __future__ import annotations

import pytest

from tests.numeric.claims import check, verdicts

_COLUMN = r"\begin{bmatrix}x_1\\ \vdots\\ x_n\end{bmatrix}"
_ROW = r"\begin{bmatrix}y_1&\cdots&y_n\end{bmatrix}"
_FULL = (
    r"\begin{bmatrix} a_{11} & \cdots & a_{1n}\\ \vdots & \ddots & \vdots\\"
    r" a_{m1} & \cdots & a_{mn}\end{bmatrix}"
)
_DIAGONAL = r"\begin{bmatrix} d_1 & & \\ & \ddots & \\ & & d_n\end{bmatrix}"

RIGHT = [
    r"x_1+\cdots+x_n = \sum_{i=1}^n x_i",
    r"x_1+x_2+\dots+x_n+y = y+\sum_{i=1}^n x_i",
    r"x^Ty = x_1y_1+x_2y_2+\dots+x_ny_n",
    r"-x_1-\cdots-x_n = -\sum_{i=1}^n x_i",
    r"x_1+x_2+...+x_5 = x_1+x_2+x_3+x_4+x_5",
    r"\|x\|^2 = x_1^2+\cdots+x_n^2",
    r"x_1x_2\cdots x_n = \prod_{i=1}^n x_i",
    r"a_1b_1a_2b_2\cdots a_nb_n = \prod_{i=1}^n a_i\prod_{i=1}^n b_i",
    r"x_1\cdot\ldots\cdot x_n = \prod_{i=1}^n x_i",
    r"1+2+\cdots+n = \frac{n(n+1)}{2}",
    r"(1-t)(1+t+t^2+\cdots+t^n) = 1-t^{n+1}",
    r"\sum_{i=0}^n a_it^i = a_0+a_1t+\cdots+a_nt^n",
    r"a_1b_n+a_2b_{n-1}+\dots+a_nb_1 = \sum_{i=1}^n a_ib_{n+1-i}",
    r"\det(A_1A_2\cdots A_k) = \det A_1\det A_2\cdots\det A_k",
    r"(A_1A_2\cdots A_k)^{-1} = A_k^{-1}\cdots A_2^{-1}A_1^{-1}",
    rf"{_ROW}{_COLUMN} = x_1y_1+\cdots+x_ny_n",
    rf"{_COLUMN}^T{_COLUMN} = \sum_{{i=1}}^n x_i^2",
    (
        rf"{_FULL}^T = \begin{{bmatrix}} a_{{11}} & \cdots & a_{{m1}}\\ \vdots & \ddots & \vdots\\"
        r" a_{1n} & \cdots & a_{mn}\end{bmatrix}"
    ),
    rf"\det{_DIAGONAL} = d_1d_2\cdots d_n",
    (
        rf"{_DIAGONAL}^2 = \begin{{bmatrix}} d_1^2 & 0 & \cdots & 0\\ 0 & d_2^2 & \cdots & 0\\"
        r" \vdots & \vdots & \ddots & \vdots\\ 0 & 0 & \cdots & d_n^2\end{bmatrix}"
    ),
    r"\frac{\partial}{\partial x_1}(x_1^2+\cdots+x_n^2) = 2x_1",
    r"\nabla_x (x_1^2+\cdots+x_n^2) = \begin{bmatrix}2x_1\\ \vdots\\ 2x_n\end{bmatrix}",
    r"\begin{pmatrix} A & \\ & B\end{pmatrix}^2 = \begin{pmatrix} A^2 & 0\\ 0 & B^2\end{pmatrix}",
    (
        r"\begin{bmatrix} a & b\\[2pt] c & d\\ \end{bmatrix}\begin{bmatrix}x\\ y\end{bmatrix}"
        r" = \begin{bmatrix} ax+by\\ cx+dy\end{bmatrix}"
    ),
    r"\begin{vmatrix} a & b\\ c & d\end{vmatrix} = ad-bc",
    r"[x; 1]^T[x; 1] = x^Tx+1",
    r"B[A \mid C] = (BA \mid BC)",
    r"(a,b,c)^T(u,v,w) = \begin{bmatrix}au&av&aw\\ bu&bv&bw\\ cu&cv&cw\end{bmatrix}",
    r"|t| = \begin{cases} t & \text{if } t\ge 0,\\ -t & \text{otherwise.}\end{cases}",
    r"\left(\sum_i x_i\right)^2 = \sum_i x_i^2+2\sum_{i<j} x_ix_j",
    r"x_1+\cdots+x_n+\sum_{i=1}^{n-1}(x_{i+1}-x_i) = x_n-x_1+\sum_i x_i",
    r"\sum_{\substack{i=1\\ i\ne j}}^n x_i = \sum_{i=1}^n x_i-x_j",
    r"\sum_{1\le i<j\le n}(x_i-x_j)^2 = n\sum_{i=1}^n x_i^2-\left(\sum_{i=1}^n x_i\right)^2",
    r"\sum_{i=1}^n\sum_{j=1}^i A_{ij} = \sum_{j=1}^n\sum_{i=j}^n A_{ij}",
    r"\prod_{j\ne i} x_j = \frac{1}{x_i}\prod_j x_j",
    r"(AB)_{ij} = \sum_k A_{ik}B_{kj}",
    r"\sum_{i\in S}(a_i+b_i) = \sum_{i\in S}a_i+\sum_{i\in S}b_i",
    r"\sum_{t\in\mathcal T}\sum_{s\in S}f(t)g(s) = \sum_{s\in S}g(s)\sum_{t\in\mathcal T}f(t)",
    r"[x+y, x-y] = [x, x]+[y, -y]",
    r"[AB]_{ij} = A_{i:}B_{:j}",
    r"AB = \sum_k A_{:,k}B_{k,:}",
    r"(AB)_{i,\cdot} = A_{i\cdot}B",
    r"(AB)_{\cdot j} = AB_{\cdot j}",
]
_HESSIAN = (
    r"\begin{bmatrix} \frac{\partial^2 f}{\partial x_1^2} & \cdots & "
    r"\frac{\partial^2 f}{\partial x_1\partial x_n}\\ \vdots & \ddots & \vdots\\ "
    r"\frac{\partial^2 f}{\partial x_n\partial x_1} & \cdots & "
    r"\frac{\partial^2 f}{\partial x_n^2}\end{bmatrix}"
)
_JACOBIAN = (
    r"\begin{bmatrix} \frac{\partial g_1}{\partial x_1} & \cdots & "
    r"\frac{\partial g_1}{\partial x_n}\\ \vdots & \ddots & \vdots\\ "
    r"\frac{\partial g_m}{\partial x_1} & \cdots & "
    r"\frac{\partial g_m}{\partial x_n}\end{bmatrix}"
)
RIGHT += [
    rf"\nabla^2 f(x) = {_HESSIAN}",
    rf"\frac{{\partial g}}{{\partial x}} = {_JACOBIAN}",
    r"g(x) = \begin{bmatrix} g_1(x)\\ \vdots\\ g_m(x)\end{bmatrix}",
    (
        r"\begin{bmatrix} s & \rho & \cdots & \rho\\ \rho & s & \cdots & \rho\\"
        r" \vdots & \vdots & \ddots & \vdots\\ \rho & \rho & \cdots & s\end{bmatrix}"
        r" = (s-\rho)I+\rho\mathbf 1\mathbf 1^T"
    ),
]
WRONG = [
    r"x^Ty = x_1y_1^2+\dots+x_ny_n^2",
    r"x_1+\cdots+x_n = \sum_{i=1}^n x_i^2",
    r"x_1+\cdots+x_n = \sum_{i=1}^{n-1} x_i",
    r"x_1+x_2+\dots+x_n = nx_1",
    r"x_1x_2\cdots x_n = \sum_{i=1}^n x_i",
    r"1+2+\cdots+n = \frac{n(n-1)}{2}",
    r"(1-t)(1+t+t^2+\cdots+t^n) = 1-t^n",
    r"(A_1A_2\cdots A_k)^{-1} = A_1^{-1}A_2^{-1}\cdots A_k^{-1}",
    rf"{_ROW}{_COLUMN} = x_1y_1-\cdots-x_ny_n".replace("x_1y_1-", "-x_1y_1-"),
    rf"\det{_DIAGONAL} = d_1+d_2+\cdots+d_n",
    r"\nabla_x (x_1^2+\cdots+x_n^2) = \begin{bmatrix}x_1\\ \vdots\\ x_n\end{bmatrix}",
    r"|t| = \begin{cases} -t & \text{if } t\ge 0\\ t & \text{if } t < 0\end{cases}",
    r"\left(\sum_i x_i\right)^2 = \sum_i x_i^2+\sum_{i<j} x_ix_j",
    r"x_1+\cdots+x_n+\sum_{i=1}^{n-1}(x_{i+1}-x_i) = x_1-x_n+\sum_i x_i",
    r"\sum_{\substack{i=1\\ i\ne j}}^n x_i = \sum_{i=1}^n x_i-2x_j",
    r"\begin{vmatrix} a & b\\ c & d\end{vmatrix} = ad+bc",
]


@pytest.mark.parametrize("equation", RIGHT)
def test_identities_hold(equation: str) -> None:
    assert verdicts((equation,)) == ["holds"]


@pytest.mark.parametrize("equation", WRONG)
def test_wrong_identities_fail(equation: str) -> None:
    assert verdicts((equation,)) == ["fails"]


def test_columns_side_by_side() -> None:
    first = (r"X = [x_1, x_2, \ldots, x_n]",)
    assert verdicts(first, (r"XX^T = x_1x_1^T+\cdots+x_nx_n^T",)) == ["definition", "holds"]
    assert verdicts(first, (r"X^TX = x_1x_1^T+\cdots+x_nx_n^T",)) == ["definition", "fails"]


def test_rows_below_each_other() -> None:
    first = (r"X = \begin{bmatrix} -x_1^T-\\ \vdots\\ -x_n^T-\end{bmatrix}",)
    assert verdicts(first, (r"X^TX = x_1x_1^T+\cdots+x_nx_n^T",)) == ["definition", "holds"]


def test_at_least_three_elements_are_drawn() -> None:
    assert verdicts((r"x_1+x_2+\cdots+x_n = x_1+x_n",)) == ["fails"]


def test_one_entry_is_posed() -> None:
    found = verdicts((r"s = x_1+\cdots+x_n",), ("x_1 = 3",), (r"s = 3+x_2+\cdots+x_n",))
    assert found[:2] == ["definition", "assumed"]
    assert found[2] != "fails"


@pytest.mark.parametrize(
    ("equation", "said"),
    [
        (r"x_1+x_3+\cdots+x_n = s", "do not follow its pattern"),
        (r"x_1-x_2+\cdots+x_n = s", "signs"),
        (r"x_1+\cdots+y_n = s", "not clear what the dots"),
        (r"a_1b_1+a_2b_1+\cdots+a_nb_n = s", "do not run alike"),
        (r"x_1+x_2+\cdots = s", "between two elements"),
        (r"x_2+\cdots+x_{2n} = s", "in which steps"),
        (r"x+\cdots = y+\cdots", "between two elements"),
        (r"\sum_{i,j}^\infty x_{ij} = s", "infinite sum"),
        (r"\sum_{i\notin S} x_i = s", "range of the sum"),
        (r"\sum_{i\in S}f(i) = 2\sum_{i\in S}f(i)", "a set may be another"),
    ],
)
def test_what_is_not_understood_is_named(equation: str, said: str) -> None:
    (judgement,) = check((equation,))
    assert judgement.verdict == "unchecked"
    assert said in judgement.message

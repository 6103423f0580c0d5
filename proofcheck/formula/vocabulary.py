"""The operators that proofcheck knows, one row each.

A signature gives the shapes of the arguments and of the value, one letter an axis: `(n,n)->()`.
Alternatives are tried in order. `()` is a scalar; a letter may also stand for an axis of length 1,
an upper-case one for an axis longer than that; `mp` is the product of two axes. The value and the
differential of an operator are its row in `numeric/primitives`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator: its name, how it is spelled, its shapes and where it is defined.

    `words` are spellings in letters (`\\operatorname{tr}`, `\\text{tr}`, `tr(`), `commands` are
    LaTeX commands of its own, `infix` a symbol between its arguments.
    """

    name: str
    words: tuple[str, ...]
    commands: tuple[str, ...]
    infix: tuple[str, ...]
    signatures: tuple[str, ...]
    source: str


_MN = "Magnus and Neudecker 2019"
_ELEMENTWISE = ("()->()", "(m,n)->(m,n)")
_SCALAR_OR_ELEMENTWISE = ("()->()", "(N,1)->(N,1)", "(1,N)->(1,N)")
_SCALAR_OR_MATRIX = ("()->()", "(N,1)->(N,1)", "(n,n)->(n,n)", "(m,n)->(m,n)")


def _function(
    name: str, words: str, signatures: tuple[str, ...], source: str, commands: str = ""
) -> Operator:
    return Operator(name, tuple(words.split()), tuple(commands.split()), (), signatures, source)


def _infix(name: str, symbols: str, signatures: tuple[str, ...], source: str) -> Operator:
    return Operator(name, (), (), tuple(symbols.split()), signatures, source)


OPERATORS: tuple[Operator, ...] = (
    _function("trace", "tr Tr trace Trace TR", ("(n,n)->()",), f"{_MN}, 1.10", r"\tr \Tr \trace"),
    _function("determinant", "det Det", ("(n,n)->()",), f"{_MN}, 1.9", r"\det"),
    _function("rank", "rank rk", ("(m,n)->()",), f"{_MN}, 1.7"),
    _function("log", "log ln", _SCALAR_OR_MATRIX, "Higham 2008, 1.7", r"\log \ln"),
    _function("exp", "exp", _SCALAR_OR_MATRIX, "Higham 2008, 10", r"\exp"),
    _function("sqrt", "sqrt", _SCALAR_OR_MATRIX, "Higham 2008, 1.7"),
    _function("sin", "sin", _SCALAR_OR_ELEMENTWISE, "DLMF 4.14", r"\sin"),
    _function("cos", "cos", _SCALAR_OR_ELEMENTWISE, "DLMF 4.14", r"\cos"),
    _function("tanh", "tanh", _ELEMENTWISE, "DLMF 4.28", r"\tanh"),
    _function("logistic", "sigmoid", _ELEMENTWISE, "DLMF 4.28"),
    _function("softmax", "softmax", ("(N,1)->(N,1)",), "Bridle 1990"),
    _function("vec", "vec Vec", ("(m,n)->(mn,1)",), f"{_MN}, 2.4"),
    _function("diag", "diag Diag", ("(N,1)->(N,N)", "(N,N)->(N,1)"), f"{_MN}, 1.6"),
    _function("symmetric part", "sym Sym", ("(n,n)->(n,n)",), f"{_MN}, 2.1"),
    _function("skew part", "skew Skew", ("(n,n)->(n,n)",), f"{_MN}, 2.1"),
    _function("adjugate", "adj Adj adjugate", ("(n,n)->(n,n)",), f"{_MN}, 1.9"),
    _function("transpose", "", ("(m,n)->(n,m)",), f"{_MN}, 1.2"),
    _function("conjugate", "", ("(m,n)->(m,n)",), f"{_MN}, 1.2"),
    _function("conjugate transpose", "", ("(m,n)->(n,m)",), f"{_MN}, 1.2"),
    _function("pseudoinverse", "", ("(m,n)->(n,m)",), f"{_MN}, 2.7"),
    _function("bars", "", ("(m,n)->()",), "determinant, absolute value or length, by shape"),
    _function("norm", "", ("(m,n)->()",), "Frobenius norm, of a vector the Euclidean one"),
    _function("two norm", "", ("(m,n)->()",), "Euclidean norm; of a matrix by reading"),
    _function("elementwise power", "", ("(m,n),()->(m,n)",), f"{_MN}, 3.6"),
    _function("spectral norm", "", ("(m,n)->()",), "Golub and Van Loan 2013, 2.3"),
    _function("nuclear norm", "", ("(m,n)->()",), "Golub and Van Loan 2013, 2.3"),
    _function("one norm", "", ("(m,n)->()",), "Golub and Van Loan 2013, 2.2"),
    _function("expectation", "", ("(m,n)->(m,n)",), "Billingsley 1995, 21"),
    _function("variance", "Var var", ("()->()", "(N,1)->(N,N)"), "Billingsley 1995, 21"),
    _function("covariance", "Cov cov", ("(),()->()", "(m,1),(n,1)->(m,n)"), "Billingsley 1995, 21"),
    _infix("frobenius", ":", ("(m,n),(m,n)->()",), f"{_MN}, 2.4"),
    _infix("hadamard", r"\odot \circ ⊙ ∘", ("(m,n),(m,n)->(m,n)",), f"{_MN}, 3.6"),
    _infix("elementwise quotient", r"\oslash", ("(m,n),(m,n)->(m,n)",), f"{_MN}, 3.6"),
    _infix("kronecker", r"\otimes ⊗", ("(m,n),(p,q)->(mp,nq)",), f"{_MN}, 2.2"),
    _function("outer product", "", ("(M,1),(N,1)->(M,N)",), f"{_MN}, 1.4"),
    _function("inner product", "", ("(m,n),(m,n)->()",), f"{_MN}, 2.4"),
)

BY_NAME: dict[str, Operator] = {operator.name: operator for operator in OPERATORS}
BY_WORD: dict[str, Operator] = {word: op for op in OPERATORS for word in op.words}
BY_COMMAND: dict[str, Operator] = {word: op for op in OPERATORS for word in op.commands}
MOMENTS = frozenset(("expectation", "variance", "covariance"))
"""The operators on random arguments: their rows of values are in `numeric/moments`."""

BY_INFIX: dict[str, Operator] = {word: op for op in OPERATORS for word in op.infix}

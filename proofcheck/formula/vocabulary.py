"""The operators that proofcheck knows, one row each.

A signature gives the shapes of the arguments and of the value, one letter an axis: `(n,n)->()`.
Alternatives are tried in order. `()` is a scalar; a letter may also stand for an axis of length 1,
an upper-case one for an axis longer than that; `mp` is the product of two axes, `m+p` their sum,
`m&n` the shorter one, `n^` is n(n+1)/2, and a digit is that length. The value and the differential
of an operator are its row in `numeric/primitives`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator: its name, how it is spelled, its shapes and where it is defined.

    `words` are spellings in letters (`\\operatorname{tr}`, `\\text{tr}`, `tr(`), `commands` are
    LaTeX commands of its own, `infix` a symbol between its arguments. `written` are spellings of
    no such kind, for the reader of the documentation. `announced` are spellings that mean the
    operator only where the prose says one of the phrases beside them. `blanks` are columns of
    ones that stand before the arguments that are written: their lengths alone count, as they do
    for the sizes of `K_{mn}`.
    """

    name: str
    words: tuple[str, ...]
    commands: tuple[str, ...]
    infix: tuple[str, ...]
    signatures: tuple[str, ...]
    source: str
    written: tuple[str, ...] = ()
    announced: tuple[tuple[str, tuple[str, ...]], ...] = ()
    blanks: int = 0

    def takes(self, count: int) -> bool:
        """Whether the operator has a signature for so many arguments."""
        count += self.blanks
        return any(text.split("->")[0].count("(") == count for text in self.signatures)

    def counts(self) -> bool:
        """Whether the value may be a number, which a transpose behind the brackets leaves alone."""
        return any(text.endswith("->()") for text in self.signatures)


_MN = "Magnus and Neudecker 2019"
_HIGHAM = "Higham 2008"
_GVL = "Golub and Van Loan 2013"
_ELEMENTWISE = ("()->()", "(m,n)->(m,n)")
_SCALAR_OR_ELEMENTWISE = ("()->()", "(N,1)->(N,1)", "(1,N)->(1,N)")
_SCALAR_OR_MATRIX = ("()->()", "(N,1)->(N,1)", "(n,n)->(n,n)", "(m,n)->(m,n)")
_EXTREMUM = ("(m,n)->()", "(m,n),(m,n)->(m,n)", "(),(m,n)->(m,n)", "(m,n),()->(m,n)")
_QUOTIENT = ("(),()->()", "(m,n),()->(m,n)", "(m,n),(m,n)->(m,n)", "(),(m,n)->(m,n)")
_CROSS = ("(3,1),(3,1)->(3,1)", "(),(m,n)->(m,n)", "(m,n),()->(m,n)")
_DOT = ("(N,1),(N,1)->()", "(),(m,n)->(m,n)", "(m,n),()->(m,n)", "(m,k),(k,n)->(m,n)")


def _function(
    name: str,
    words: str,
    signatures: tuple[str, ...],
    source: str,
    commands: str = "",
    written: str = "",
    announced: tuple[tuple[str, tuple[str, ...]], ...] = (),
    blanks: int = 0,
) -> Operator:
    return Operator(
        name,
        tuple(words.split()),
        tuple(commands.split()),
        (),
        signatures,
        source,
        tuple(filter(None, written.split("; "))),
        announced,
        blanks,
    )


def _sized(name: str, letters: str, signature: str, source: str, *phrases: str) -> Operator:
    """A constant matrix that only its sizes determine, written below one of the letters."""
    announced = tuple((letter, phrases) for letter in letters.split())
    blanks = signature.split("->", maxsplit=1)[0].count("(")
    return _function(name, "", (signature,), source, announced=announced, blanks=blanks)


def _infix(
    name: str, symbols: str, signatures: tuple[str, ...], source: str, *phrases: str
) -> Operator:
    """An operator between its arguments; with phrases, its symbols must be announced."""
    spelled = tuple(symbols.split())
    announced = tuple((symbol, phrases) for symbol in spelled) if phrases else ()
    return Operator(name, (), (), () if phrases else spelled, signatures, source, (), announced)


_WITH_PRIME = {
    "log": r"\log'(x)", "exp": r"\exp'(x)", "sin": r"\sin'(x)", "cos": r"\cos'(x)",
    "tan": r"\tan'(x)", "tanh": r"\tanh'(x)", "arctan": r"\arctan'(x)",
    "logistic": r"\operatorname{sigmoid}'(x)",
}  # fmt: skip
INVERSES = {"vec": "mat", "error function": "inverse error function"}
"""The operators whose power -1 is their inverse, and never one over them."""
PRIMES = {name: f"{name} prime" for name in _WITH_PRIME}
"""The derivatives of functions of one number, which a prime behind their names stands for."""

OPERATORS: tuple[Operator, ...] = (
    *(
        _function(
            PRIMES[name],
            "",
            _ELEMENTWISE if name in ("tanh", "logistic") else _SCALAR_OR_ELEMENTWISE,
            "DLMF 1.4",
            written=written,
        )
        for name, written in _WITH_PRIME.items()
    ),
    _function("trace", "tr Tr trace Trace TR", ("(n,n)->()",), f"{_MN}, 1.10", r"\tr \Tr \trace"),
    _function("determinant", "det Det", ("(n,n)->()",), f"{_MN}, 1.9", r"\det"),
    _function("log-determinant", "logdet", ("(n,n)->()",), f"{_MN}, 8.3", r"\logdet"),
    _function("rank", "rank rk", ("(m,n)->()",), f"{_MN}, 1.7", r"\rank"),
    _function("log", "log ln", _SCALAR_OR_MATRIX, f"{_HIGHAM}, 1.7", r"\log \ln"),
    _function("exp", "exp", _SCALAR_OR_MATRIX, f"{_HIGHAM}, 10", r"\exp"),
    _function("sqrt", "sqrt", _SCALAR_OR_MATRIX, f"{_HIGHAM}, 1.7", written=r"\sqrt{x}"),
    _function("matrix log", "logm Logm", ("(n,n)->(n,n)",), f"{_HIGHAM}, 1.7"),
    _function("matrix exp", "expm Expm", ("(n,n)->(n,n)",), f"{_HIGHAM}, 10"),
    _function("matrix sqrt", "sqrtm", ("(n,n)->(n,n)",), f"{_HIGHAM}, 1.7"),
    _function("elementwise log", "", _ELEMENTWISE, "DLMF 4.2"),
    _function("elementwise exp", "", _ELEMENTWISE, "DLMF 4.2"),
    _function("elementwise sin", "", _ELEMENTWISE, "DLMF 4.14"),
    _function("elementwise cos", "", _ELEMENTWISE, "DLMF 4.14"),
    _function("elementwise sqrt", "", _ELEMENTWISE, "DLMF 4.2"),
    _function("sin", "sin", _SCALAR_OR_MATRIX, f"{_HIGHAM}, 12", r"\sin"),
    _function("cos", "cos", _SCALAR_OR_MATRIX, f"{_HIGHAM}, 12", r"\cos"),
    _function("tan", "tan", _SCALAR_OR_ELEMENTWISE, "DLMF 4.14", r"\tan"),
    _function("arcsin", "arcsin asin", _SCALAR_OR_ELEMENTWISE, "DLMF 4.23", r"\arcsin"),
    _function("arccos", "arccos acos", _SCALAR_OR_ELEMENTWISE, "DLMF 4.23", r"\arccos"),
    _function("arctan", "arctan atan", _SCALAR_OR_ELEMENTWISE, "DLMF 4.23", r"\arctan"),
    _function("sinh", "sinh", _SCALAR_OR_ELEMENTWISE, "DLMF 4.28", r"\sinh"),
    _function("cosh", "cosh", _SCALAR_OR_ELEMENTWISE, "DLMF 4.28", r"\cosh"),
    _function("tanh", "tanh", _ELEMENTWISE, "DLMF 4.28", r"\tanh"),
    _function("artanh", "artanh arctanh atanh", _SCALAR_OR_ELEMENTWISE, "DLMF 4.37"),
    _function(
        "logistic",
        "sigmoid",
        _ELEMENTWISE,
        "DLMF 4.28",
        announced=(
            (r"\sigma", ("sigmoid", "logistic function", "logistic regression", "logistic loss")),
        ),
    ),
    _function("softplus", "softplus", _ELEMENTWISE, "Dugas et al. 2001"),
    _function("error function", "erf", _ELEMENTWISE, "DLMF 7.2"),
    _function("inverse error function", "erfinv", _ELEMENTWISE, "DLMF 7.17"),
    _function("gamma function", "", ("()->()",), "DLMF 5.2", written=r"\Gamma(x)"),
    _function("factorial", "", ("()->()",), "DLMF 5.4", written="n!"),
    _function(
        "multinomial", "", ("(),(N,1)->()",), "DLMF 26.4", written=r"\binom{n}{k_1,\ldots,k_m}"
    ),
    _function("binomial", "", ("(),()->()",), "DLMF 1.2", written=r"\binom{n}{k}; {n \choose k}"),
    _function("double factorial", "", ("()->()",), "DLMF 5.4", written="n!!"),
    _function(
        "beta function",
        "",
        ("(),()->()",),
        "DLMF 5.12",
        announced=(("B", ("beta function",)),),
    ),
    _function(
        "digamma function",
        "",
        ("()->()",),
        "DLMF 5.2",
        announced=((r"\psi", ("digamma function",)),),
    ),
    _function("relu", "ReLU relu", _ELEMENTWISE, "Nair and Hinton 2010"),
    _function("sign", "sign sgn Sign", _ELEMENTWISE, "DLMF, common notations", r"\sgn \sign"),
    _function("absolute value", "abs", _ELEMENTWISE, "DLMF 1.9"),
    _function("floor", "floor", _ELEMENTWISE, "DLMF, notations", written=r"\lfloor x\rfloor"),
    _function("ceiling", "ceil", _ELEMENTWISE, "DLMF, notations", written=r"\lceil x\rceil"),
    _function("softmax", "softmax", ("(N,1)->(N,1)", "(m,n)->(m,n)"), "Bridle 1990"),
    _function("softmax of columns", "", ("(N,1)->(N,1)", "(m,n)->(m,n)"), "Bridle 1990"),
    _function("log-sum-exp", "logsumexp LSE lse", ("(m,n)->()",), "Boyd and Vandenberghe 2004"),
    _function("maximum", "max", _EXTREMUM, "DLMF, common notations", r"\max"),
    _function("minimum", "min", _EXTREMUM, "DLMF, common notations", r"\min"),
    _function("vec", "vec Vec", ("(m,n)->(nm,1)",), f"{_MN}, 2.4", r"\vect"),
    _function(
        "mat",
        "mat Mat unvec",
        ("(m,1),(n,1),(nm,1)->(m,n)",),
        f"{_MN}, 2.4",
        written=r"\operatorname{vec}^{-1}(x)",
        blanks=2,
    ),
    _sized(
        "commutation matrix",
        "K",
        "(m,1),(n,1)->(mn,nm)",
        f"{_MN}, 3.7",
        "commutation matrix",
        "commutation matrices",
        "vec-permutation matrix",
    ),
    _sized(
        "duplication matrix",
        "D",
        "(n,1)->(nn,n^)",
        f"{_MN}, 3.8",
        "duplication matrix",
        "duplication matrices",
    ),
    _sized(
        "elimination matrix",
        "L",
        "(n,1)->(n^,nn)",
        f"{_MN}, 3.8",
        "elimination matrix",
        "elimination matrices",
    ),
    _function("vech", "vech", ("(n,n)->(n^,1)",), f"{_MN}, 3.8", r"\vech"),
    _function("diag", "diag Diag", ("(N,1)->(N,N)", "(N,N)->(N,1)"), f"{_MN}, 1.6", r"\diag"),
    _function("ones of a vector", "", _SCALAR_OR_ELEMENTWISE, _GVL),
    _function("ones of a matrix", "", _ELEMENTWISE, _GVL),
    _function("symmetric part", "sym Sym", ("(n,n)->(n,n)",), f"{_MN}, 2.1"),
    _function("skew part", "skew Skew", ("(n,n)->(n,n)",), f"{_MN}, 2.1"),
    _function("adjugate", "adj Adj adjugate", ("(n,n)->(n,n)",), f"{_MN}, 1.9", r"\adj"),
    _function("cofactors", "cof Cof cofactor", ("(n,n)->(n,n)",), f"{_MN}, 1.9", r"\cof"),
    _function("transpose", "", ("(m,n)->(n,m)",), f"{_MN}, 1.2", "", r"A^T; A^{\top}; A'"),
    _function("conjugate", "", ("(m,n)->(m,n)",), f"{_MN}, 1.2", r"\conjugate", "A^*"),
    _function("conjugate transpose", "", ("(m,n)->(n,m)",), f"{_MN}, 1.2", "", r"A^H; A^{\dagger}"),
    _function("real part", "Re", ("(m,n)->(m,n)",), "DLMF 1.9", r"\Re"),
    _function("imaginary part", "Im", ("(m,n)->(m,n)",), "DLMF 1.9", r"\Im"),
    _function(
        "pseudoinverse",
        "pinv",
        ("(m,n)->(n,m)",),
        f"{_MN}, 2.7",
        r"\pinv",
        "A^+",
        ((r"\dagger", ("pseudoinverse", "pseudo-inverse", "moore")),),
    ),
    _function("eigenvalues", "", ("(n,n)->(n,1)",), f"{_GVL}, 2.1", "", r"\lambda_i(A)"),
    _function("singular values", "", ("(m,n)->(m&n,1)",), f"{_GVL}, 2.4", "", r"\sigma_i(A)"),
    _function("greatest eigenvalue", "", ("(n,n)->()",), f"{_GVL}, 8.1", "", r"\lambda_{\max}(A)"),
    _function("least eigenvalue", "", ("(n,n)->()",), f"{_GVL}, 8.1", "", r"\lambda_{\min}(A)"),
    _function("least singular value", "", ("(m,n)->()",), f"{_GVL}, 2.4", "", r"\sigma_{\min}(A)"),
    _function(
        "bars", "", ("(m,n)->()",), "determinant, absolute value or length, by shape", "", "|A|"
    ),
    _function("norm", "", ("(m,n)->()",), f"{_GVL}, 2.3", "", r"\|A\|; \|A\|_F"),
    _function("two norm", "", ("(m,n)->()",), f"{_GVL}, 2.3", "", r"\|x\|_2"),
    _function("elementwise power", "", ("(m,n),()->(m,n)",), f"{_MN}, 3.6", "", r"A^{\odot 2}"),
    _function(
        "spectral norm", "", ("(m,n)->()",), f"{_GVL}, 2.3", "", r"\|A\|_{op}; \sigma_{\max}(A)"
    ),
    _function("nuclear norm", "", ("(m,n)->()",), f"{_GVL}, 2.3", "", r"\|A\|_*"),
    _function("one norm", "", ("(m,n)->()",), f"{_GVL}, 2.2", "", r"\|x\|_1"),
    _function("infinity norm", "", ("(m,n)->()",), f"{_GVL}, 2.2", "", r"\|x\|_\infty"),
    _function("entrywise one norm", "", ("(m,n)->()",), f"{_GVL}, 2.3"),
    _function("greatest entry", "", ("(m,n)->()",), f"{_GVL}, 2.3", "", r"\|A\|_{\max}"),
    _function("p-norm", "", ("(m,n),()->()",), f"{_GVL}, 2.2", "", r"\|x\|_p; \|x\|_3"),
    _function("weighted norm", "", ("(n,1),(n,n)->()",), f"{_GVL}, 6.1", "", r"\|x\|_A"),
    _function("expectation", "", ("(m,n)->(m,n)",), "Billingsley 1995, 21", "", r"\mathbb{E}[X]"),
    _function("variance", "Var var", ("()->()", "(N,1)->(N,N)"), "Billingsley 1995, 21"),
    _function("covariance", "Cov cov", ("(),()->()", "(m,1),(n,1)->(m,n)"), "Billingsley 1995, 21"),
    _infix("frobenius", ":", ("(m,n),(m,n)->()",), f"{_MN}, 2.4"),
    _infix("hadamard", r"\odot \circ ⊙ ∘", ("(m,n),(m,n)->(m,n)",), f"{_MN}, 3.6"),
    _infix("elementwise quotient", r"\oslash", _QUOTIENT, f"{_MN}, 3.6"),
    _infix("kronecker", r"\otimes ⊗", ("(m,n),(p,q)->(mp,nq)",), f"{_MN}, 2.2"),
    _function("outer product", "", ("(M,1),(N,1)->(M,N)",), f"{_MN}, 1.4", "", r"v\otimes w"),
    _function(
        "inner product",
        "",
        ("(m,n),(m,n)->()",),
        f"{_MN}, 2.4",
        "",
        r"\langle x,y\rangle",
        (("(", ("inner product", "scalar product")),),
    ),
    _function(
        "weighted inner product",
        "",
        ("(n,1),(n,1),(n,n)->()",),
        f"{_GVL}, 6.1",
        "",
        r"\langle x,y\rangle_A",
    ),
    _infix(
        "khatri-rao",
        r"\odot \ast *",
        ("(m,n),(p,n)->(mp,n)",),
        "Khatri and Rao 1968",
        "khatri-rao",
        "khatri–rao",
        "khatri rao",
    ),
    _infix(
        "kronecker sum", r"\oplus", ("(m,m),(n,n)->(mn,mn)",), f"{_HIGHAM}, B.13", "kronecker sum"
    ),
    _infix("direct sum", r"\oplus", ("(m,n),(p,q)->(m+p,n+q)",), f"{_MN}, 1.12", "direct sum"),
    _function("block diagonal", "blkdiag blockdiag", ("(m,n),(p,q)->(m+p,n+q)",), f"{_MN}, 1.12"),
    _infix("dot product", r"\cdot", _DOT, "DLMF 1.6", "dot product", "scalar product"),
    _infix("cross product", r"\times", _CROSS, "DLMF 1.6", "cross product", "vector product"),
    _function("cross-product matrix", "", ("(3,1)->(3,3)",), f"{_GVL}, 2.1", "", r"[a]_{\times}"),
    _function(
        "commutator",
        "",
        ("(N,N),(N,N)->(N,N)",),
        f"{_HIGHAM}, 10.1",
        announced=(("[", ("commutator", "lie bracket")),),
    ),
    _function(
        "anticommutator",
        "",
        ("(N,N),(N,N)->(N,N)",),
        "Higham 2008, 10.1",
        announced=((r"\{", ("anticommutator", "anti-commutator")),),
    ),
)

WEAK = frozenset(("dot product",))
"""The operators that bind weaker than a product side by side: `a\\cdot Bx`."""

INFIXES = frozenset(("khatri-rao", "kronecker sum", "direct sum", "cross product")) | WEAK
"""The operators whose sign stands between two factors, and only means them where announced."""

PRODUCTS = frozenset(("hadamard", "kronecker", "outer product"))
"""The operators between two factors that words may give another sign."""

BY_NAME: dict[str, Operator] = {operator.name: operator for operator in OPERATORS}
BY_WORD: dict[str, Operator] = {word: op for op in OPERATORS for word in op.words}
BY_COMMAND: dict[str, Operator] = {word: op for op in OPERATORS for word in op.commands}
BY_INFIX: dict[str, Operator] = {word: op for op in OPERATORS for word in op.infix}
MOMENTS = frozenset(("expectation", "variance", "covariance"))
"""The operators on random arguments: their rows of values are in `numeric/moments`."""

ENTRYWISE = {"log": "elementwise log", "exp": "elementwise exp", "sqrt": "elementwise sqrt"}
ENTRYWISE |= {"sin": "elementwise sin", "cos": "elementwise cos"}
"""What functions of a square matrix are where they act on its entries."""


SPECTRA = {r"\lambda": "eigenvalues", r"\sigma": "singular values"}
"""What letters with an index are before a matrix."""

BY_COLUMNS = {"softmax": "softmax of columns"}
"""What functions that act by the rows of a matrix are where they act by its columns."""

SIZED = frozenset(("commutation matrix", "duplication matrix", "elimination matrix"))
"""The constant matrices whose sizes stand below their letter."""

LETTERED = frozenset(("beta function", "digamma function", "softmax", "relu", "logistic"))
"""The functions that a letter stands for where words say so."""

ANNOUNCED = frozenset(spelling for op in OPERATORS for spelling, _ in op.announced) - {
    "(",
    "[",
    r"\{",
}
"""Signs that mean something else where no words give them a meaning."""


def announced(prose: str) -> frozenset[tuple[str, str]]:
    """The spellings that words of a document give a meaning, each with its operator's name."""
    words = " ".join(prose.lower().split())
    return frozenset(
        (spelling, operator.name)
        for operator in OPERATORS
        for spelling, phrases in operator.announced
        if any(phrase in words for phrase in phrases)
    )

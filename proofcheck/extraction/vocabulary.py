"""The words by which authors say what a symbol is."""

from __future__ import annotations

RANDOM = "random"
"""What a moment is over; nothing is drawn otherwise for it."""

INDEPENDENT = "independent"
"""How the property begins that all random variables have which one sentence calls so; where it
stands follows."""

PROPERTIES: dict[str, tuple[str, ...]] = {
    "symmetric positive definite": ("symmetric", "positive definite"),
    "symmetric positive-definite": ("symmetric", "positive definite"),
    "symmetric positive semidefinite": ("symmetric", "positive semidefinite"),
    "positive definite": ("positive definite",),
    "positive-definite": ("positive definite",),
    "positive semidefinite": ("positive semidefinite",),
    "positive semi-definite": ("positive semidefinite",),
    "positive-semidefinite": ("positive semidefinite",),
    "nonnegative definite": ("positive semidefinite",),
    "SPD": ("symmetric", "positive definite"),
    "PSD": ("positive semidefinite",),
    "PD": ("positive definite",),
    "skew-symmetric": ("skew-symmetric",),
    "skew symmetric": ("skew-symmetric",),
    "antisymmetric": ("skew-symmetric",),
    "symmetric": ("symmetric",),
    "self-adjoint": ("hermitian",),
    "Hermitian": ("hermitian",),
    "diagonal": ("diagonal",),
    "lower triangular": ("lower triangular",),
    "upper triangular": ("upper triangular",),
    "Toeplitz": ("Toeplitz",),
    "permutation": ("permutation",),
    "orthogonal": ("orthogonal",),
    "orthonormal": ("orthonormal",),
    **dict.fromkeys(("rotation", "proper rotation"), ("orthogonal", "rotation")),
    "reflection": ("orthogonal",),
    "unitary": ("unitary",),
    "invertible": ("invertible",),
    "nonsingular": ("invertible",),
    "non-singular": ("invertible",),
    "regular": ("invertible",),
    "full column rank": ("full column rank",),
    "full row rank": ("full row rank",),
    "full rank": ("full rank",),
    "full-rank": ("full rank",),
    "orthonormal columns": ("orthonormal columns",),
    "orthonormal rows": ("orthonormal rows",),
    "idempotent": ("idempotent",),
    "oblique projection": ("idempotent",),
    "orthogonal projection": ("symmetric", "idempotent"),
    "orthogonal projector": ("symmetric", "idempotent"),
    "projection": ("symmetric", "idempotent"),
    "projector": ("symmetric", "idempotent"),
    "involutory": ("involutory",),
    "involution": ("involutory",),
    "circulant": ("circulant",),
    "tridiagonal": ("tridiagonal",),
    "traceless": ("traceless",),
    "nilpotent": ("nilpotent",),
    "singular": ("singular",),
    "rank-one": ("rank one",),
    "rank-1": ("rank one",),
    "rank one": ("rank one",),
    "all-ones": ("all-ones",),
    "all ones": ("all-ones",),
    "ones": ("all-ones",),
    **dict.fromkeys(
        ("all entries equal to one", "all entries one", "every entry equal to one", "entries one"),
        ("all-ones",),
    ),
    **dict.fromkeys(
        (
            "bidiagonal banded Hankel Vandermonde Hessenberg companion low-rank stochastic "
            "block-diagonal"
        ).split(),
        ("constrained",),
    ),
    "doubly stochastic": ("constrained",),
    "block diagonal": ("constrained",),
    **dict.fromkeys(
        (
            "covariance",
            "variance-covariance",
            "correlation",
            "precision",
            "scatter",
            "Gram",
            "kernel",
        ),
        ("symmetric", "positive semidefinite"),
    ),
    "cross-covariance": (),
    "cross-correlation": (),
    "square": ("square",),
    "binary": ("binary",),
    "one-hot": ("one-hot",),
    "onehot": ("one-hot",),
    "length one": ("unit",),
    "length 1": ("unit",),
    "norm one": ("unit",),
    "norm 1": ("unit",),
    "unit length": ("unit",),
    "unit norm": ("unit",),
    "unit": ("unit",),
    "normalized": ("unit",),
    "normalised": ("unit",),
    "positive": ("positive",),
    "complex": ("complex",),
    "real": ("real",),
    "constant": ("constant",),
    "column": (),
    "general": (),
    "given": (),
    "known": (),
    "fixed": ("constant",),
    "arbitrary": (),
    "random": (RANDOM,),
    "nonzero": (),
    "dense": (),
    "data": (),
    **dict.fromkeys(("within-class", "between-class", "pooled", "prior", "posterior"), ()),
    "sample": (),
    "empirical": (),
    "noise": (),
    "error": (),
    "unknown": (),
    "usual": (),
    "corresponding": (),
    "associated": (),
    "design": (),
    "weight": (),
    "square-integrable": (),
}
"""The properties that an adjective stands for; none if it says nothing that matters here.

`constrained` is what no values are drawn for, so that nothing is said against it.
"""

HAD: dict[str, tuple[str, ...]] = {
    words: said
    for words, said in PROPERTIES.items()
    if words.split()[-1] in ("ones", "rank", "columns", "rows", "length", "norm", "one", "1")
}
"""The properties that a symbol has rather than is: "of full column rank", "with unit norm"."""

NOUNS: dict[str, tuple[str, ...]] = {
    "symmetry": ("symmetric",),
    "skew-symmetry": ("skew-symmetric",),
    "antisymmetry": ("skew-symmetric",),
    "orthogonality": ("orthogonal",),
    "positive definiteness": ("positive definite",),
    "idempotence": ("idempotent",),
    "idempotency": ("idempotent",),
    "invertibility": ("invertible",),
    "less than one": ("contraction",),
    "less than 1": ("contraction",),
    "smaller than one": ("contraction",),
    "smaller than 1": ("contraction",),
}
"""The properties by their own nouns: "by the symmetry of A"."""

KINDS: dict[str, str] = {
    "matrix multiplier": "matrix",
    "matrices": "matrix",
    "matrix": "matrix",
    "column vectors": "vector",
    "column vector": "vector",
    "vectors": "vector",
    "vector": "vector",
    "eigenvectors": "vector",
    "eigenvector": "vector",
    "singular vectors": "vector",
    "basis": "vector",
    "scalars": "scalar",
    "scalar": "scalar",
    "variables": "",
    "variable": "",
    "numbers": "scalar",
    "number": "scalar",
    "functions": "function",
    "function": "function",
}
"""The kind of a symbol by the noun for it."""

PLURALS = frozenset(noun for noun in KINDS if noun.endswith("s") or noun == "matrices")
"""Nouns that are about all symbols of a list."""

OTHER_NOUNS = (
    "derivative|product|function|multiplication|field|space|norm|valued|equation|form|calculus|"
    "inverse|identity|notation|version|case|algebra|multiple"
)
"""What makes an adjective of the noun before it: a scalar derivative is no scalar."""

CONDITIONS = (
    "if",
    "when",
    "unless",
    "whenever",
    "provided",
    "suppose",
    "otherwise",
    "for symmetric",
)
"""Words after which a property is said of a case, not of the symbol."""

UNCONDITIONAL = frozenset(("invertible", "square", "real", "complex", "constant", RANDOM))
"""Properties that hold in general where a sentence supposes them."""


def alternatives(words: dict[str, object] | dict[str, str] | dict[str, tuple[str, ...]]) -> str:
    """A pattern for any of the words, the longest first; blanks may be any white space."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join(word.replace("-", "[-‐‑–]").replace(" ", r"\s+") for word in longest)

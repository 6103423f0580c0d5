"""What the letters of a document mean before any formula is parsed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

Ends = frozenset[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Notation:
    """Choices that the text leaves open and that change how a formula parses.

    functions: names that stand before their arguments (`f` in `f(x)`).
    indices: letters that run over axes, so that a subscript made of them is an entry.
    differential: whether a `d` before a symbol is the differential.
    loose: whether `\\odot`, `\\circ` and `\\otimes` bind weaker than a product side by side.
    star: whether `^*` is the complex conjugate; else it is part of the name.
    prime: whether `'` is the transpose; else it is part of the name or a derivative.
    inner: whether a power after the bracket of a number's name belongs to the argument (`tr(A)^2`).
    outer: whether `v \\otimes w` of two vectors is `v w^T`.
    one: whether a `1` in another font is the number and not the vector of ones.
    plain: whether a letter in bold is the same as the plain one.
    dotted: whether a dot above a letter is its differential along a parameter.
    primed: whether a prime is the derivative along a parameter, as a dot above a letter is.
    letter: whether `I` is a letter like any other and not the identity.
    named: spellings of an `I` that is no identity, as the formulas or the words tell: `I_{1}`,
        `\\mathcal{I}`.
    pi: whether `\\pi` is a letter like any other, but behind a number.
    mean: whether `E` before a bracket is the expectation.
    reach: whether `\\partial_i` differentiates all factors behind it, and not only the first.
    solid: whether a `d` in front of a product without a gap is of all its factors: `dX^TX`.
    whole: whether a logarithm without brackets is of all factors behind it: `\\log a\\exp(b)`.
    near: whether a function without brackets is of the one factor behind it: `\\log J\\,F^{-1}`.
    upper: whether indices stand above as well: `A^{ij}`, `\\delta^i_j`.
    ranked: letters whose script in brackets above is an index: `x^{(i)}`.
    labels: letters whose subscript is part of their name although it is an index elsewhere.
    basis: whether `e_i` and `E_{ij}` have a single one, at their indices.
    entrywise: whether `\\exp`, `\\log` and roots of a square matrix and bars are by entries.
    frobenius: whether `\\|A\\|_2` of a matrix is the Frobenius norm.
    divides: whether a fraction of vectors is by entries.
    lines: `rows` or `columns`, by which the text says that softmax acts on a matrix.
    announced: spellings that the prose gives a meaning, each with its operator's name.
    told: letters of which the text says that they are matrices, and no probabilities.
    signs: what the prose says of a sign itself, each with its operator's name.
    silent: whether what the prose says elsewhere of spellings is left aside.
    capitals: small letters whose entries `a_{ij}` are those of the capital, with its name: `A`,
        `\\mathbf{A}`.
    numbered: names of which dots say that their numbered ones are entries (`x_1,\\ldots,x_n`),
        with the number of indices.
    zero: those of them that count from 0.
    sizes: letters at which dots end, so that `x_n` is the last entry.
    alternating: whether `\\epsilon_{ijk}` is the Levi-Civita symbol.
    bar: whether a bar above is the complex conjugate.
    adjoint: whether `^*` is the conjugate transpose.
    spaced: whether wide spaces and commas in square brackets separate the blocks of a row.
    varying: `\\delta` and `\\Delta`, where they stand for a differential.
    factors: `\\delta` and `\\Delta`, where they are numbers.
    rows: whether a list in round brackets is a row and not a column.
    units: letters that stand for the imaginary unit.
    takes: functions each with a letter that they are applied to.
    derives: whether `D` before a function is its derivative.
    jacobian, hessian: whether the text speaks of these, so that `J_f` and `H_f` may be them.
    spectra: `\\lambda` and `\\sigma`, where they stand with an index before matrices alone.
    squared: letters of which only the square is a variable.
    upright: fonts in which a `d` is the differential.
    updates: whether `^+` behind a letter is part of its name, as of what a filter has updated.
    given: what all moments are conditioned on that are.
    ends: what integrals go from and to, as spelled, and their variable: `[x^2]_a^b`.
    filled: whether a number 1 beside a vector is the vector of ones.
    """

    functions: frozenset[str] = frozenset()
    indices: frozenset[str] = frozenset()
    differential: bool = True
    loose: bool = False
    star: bool = False
    prime: bool = True
    inner: bool = False
    outer: bool = False
    one: bool = False
    plain: bool = False
    dotted: bool = False
    primed: bool = False
    letter: bool = False
    named: frozenset[str] = frozenset()
    pi: bool = False
    mean: bool = False
    gamma: bool = True
    reach: bool = False
    solid: bool = False
    whole: bool = False
    near: bool = False
    upper: bool = False
    basis: bool = False
    entrywise: bool = False
    frobenius: bool = False
    divides: bool = False
    lines: str = ""
    announced: frozenset[tuple[str, str]] = frozenset()
    told: frozenset[str] = frozenset()
    signs: frozenset[tuple[str, str]] = frozenset()
    silent: bool = False
    labels: frozenset[str] = frozenset()
    ranked: frozenset[str] = frozenset()
    capitals: frozenset[tuple[str, str]] = frozenset()
    numbered: frozenset[tuple[str, int]] = frozenset()
    zero: frozenset[str] = frozenset()
    sizes: frozenset[str] = frozenset()
    alternating: bool = False
    rows: bool = False
    spaced: bool = False
    adjoint: bool = False
    bar: bool = False
    varying: frozenset[str] = frozenset()
    factors: frozenset[str] = frozenset()
    spectra: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    takes: frozenset[tuple[str, str]] = frozenset()
    derives: bool = False
    jacobian: bool = False
    hessian: bool = False
    squared: frozenset[str] = frozenset()
    upright: frozenset[str] = frozenset()
    given: str = ""
    updates: bool = False
    ends: Ends = frozenset()
    filled: bool = False

    def changed(self, change: Notation) -> Notation:
        """The notation with the choices of another one, where the text does not make them."""
        said = {spelling for spelling, _ in self.signs}
        return replace(
            self,
            loose=change.loose,
            inner=change.inner,
            outer=change.outer or self.outer,
            one=change.one,
            plain=change.plain,
            dotted=change.dotted,
            primed=change.primed,
            letter=change.letter,
            reach=change.reach,
            solid=change.solid,
            whole=change.whole,
            near=change.near,
            rows=change.rows,
            filled=change.filled,
            basis=change.basis,
            entrywise=change.entrywise,
            frobenius=change.frobenius,
            divides=change.divides or self.divides,
            lines=self.lines or change.lines,
            silent=change.silent,
            spaced=change.spaced,
            adjoint=change.adjoint or self.adjoint,
            bar=change.bar or self.bar,
            varying=self.varying | (change.varying - self.factors),
            signs=self.signs | {sign for sign in change.signs if sign[0] not in said},
        )

    def with_indices(self, letters: Iterable[str]) -> Notation:
        """The notation in which more letters run over axes."""
        return replace(self, indices=self.indices.union(letters))

    def within(self, ends: Ends, units: frozenset[str], variable: bool) -> Notation:
        """The notation of a derivation: what its integrals go from and to, which letters are the
        imaginary unit in it, and whether `d` is a variable there."""
        found = replace(self, ends=ends) if ends else self
        if units - self.units:
            found = replace(found, indices=self.indices - units, units=self.units | units)
        return replace(found, differential=False) if variable else found

    def says(self, spelling: str) -> bool:
        """Whether words give a spelling its meaning."""
        found = self.signs if self.silent else self.signs | self.announced
        return any(text == spelling for text, _ in found)

    def speaks_of(self, spelling: str) -> bool:
        """Whether words give a spelling its meaning, also in a reading that leaves them out."""
        return any(text == spelling for text, _ in self.signs | self.announced)

    def announces(self, spelling: str) -> str:
        """The operator that the prose says a spelling is, or the empty string."""
        names = {name for text, name in self.signs if text == spelling}
        if not names and not self.silent:
            names = {name for text, name in self.announced if text == spelling}
        if not names:
            return UNSAID.get(spelling, "")
        return names.pop() if len(names) == 1 else ""


UNSAID = {r"\oplus": "direct sum", "[": "commutator"}
"""What spellings mean where no words say it; a step that fails so may mean something else."""

PLAIN = Notation()

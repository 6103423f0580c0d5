"""What kind of thing a letter usually is, and what each departure from it costs.

Kinds: `S`calar, `C`olumn, `M`atrix, `F`amily of columns, `G` family of matrices, `E` a function
that acts entry by entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from proofcheck.formula.expr import (
    PLACEHOLDER,
    Apply,
    Call,
    Constant,
    Entry,
    Expr,
    Grid,
    Moment,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Summation,
    Symbol,
    spans,
    symbols,
    walk,
)
from proofcheck.formula.linear import constant, form_of, plus, scaled
from proofcheck.formula.probabilities import is_probability
from proofcheck.formula.quantities import is_number, is_quantity

Costs = tuple[tuple[str, float], ...]

_BOLD_LOWER: Costs = (("C", 0.0), ("S", 3.0), ("M", 4.0))
_WORD: Costs = (("M", 0.0), ("S", 0.5), ("C", 2.0))
"""What a word before a bracket is: as a matrix it commutes with nothing."""
_BOLD_UPPER: Costs = (("M", 0.0), ("C", 2.0), ("S", 5.0))
_UPPER: Costs = (("M", 0.0), ("C", 1.8), ("S", 2.5))
_VARIABLE: Costs = (("S", 0.0), ("M", 0.8), ("C", 1.0))
"""A capital that moments are of, in formulas without transposes: a random variable."""
_VALUE: Costs = (("S", 0.0), ("M", 1.0), ("C", 3.0))
_VECTOR: Costs = (("C", 0.4), ("S", 0.6), ("M", 4.0))
_COEFFICIENT: Costs = (("C", 0.5), ("S", 0.55), ("M", 4.0))
_COUNT: Costs = (("S", 0.0), ("C", 2.0), ("M", 5.0))
_LOWER: Costs = (("S", 0.4), ("C", 0.5), ("M", 4.0))
_GREEK: Costs = (("S", 0.0), ("C", 1.2), ("M", 3.0))
_GREEK_VECTOR: Costs = (("S", 0.3), ("C", 0.6), ("M", 3.0))
_SCALAR_FUNCTION: Costs = (("S", 0.0), ("C", 1.0), ("E", 1.5), ("M", 2.0))
_ELEMENTWISE_FUNCTION: Costs = (("E", 0.0), ("S", 1.0), ("C", 1.5), ("M", 2.0))
_MATRIX_FUNCTION: Costs = (("M", 0.0), ("S", 1.0), ("C", 1.5), ("E", 2.0))
_ELEMENT: Costs = (("S", 0.0), ("M", 2.0), ("C", 2.5))
_FAMILY: Costs = (("C", 0.4), ("F", 0.8), ("G", 4.0))
_UPPER_FAMILY: Costs = (("F", 1.0), ("G", 1.0), ("C", 1.2))
_NOT_A_SCALAR = 20.0
BARRED = re.compile(r"\\(?:bar|overline)\{(.*?)\}")
_PLACE = re.compile(r"_\{(?:\d\d|\d+,\s*\d+)\}")
"""The row and the column of a small letter that is an element of a matrix: `x_{1,2}`."""
_LINEAR = frozenset(
    ("transpose", "conjugate transpose", "trace", "determinant", "frobenius", "inner product")
) | {"hadamard", "kronecker", "vec", "diag", "norm", "two norm", "log-determinant", "vech"}
_LINEAR |= {"pseudoinverse", "adjugate", "cofactors", "eigenvalues", "greatest eigenvalue"}
_LINEAR |= {"spectral norm", "nuclear norm", "weighted norm", "matrix log", "matrix exp"}

_GREEK_VECTORS = frozenset(
    r"\mu \beta \theta \omega \xi \eta \delta \nu \epsilon \phi \psi".split()
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """How the formulas of a component use their symbols.

    Entries of `zero` count from 0; those of `analytic` stand in roots and logarithms. Those of
    `indexed`, `doubly` and `triply` have one, two and three indices, those of `counted` are ends
    of ranges. The capitals of `random` stand in moments and beside no other capitals. Those of
    `transposed` are, or are both factors of a Kronecker or a Frobenius product. A commutator is of
    the `operators`. Small letters of `coefficients` stand right before a capital, `xX`, and the
    capitals of `divisors` below a fraction.
    """

    transposed: frozenset[str]
    members: frozenset[str]
    indexed: frozenset[str]
    doubly: frozenset[str]
    applied: frozenset[str]
    sizes: frozenset[str]
    linear: bool
    analytic: frozenset[str] = frozenset()
    zero: frozenset[str] = frozenset()
    triply: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    random: frozenset[str] = frozenset()
    operators: frozenset[str] = frozenset()
    coefficients: frozenset[str] = frozenset()
    divisors: frozenset[str] = frozenset()


def gather(exprs: Iterable[Expr], formulas: Mapping[str, Expr] | None = None) -> Evidence:
    """What the formulas say of the kinds of the names in them.

    formulas: those of defined names; the transpose of such a name is one of its terms.
    """
    exprs = tuple(exprs)
    transposed: set[str] = set()
    indexed: set[str] = set()
    doubly: set[str] = set()
    applied: set[str] = set()
    members: set[str] = set()
    sizes: set[str] = set()
    zero: set[str] = set()
    analytic: set[str] = set()
    triply: set[str] = set()
    counted: set[str] = set()
    operators: set[str] = set()
    coefficients: set[str] = set()
    divisors: set[str] = set()
    linear = False
    for expr in exprs:
        for node in walk(expr):
            match node:
                case Call(operator="transpose" | "conjugate transpose", arguments=(argument,)):
                    _transposes(argument, transposed, members)
                case Call(
                    operator="kronecker" | "frobenius" as product,
                    arguments=(Symbol() as left, Symbol() as right),
                ) if product == "kronecker" or not _is_label(left.name):
                    transposed |= {left.name, right.name}
                case Call(operator="commutator" | "anticommutator", arguments=arguments):
                    operators |= {each.name for each in arguments if isinstance(each, Symbol)}
                case Product(factors=factors):
                    members.update(_met_by_rows(factors))
                    coefficients |= _coefficients(factors)
                case Quotient(denominator=below):
                    divisors |= _divisors(below)
                case Constant(size=Symbol(name=name)):
                    sizes.add(name)
                case Summation() | Grid():
                    for _, _, upper, _ in spans(node):
                        sizes |= {name for name in form_of(upper) or {} if name}
                        counted |= _counted(upper)
                case Entry(base=Symbol(name=name), indices=(_, _, _)):
                    triply.add(name)
                case Entry(base=Symbol(name=name), indices=indices):
                    (indexed if len(indices) == 1 else doubly).add(name)
                case Apply(function=Symbol(name=name)):
                    applied.add(name)
                case _:
                    pass
            linear = linear or _is_linear(node)
            members |= _matrices(node)
            analytic |= _analytic(node)
            zero |= counted_from_zero(node)
    for name, formula in sorted((formulas or {}).items()):
        if name in transposed:
            _transposes(formula, transposed, members)
    return Evidence(
        frozenset(transposed),
        frozenset(members),
        frozenset(indexed),
        frozenset(doubly),
        frozenset(applied),
        frozenset(sizes),
        linear,
        frozenset(analytic),
        frozenset(zero),
        frozenset(triply),
        frozenset(counted),
        _variables(exprs),
        frozenset(operators),
        frozenset(coefficients),
        frozenset(divisors),
    )


def _variables(exprs: Sequence[Expr]) -> frozenset[str]:
    """The capitals in moments that no other capital multiplies, and nothing of linear algebra is
    done to."""
    inside: set[str] = set()
    apart: set[str] = set()
    mixed: list[set[str]] = []
    for expr in exprs:
        nodes = walk(expr)
        if any(map(_is_linear, nodes)):
            apart |= {name for name in symbols(expr) if is_capital(name)}
            continue
        for node in nodes:
            match node:
                case Moment(arguments=arguments):
                    inside |= {n for part in arguments for n in symbols(part) if is_capital(n)}
                case Product(factors=factors):
                    mixed.append({f.name for f in factors if isinstance(f, Symbol)})
                case _:
                    pass
    for names in mixed:
        capitals = {name for name in names if is_capital(name)}
        if len(capitals) > 1 and not capitals <= inside:
            apart |= capitals
    return frozenset(inside - apart)


def is_capital(name: str) -> bool:
    """Whether a name is a capital that is not in bold."""
    letter, bold = _letter(name)
    return letter.isupper() and not bold


def _counted(upper: Expr | None) -> set[str]:
    """The name of the counts that an index runs up to: `n_i`."""
    match upper:
        case Entry(base=Symbol(name=name)):
            return {name}
        case _:
            return set()


def _analytic(node: Expr) -> set[str]:
    """The names in the argument of a root or a logarithm, which usually are numbers."""
    match node:
        case Call(operator="sqrt" | "log" | "exp", arguments=(inside,)):
            return set(symbols(inside))
        case _:
            return set()


def _met_by_rows(factors: tuple[Expr, ...]) -> Iterable[str]:
    """The families of the members that a transpose stands before: `w^Tx_i`."""
    for left, right in pairwise(factors):
        match left, right:
            case Call(operator="transpose"), Entry(base=Symbol(name=name), indices=(Symbol(),)):
                yield name
            case _:
                pass


def _coefficients(factors: tuple[Expr, ...]) -> set[str]:
    """The small letters right before a capital, where a column cannot stand: `xX + yY`."""
    return {
        left.name
        for left, right in pairwise(factors)
        if isinstance(left, Symbol) and isinstance(right, Symbol)
        if _letter(left.name)[0].islower() and is_capital(right.name)
    }


def _divisors(below: Expr) -> set[str]:
    """The capitals that something is divided by, alone, in a product or in a sum: `1/R_1`."""
    match below:
        case Symbol(name=name) if is_capital(name):
            return {name}
        case Sum(terms=parts) | Product(factors=parts) if all(isinstance(p, Symbol) for p in parts):
            return {
                part.name for part in parts if isinstance(part, Symbol) and is_capital(part.name)
            }
        case _:
            return set()


def _matrices(node: Expr) -> set[str]:
    """The capitals whose members stand in an inverse, a determinant or a trace."""
    match node:
        case Power(base=inside, exponent=Negative()):
            pass
        case Call(operator="determinant" | "trace" | "adjugate", arguments=(inside,)):
            pass
        case _:
            return set()
    return {
        entry.base.name
        for entry in walk(inside)
        if isinstance(entry, Entry) and isinstance(entry.base, Symbol) and len(entry.indices) == 1
        if _letter(entry.base.name)[0].isupper()
    }


def counted_from_zero(node: Expr) -> set[str]:
    """The names whose entries count from 0, by the range of a sum: `\\sum_{i=0}^n a_ix^i`."""
    return {
        entry.base.name
        for letter, lower, _, inside in spans(node)
        for part in inside
        for entry in walk(part)
        if isinstance(entry, Entry) and isinstance(entry.base, Symbol)
        for index in entry.indices
        if letter in (form_of(index) or {})
        if constant(plus(form_of(index), scaled({letter: 1}, -1), form_of(lower))) == 0
    }


def _is_linear(node: Expr) -> bool:
    """Whether a node belongs to linear algebra, so that small letters may well be vectors."""
    match node:
        case Call(operator=operator):
            return operator in _LINEAR
        case Symbol(name=name):
            return r"\mathbf" in name
        case Constant(name=name):
            return name not in ("pi", "size", "imaginary")
        case Product(factors=factors):
            return _conjugates(factors)
        case _:
            return False


def _conjugates(factors: tuple[Expr, ...]) -> bool:
    """Whether a capital and its inverse stand on both sides of another factor: `PDP^{-1}`."""
    inverted = {
        factor.base: index
        for index, factor in enumerate(factors)
        if isinstance(factor, Power) and isinstance(factor.exponent, Negative)
        if isinstance(factor.base, Symbol) and _letter(factor.base.name)[0].isupper()
    }
    return any(
        factor in inverted and abs(inverted[factor] - index) > 1
        for index, factor in enumerate(factors)
        if isinstance(factor, Symbol)
    )


def _is_label(name: str) -> bool:
    """Whether a name before a colon may be that of what stands behind it: `H_0: \\mu = 1`."""
    return "_" in name or name in ("H", r"\mathcal{H}")


def _transposes(expr: Expr, names: set[str], members: set[str]) -> None:
    """Notes what a transpose is of: the terms of a sum, or the members of a family."""
    match expr:
        case Symbol(name=name) | Apply(function=Symbol(name=name)):
            names.add(name)
        case Entry(base=Symbol(name=name), indices=(_,)):
            members.add(name)
        case Sum(terms=terms):
            for term in terms:
                _transposes(term, names, members)
        case Negative(term=term):
            _transposes(term, names, members)
        case _:
            pass


def candidates(name: str, evidence: Evidence) -> Costs:
    """The kinds a name may have, cheapest first."""
    if is_quantity(name):
        return (("S", 0.0),) if is_number(name) else _WORD
    if name in evidence.sizes:
        return (("S", 0.0),)
    if name in evidence.triply:
        return (("G", 0.0),)
    if name in evidence.doubly:
        return (("M", 0.0), ("F", 0.5))
    if name in evidence.indexed:
        return _indexed(name, name in evidence.members)
    if name in evidence.applied:
        return turned(_function(name)) if name in evidence.transposed else _function(name)
    if name in evidence.operators:
        return _UPPER
    costs = _by_letter(name)
    if not evidence.linear and costs[0][0] == "C":
        costs = (("S", 0.0), ("C", 1.0), ("M", 4.0))
    if not evidence.linear and name in evidence.analytic and costs[0][0] == "M":
        costs = (("S", 0.0), ("M", 0.5), ("C", 1.0))
    if name in evidence.random and costs == _UPPER:
        costs = _VARIABLE
    if name in evidence.divisors and costs == _UPPER:
        costs = _VALUE
    if name in evidence.coefficients and costs == _VECTOR:
        costs = _LOWER
    return turned(costs) if name in evidence.transposed else costs


def turned(costs: Costs) -> Costs:
    """The costs of what a transpose is of: nobody transposes a number, or calls it symmetric."""
    dearer = ((kind, cost + (_NOT_A_SCALAR if kind == "S" else 0)) for kind, cost in costs)
    return tuple(sorted(dearer, key=lambda pair: pair[1]))


def unbarred(name: str) -> str:
    """The name below a bar, or the empty string."""
    found = BARRED.fullmatch(name)
    return found.group(1) if found is not None else ""


def _letter(name: str) -> tuple[str, bool]:
    """The bare letter of a name, and whether it is bold."""
    bold = r"\mathbf" in name or r"\vec" in name
    core = re.sub(
        r"\\(?:mathbf|hat|tilde|bar|vec|dot|widehat|widetilde|overline|mathcal|mathrm)"
        r"|\\[dD]elta(?=\{)",
        "",
        name,
    )
    found = re.search(r"\\[A-Za-z]+|[^\W\d_]", core)
    return (found.group(0) if found else name), bold


def _indexed(name: str, transposed: bool) -> Costs:
    letter, bold = _letter(name)
    if transposed:
        return (("F", 0.0), ("G", 1.0)) if letter.islower() or bold else (("F", 0.3), ("G", 0.2))
    if bold:
        return (("C", 0.2), ("F", 0.4), ("G", 3.0))
    return _UPPER_FAMILY if letter.isupper() else _FAMILY


def _function(name: str) -> Costs:
    letter, _ = _letter(name)
    if is_probability(name):
        return (("S", 0.0),)
    if letter == r"\sigma":
        return _ELEMENTWISE_FUNCTION
    return _MATRIX_FUNCTION if letter.isupper() and letter not in "LJEF" else _SCALAR_FUNCTION


def _by_letter(name: str) -> Costs:
    letter, bold = _letter(name)
    if name == PLACEHOLDER:
        return _UPPER
    if letter.startswith("\\"):
        return _greek(letter, bold)
    if r"\mathcal" in name:
        return _VALUE
    if bold:
        return _BOLD_UPPER if letter.isupper() else _BOLD_LOWER
    if letter.isupper():
        return _VALUE if letter in "LJEN" else _UPPER
    if _PLACE.search(name):
        return _ELEMENT
    if letter in "xyzuvw":
        return _VECTOR
    if letter in "ab":
        return _COEFFICIENT
    return _COUNT if letter in "ijklmnt" else _LOWER


def _greek(letter: str, bold: bool) -> Costs:
    if letter[1].isupper():
        return _BOLD_UPPER if bold else (("M", 0.0), ("S", 2.0), ("C", 3.0))
    if bold:
        return _BOLD_LOWER
    return _GREEK_VECTOR if letter in _GREEK_VECTORS else _GREEK


def integers(exprs: Iterable[Expr]) -> frozenset[str]:
    """The names that stand in exponents and in the ends of sums: drawn as whole numbers."""
    nodes = [node for expr in exprs for node in walk(expr)]
    whole = [node.exponent for node in nodes if isinstance(node, Power)]
    sums = [node for node in nodes if isinstance(node, Summation)]
    whole += [end for node in sums for end in (node.lower, node.upper) if end is not None]
    return frozenset(n.name for expr in whole for n in walk(expr) if isinstance(n, Symbol))

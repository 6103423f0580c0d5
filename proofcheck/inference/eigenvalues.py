"""Letters that the text calls the eigenvalues of a matrix, in steps about that matrix alone.

In `Av_i = \\lambda_iv_i` such a letter is what the vectors beside it make it. But where a step
speaks of nothing but the matrix and all of its eigenvalues, as a trace does, these have values.
"""

from __future__ import annotations

from dataclasses import replace

from proofcheck.extraction.derivation import Spectrum
from proofcheck.formula.expr import (
    Call,
    Entry,
    Expr,
    Number,
    Summation,
    Symbol,
    children,
    rebuild,
    walk,
)
from proofcheck.inference.declarations import sizes_of
from proofcheck.inference.model import Free
from proofcheck.inference.patterns import bound_in
from proofcheck.inference.symbol_table import SymbolTable


def with_eigenvalues(table: SymbolTable, left: Expr, right: Expr, scope: int) -> tuple[Expr, Expr]:
    """The sides with the eigenvalues of a matrix for the letters that the text calls so."""
    bound = bound_in(left) | bound_in(right)
    named = {n.name for side in (left, right) for n in walk(side) if isinstance(n, Symbol)} - bound
    for name in sorted(named):
        said = _said_of(table, name, scope)
        if said is None:
            continue
        whole = table.declarations.name_of(said.whole)
        ends = _lengths(table, said, whole, scope)
        if all(_ranges_over_all(side, name, ends) for side in (left, right)) and _is_about(
            table, named - ends - {name}, whole, scope
        ):
            return _replaced(left, name, whole), _replaced(right, name, whole)
    return left, right


def _said_of(table: SymbolTable, name: str, scope: int) -> Spectrum | None:
    """What the text says of a letter that has no law, if that is one thing."""
    if not isinstance(table.law_of(name), Free | None):
        return None
    said = list(table.declarations.eigenvalues(name.removesuffix(r"_{\cdot}"), scope))
    wholes = {table.declarations.name_of(spectrum.whole) for spectrum in said}
    return said[0] if len(wholes) == 1 else None


def _lengths(table: SymbolTable, said: Spectrum, whole: str, scope: int) -> frozenset[str]:
    """The letters for how many eigenvalues there are: the last index of their list, and the size of
    the matrix."""
    declared = table.declarations.of(whole, scope)
    return frozenset((said.last, *(sizes_of(declared) if declared is not None else ()))) - {""}


def _ranges_over_all(side: Expr, name: str, ends: frozenset[str]) -> bool:
    """Whether a letter stands with one index that runs over all eigenvalues, wherever it does."""

    def ranges(expr: Expr, running: frozenset[str]) -> bool:
        match expr:
            case Entry(base=Symbol(name=base), indices=indices) if base == name:
                return all(isinstance(i, Symbol) and i.name in running for i in indices)
            case Symbol(name=base) if base == name:
                return False
            case Summation(indices=indices) if _is_whole(expr, ends):
                running |= frozenset(indices)
            case _:
                pass
        return all(ranges(child, running) for child in children(expr))

    return ranges(side, frozenset())


def _is_whole(expr: Summation, ends: frozenset[str]) -> bool:
    """Whether a sum or a product runs over all eigenvalues."""
    match expr.lower, expr.upper:
        case (None, None):
            return not expr.conditions
        case (Number(value=1), Symbol(name=end)):
            return not expr.conditions and end in ends
        case _:
            return False


def _is_about(table: SymbolTable, names: set[str], whole: str, scope: int) -> bool:
    """Whether symbols are the matrix, or what it is defined by."""
    table.variable(whole, scope)
    own = table.leaves(Symbol(whole), table.names)
    keys = {table.names.get(name, "") for name in names}
    return bool(keys) and keys <= own | {table.names[whole]}


def _replaced(side: Expr, name: str, whole: str) -> Expr:
    match side:
        case Entry(base=Symbol(name=base)) if base == name:
            return replace(side, base=Call("eigenvalues", (Symbol(whole),), side.span))
        case _:
            return rebuild(side, lambda child: _replaced(child, name, whole))

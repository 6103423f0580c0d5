"""Whether a claim may as well be a definition or a hypothesis."""

from __future__ import annotations

from proofcheck.formula.expr import (
    Apply,
    Derivative,
    Differential,
    Directional,
    Expr,
    Integral,
    bound_here,
    evaluated,
    symbols,
    walk,
)
from proofcheck.inference.model import Defined, Function, Names
from proofcheck.inference.patterns import (
    TELLING,
    cancels_itself,
    is_compound,
    is_of_blocks,
    is_zero,
    poses_deltas,
    size_letters,
)
from proofcheck.inference.symbol_table import SymbolTable
from proofcheck.inference.unknown_functions import unknowns


def is_tentative(
    table: SymbolTable, left: Expr, right: Expr, carried: bool, new: set[str], names: Names
) -> bool:
    """Whether an equation, if it fails, may be one that the author poses or defines by.

    `carried` says that its left side is the right side of the step before, `new` are the symbols
    that it is the first to use, and `names` what its symbols mean.
    """
    if is_zero(left) or is_zero(right) or poses_deltas(left, right):
        return True
    if not _open(left) and not _open(right):
        return False  # numbers alone pose nothing
    if cancels_itself(left, right):
        return False
    if bool(unknowns(table, left)) != bool(unknowns(table, right)):
        return True
    aside = set(table.declarations.sizes) | evaluated(left) | evaluated(right)
    apart = {names[name] for name in aside if name in names}
    mine, theirs = table.leaves(left, names) - apart, table.leaves(right, names) - apart
    ends = {names[name] for name in size_letters(left, right) if name in names}
    if mine - ends and theirs - ends:  # what is equal to a number is a constraint
        mine, theirs = mine - ends, theirs - ends
    if carried:
        if _decorates(table, mine ^ theirs, mine | theirs):
            return True
        substituted = bool(mine - theirs) and bool(theirs - mine)
        gone = (table.variables[key].law for key in mine - theirs)
        substituted = substituted or any(isinstance(law, Function) for law in gone)
        return substituted or any(names[name] in theirs - mine for name in new)
    if theirs - mine:
        return True
    if mine == theirs:
        return False
    if any(_is_derived(table, node) for node in walk(left)):
        return False
    shaped = all(table.variables[key].properties & TELLING for key in mine - theirs)
    return not ((shaped and is_compound(right)) or is_of_blocks(left))


def _open(expr: Expr) -> set[str]:
    """The names that no sum and no integral in an expression binds."""
    nodes = walk(expr)
    bound = {index for node in nodes for index in bound_here(node)}
    bound |= {node.variable.name for node in nodes if isinstance(node, Integral)}
    return set(symbols(expr)) - bound


def _decorates(table: SymbolTable, one_sided: set[str], every: set[str]) -> bool:
    """Whether a symbol without a law is named after one that stands on one side only.

    `\\bar{x}` and `s_{x}` are statistics of `x`: what they are is known, though not said.
    """
    letters = {table.variables[key].name for key in one_sided}
    names = [table.variables[key].name for key in every]
    return any(f"{{{letter}" in name and name != letter for letter in letters for name in names)


def _is_derived(table: SymbolTable, node: Expr) -> bool:
    """Whether a node is a derivative, one with a prime being of a function that is defined."""
    if isinstance(node, Apply) and node.primes:
        return isinstance(table.law_of(node.function.name), Defined)
    return isinstance(node, Derivative | Differential | Directional)

"""Functions without a law that are differentiated, and what they depend on."""

from __future__ import annotations

from proofcheck.formula.expr import Derivative, Expr, symbols, walk
from proofcheck.inference.dependence import with_definitions
from proofcheck.inference.model import Free, Function
from proofcheck.inference.patterns import head_of
from proofcheck.inference.symbol_table import SymbolTable


def unknowns(table: SymbolTable, expr: Expr) -> set[str]:
    """The symbols without a law that an expression, or what a symbol in it is defined by,
    differentiates: unknown functions.

    An equation with one of them on one side says what its derivative is.
    """
    return {
        name
        for part in with_definitions(table, (expr,))
        for node in walk(part)
        if isinstance(node, Derivative)
        for name in symbols(node.operand)
        if is_unknown(table, name)
    }


def unlinked(table: SymbolTable, left: Expr, right: Expr) -> bool:
    """Whether the sides differentiate an unknown function by variables of which nothing says
    how they depend on each other."""
    mine, theirs = _below(table, left), _below(table, right)
    if (mine.keys() | theirs.keys()) - (mine.keys() & theirs.keys()):
        return False  # a product of the chain rule says how
    for head in mine.keys() & theirs.keys():
        every = mine[head] | theirs[head]
        for name in mine[head] ^ theirs[head]:
            others = every - {name}
            linked = table.reached(name, set()) & others
            if not linked and not any(name in table.reached(other, set()) for other in others):
                return True
    return False


def _below(table: SymbolTable, expr: Expr) -> dict[str, set[str]]:
    """By what the unknown functions in an expression are differentiated, by their names."""
    found: dict[str, set[str]] = {}
    for node in walk(expr):
        if not isinstance(node, Derivative):
            continue
        head = head_of(node.operand)
        if head is not None and isinstance(table.law_of(head), Free | Function):
            names = {head_of(variable) for variable in node.by} - {None, head}
            found.setdefault(head, set()).update(name for name in names if name)
    return found


def is_unknown(table: SymbolTable, name: str) -> bool:
    """Whether a symbol stands for a function that nothing is known of."""
    law = table.law_of(name)
    depends = isinstance(law, Free) and bool(table.dependence.get(name))
    return depends or isinstance(law, Function)


def dependent(table: SymbolTable) -> dict[str, tuple[str, ...]]:
    """The variables without a law that a derivative is taken of, with what they depend on."""
    found: dict[str, tuple[str, ...]] = {}
    for name, below in table.dependence.items():
        key = table.names.get(name)
        if key is not None and isinstance(table.variables[key].law, Free):
            direct = below - {b for other in below for b in table.reached(other, {name})}
            known = tuple(sorted(table.names[n] for n in direct if n in table.names))
            if known:
                found[key] = known
    return found

"""Which names a derivation differentiates by which others."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

from proofcheck.extraction.derivation import Derivation
from proofcheck.formula.expr import PLACE, Apply, Derivative, Expr, Symbol, symbols, walk
from proofcheck.formula.notation import Notation
from proofcheck.inference.model import Defined, Free, Function
from proofcheck.inference.patterns import head_of
from proofcheck.inference.sides import NotRead, Sides
from proofcheck.inference.symbol_table import SymbolTable


def dependences(
    table: SymbolTable, sides: Sides, derivation: Derivation, notation: Notation
) -> dict[str, set[str]]:
    """The names that a derivation differentiates, each with those it differentiates by.

    What it differentiates are also derivatives with a name: `\\delta = \\partial L/\\partial z`.
    """
    found: dict[str, set[str]] = {}
    outer: dict[str, set[str]] = {}  # what stands in all that is differentiated, by what
    for expr in with_definitions(table, _read(sides, derivation, notation)):
        for node in walk(expr):
            if isinstance(node, Derivative):
                for name in symbols(node.operand):
                    outer.setdefault(name, set()).update(*map(symbols, node.by))
                top = head_of(node.operand)
                if top is not None:
                    below = {head_of(variable) for variable in node.by} - {None, top}
                    found.setdefault(top, set()).update(name for name in below if name)
    for name in sorted(outer):
        for inner in sorted(found.keys() & table.reached(name, set())):
            for leaf in _parts_without(table, inner, found[inner] & outer[name]):
                found.setdefault(leaf, set()).update(found[inner] & outer[name])
    for name in _fields(table, sides, derivation, notation):
        found.setdefault(name, set()).add(PLACE)
        if PLACE not in table.names:
            table.names[PLACE] = table.own(PLACE, "vector")
    return found


def _parts_without(table: SymbolTable, name: str, by: set[str]) -> set[str]:
    r"""The free symbols in the formula of a name that is differentiated by what the formula does
    not speak of, `\partial C/\partial\theta` of `C = K + \sigma^2I`: they depend on that."""
    below = table.reached(name, set()) if by else set()
    if not below or below & by:
        return set()
    return {part for part in below if isinstance(table.law_of(part), Free)}


def _read(sides: Sides, derivation: Derivation, notation: Notation) -> Iterator[Expr]:
    """The sides of a derivation that can be read."""
    for side in derivation.sides():
        with contextlib.suppress(NotRead):
            yield sides.parse(side, notation)


def with_definitions(table: SymbolTable, exprs: Iterable[Expr]) -> Iterator[Expr]:
    """Expressions, and those by which the symbols in them are defined."""
    stack, seen = list(exprs), set[str]()
    while stack:
        expr = stack.pop()
        yield expr
        for name in sorted(symbols(expr) - seen):
            seen.add(name)
            law = table.law_of(name)
            if isinstance(law, Defined):
                stack.append(law.expr)


def _fields(
    table: SymbolTable, sides: Sides, derivation: Derivation, notation: Notation
) -> set[str]:
    """The functions `f`, `g` of `\\nabla(fg) = f\\nabla g + g\\nabla f`: nothing says what they
    are applied to, and a bare nabla stands before each and before what they make up."""
    nodes = [node for expr in _read(sides, derivation, notation) for node in walk(expr)]
    bare = [node.operand for node in nodes if isinstance(node, Derivative) and not node.by]
    alone = {operand.name for operand in bare if isinstance(operand, Symbol)}
    free = {name for name in alone if _is_free_field(table, name)}
    compound = [operand for operand in bare if not isinstance(operand, Symbol | Apply)]
    return free if free and any(symbols(operand) & free for operand in compound) else set()


def _is_free_field(table: SymbolTable, name: str) -> bool:
    if any(name == function for function, _ in table.shared.takes):
        return False
    law = table.law_of(name)
    applied = isinstance(law, Function) and table.usual.get(table.names[name])
    return law is None or isinstance(law, Free) or (isinstance(law, Function) and not applied)

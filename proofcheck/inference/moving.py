"""Settles for each chain which free variables a differential moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from proofcheck.extraction.derivation import Derivation
from proofcheck.formula.expr import Apply, Differential, Expr, Symbol, walk
from proofcheck.inference.model import (
    Claim,
    Defined,
    Free,
    Function,
    Introduction,
    Meaning,
    Names,
    Tangent,
)
from proofcheck.inference.patterns import head_of
from proofcheck.inference.symbol_table import SymbolTable


def with_varying(
    table: SymbolTable, meanings: list[Meaning], derivation: Derivation
) -> Iterable[Meaning]:
    """The meanings of a derivation, each claim with the variables that its differentials move."""
    moved: dict[int, set[str]] = {}
    for meaning, step in zip(meanings, derivation.steps, strict=True):
        moved.setdefault(step.chain, set()).update(_moved(table, meaning))
    everywhere = set().union(*moved.values()) if moved else set()
    if everywhere:
        table.moved = everywhere
    for meaning, step in zip(meanings, derivation.steps, strict=True):
        if isinstance(meaning, Claim):
            varying = moved[step.chain] or everywhere or _anything(table, meaning)
            varying = varying | _still(table, meaning, varying)
            yield replace(meaning, varying=frozenset(varying))
        else:
            yield meaning


def _anything(table: SymbolTable, claim: Claim) -> set[str]:
    """All that the operands of the differentials rest on, where none is of a free symbol; in
    `d\\phi = -\\alpha^TdK\\alpha` nothing but what `K` rests on."""
    mine, theirs = (_rested_on(table, side, claim.names) for side in (claim.left, claim.right))
    return theirs if theirs and theirs < mine else mine | theirs


def _rested_on(table: SymbolTable, side: Expr, names: Names) -> set[str]:
    """The free symbols that the operands of the differentials of a side rest on."""
    found: set[str] = set()
    for node in walk(side):
        if isinstance(node, Differential):
            found |= table.leaves(node.operand, names)
    return {key for key in found if isinstance(table.variables[key].law, Free)}


def _still(table: SymbolTable, claim: Claim, varying: set[str]) -> set[str]:
    """What a differential is of in which nothing moves: nobody writes one of a constant, nor of
    another name for one."""
    found: set[str] = set()
    for node in claim.nodes():
        if isinstance(node, Differential) and not _is_made(table, node.operand, claim.names):
            within = table.leaves(node.operand, claim.names)
            if not within & varying:
                found |= {key for key in within if isinstance(table.variables[key].law, Free)}
    return found


def _is_made(table: SymbolTable, operand: Expr, names: Names) -> bool:
    """Whether an operand is a symbol, and none that is another name for one."""
    if not isinstance(operand, Symbol):
        return False
    key = names.get(operand.name)
    law = table.variables[key].law if key is not None else None
    return not (isinstance(law, Defined) and isinstance(law.expr, Symbol))


def _moved(table: SymbolTable, meaning: Meaning) -> set[str]:
    match meaning:
        case Claim(left=left, right=right, names=names):
            exprs: tuple[Expr, ...] = (left, right)
        case Introduction(key=introduced):
            law = table.variables[introduced].law
            if not isinstance(law, Tangent):
                return set()
            exprs, names = (law.expr,), law.names
        case _:
            return set()
    found: set[str] = set()
    for expr in exprs:
        for node in walk(expr):
            if isinstance(node, Differential):
                head = head_of(node.operand)
                key = names.get(head) if head is not None else None
                if key is not None and isinstance(table.variables[key].law, Free):
                    found.add(key)
                elif key is not None and isinstance(node.operand, Apply):
                    found.update(
                        names[argument.name]
                        for argument in node.operand.arguments
                        if isinstance(argument, Symbol) and argument.name in names
                    )
                elif key is not None and isinstance(table.variables[key].law, Function):
                    found.update(names[n] for n in table.usual.get(key, ()) if n in names)
    return found

"""Fills in by what a bare nabla differentiates, where that is clear."""

from __future__ import annotations

from dataclasses import replace

from proofcheck.formula.expr import (
    ARGUMENT,
    PLACE,
    Apply,
    Derivative,
    Evaluated,
    Expr,
    Symbol,
    rebuild,
    symbols,
    walk,
)
from proofcheck.inference.model import Defined, Function
from proofcheck.inference.symbol_table import SymbolTable


def with_variables(table: SymbolTable, expr: Expr) -> Expr:
    """The expression with the variable of every bare nabla filled in, where it is clear."""
    if not any(isinstance(node, Derivative) and not node.by for node in walk(expr)):
        return expr
    expr = rebuild(expr, lambda child: with_variables(table, child))
    if isinstance(expr, Derivative) and not expr.by:
        inner = expr.operand
        if isinstance(inner, Evaluated) and isinstance(inner.operand, Derivative):
            again = replace(inner.operand, by=(*inner.operand.by, inner.operand.by[0]))
            return replace(inner, operand=again)
        if isinstance(inner, Derivative) and inner.gradient and inner.by:
            return replace(expr, operand=inner.operand, by=(*inner.by, inner.by[0]))
        if isinstance(inner, Apply) and len(inner.arguments) == 1:
            if not isinstance(inner.arguments[0], Symbol):
                return _gradient_at(table, expr, inner, inner.arguments[0])
        variable = _implied(table, expr.operand)
        return expr if variable is None else replace(expr, by=(variable,))
    return expr


def _gradient_at(table: SymbolTable, gradient: Derivative, value: Apply, place: Expr) -> Expr:
    """`\\nabla g(Ax+b)`: the gradient of `g` by its argument, at that place."""
    name = f"{ARGUMENT}{value.function.name}"
    if name not in table.names:
        table.names[name] = table.own(name)
    argument = Symbol(name, place.span)
    function = replace(value, arguments=(argument,))
    found = replace(gradient, operand=function, by=(argument,))
    return Evaluated(found, ((argument, place),), gradient.span)


def _implied(table: SymbolTable, operand: Expr) -> Symbol | None:
    """By what a nabla before an operand differentiates, if one symbol is the only candidate."""
    if any(PLACE in table.dependence.get(name, ()) for name in symbols(operand)):
        return Symbol(PLACE)
    if not isinstance(operand, Symbol | Apply) and (common := _common(table, operand)):
        return Symbol(common)
    match operand:
        case Symbol(name=name):
            law = table.law_of(name)
            if isinstance(law, Defined) and len(law.parameters) == 1:
                return Symbol(law.parameters[0])
        case Apply(arguments=(Symbol() as argument,)):
            return argument
        case _:
            pass
    if isinstance(operand, Symbol):
        key = table.names[operand.name]
        law = table.variables[key].law
        if isinstance(law, Function):
            usual = table.usual.get(key, ())
            return Symbol(usual[0]) if len(usual) == 1 else None
        found = table.leaves(operand, table.names) - {key}
    else:
        found = table.leaves(operand, table.names)
    if len(found & table.moved) == 1:
        found &= table.moved
    names = [name for name, key in table.names.items() if key in found]
    return Symbol(names[0]) if len(names) == 1 else None


def _common(table: SymbolTable, operand: Expr) -> str:
    """What all functions in an expression are applied to, if that is one symbol."""
    found: set[str] = set()
    for node in walk(operand):
        match node:
            case Apply(arguments=(Symbol(name=name),)):
                found.add(name)
            case Apply():
                return ""
            case Symbol(name=name):
                law = table.law_of(name)
                if isinstance(law, Defined):
                    found.update(law.parameters)
                elif isinstance(law, Function):
                    found.update(table.usual.get(table.names[name], ()))
            case _:
                pass
    return found.pop() if len(found) == 1 else ""

"""Expressions in terms of a symbol that the text defines to be a part of them."""

from __future__ import annotations

from proofcheck.formula.expr import Apply, Expr, Symbol, rebuild, symbols, walk
from proofcheck.inference.model import Defined, Model, Names
from proofcheck.inference.readings import leaves


def restated(model: Model, expr: Expr, names: Names, key: str) -> tuple[Expr, Names] | None:
    """An expression, or what defines it, with a variable in the places of its own definition.

    `\\|Ax-b\\|^2` is `u^Tu` where `u = Ax-b`. None where the definition is no part of it, or where
    something in that stands elsewhere as well: what is held fixed then is not said.
    """
    part = model.variables[key].law
    if not isinstance(part, Defined) or part.parameters or part.indices:
        return None
    whole, said = _written(model, expr, names)
    if not any(node == part.expr for node in walk(whole)) or isinstance(part.expr, Symbol):
        return None
    if any(said.get(name) != part.names.get(name) for name in symbols(part.expr)):
        return None
    variable = Symbol(model.variables[key].name, expr.span)

    def change(node: Expr) -> Expr:
        if node == part.expr:
            return variable
        return rebuild(node, change) if part.expr in walk(node) else node

    found, known = change(whole), {**said, variable.name: key}
    elsewhere = {n: k for n, k in said.items() if n in symbols(found) and n != variable.name}
    met = {k for name in elsewhere for k in leaves(model, Symbol(name), elsewhere)}
    return None if met & {*leaves(model, part.expr, part.names)} else (found, known)


def _written(model: Model, expr: Expr, names: Names) -> tuple[Expr, Names]:
    """The definition of a symbol, or of a function at the letters that it is defined with."""
    head = expr.function if isinstance(expr, Apply) and not expr.primes else expr
    key = names.get(head.name) if isinstance(head, Symbol) else None
    law = model.variables[key].law if key is not None else None
    if not isinstance(law, Defined) or law.indices:
        return expr, names
    plain = tuple(Symbol(name) for name in law.parameters)
    if isinstance(expr, Apply) and expr.arguments != plain:
        return expr, names
    return law.expr, law.names

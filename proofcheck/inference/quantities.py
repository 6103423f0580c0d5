"""What rests on quantities that a document names and does not define."""

from __future__ import annotations

from collections.abc import Iterator

from proofcheck.formula.expr import (
    Derivative,
    Differential,
    Directional,
    Expr,
    Moment,
    symbols,
    walk,
)
from proofcheck.formula.quantities import bound_quantity, is_about, is_quantity
from proofcheck.inference.model import (
    Claim,
    Defined,
    Free,
    Function,
    Model,
    Names,
    Opaque,
    Tangent,
    Variable,
)
from proofcheck.inference.readings import leaves

_VARYING = (Derivative, Differential, Directional)


def undefined(model: Model, claim: Claim) -> str:
    """A quantity without a definition that a claim rests on, or the empty string."""
    names = sorted(
        variable.name for variable in _rested_on(model, claim) if _is_undefined(variable)
    )
    return names[0] if names else ""


def taken_for_constant(model: Model, claim: Claim) -> str:
    """What a claim takes for a constant where nothing says that it is one, or the empty string.

    That is a symbol of which no definition was read, in a derivative, a differential or a moment
    or in the definition of a function or of entries, by letters of its own.
    """
    if not any(_is_unknown(variable) for variable in _rested_on(model, claim)):
        return ""
    for expr, names, letters in _said(model, claim):
        about = [name for name in sorted(symbols(expr)) if is_about(name, letters)]
        if about:
            return about[0]
        if found := bound_quantity(expr):
            return found.name
        for node in walk(expr):
            if isinstance(node, (*_VARYING, Moment)):
                unknown = _unknown(model, node, names)
                if unknown and (isinstance(node, _VARYING) or is_quantity(unknown[0])):
                    return unknown[0]
    return ""


def _rested_on(model: Model, claim: Claim) -> list[Variable]:
    keys = leaves(model, claim.left, claim.names) | leaves(model, claim.right, claim.names)
    return [model.variables[key] for key in sorted(keys)]


def _said(model: Model, claim: Claim) -> Iterator[tuple[Expr, Names, tuple[str, ...]]]:
    """The sides of a claim and the definitions that they rest on, each with what its symbols mean
    and with the letters that stand for others in it."""
    yield claim.left, claim.names, ()
    yield claim.right, claim.names, ()
    for variable in _rested_on(model, claim):
        match variable.law:
            case Defined(expr=expr, parameters=parameters, names=names, indices=indices):
                yield expr, names, (*parameters, *indices)
            case Tangent(expr=expr, names=names):
                yield expr, names, ()
            case Free() | Function() | Opaque():
                pass


def _is_unknown(variable: Variable) -> bool:
    return is_quantity(variable.name) or isinstance(variable.law, Opaque)


def _is_undefined(variable: Variable) -> bool:
    return is_quantity(variable.name) and isinstance(variable.law, Free | Opaque)


def _unknown(model: Model, expr: Expr, names: Names) -> list[str]:
    """The symbols without a definition that was read, quantities first."""
    variables = [model.variables[key] for key in leaves(model, expr, names)]
    found = {v.name for v in variables if _is_undefined(v) or isinstance(v.law, Opaque)}
    return sorted(found, key=lambda name: (not is_quantity(name), name))

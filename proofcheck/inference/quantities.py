"""What rests on quantities that a document names and does not define."""

from __future__ import annotations

from collections.abc import Iterator

from proofcheck.formula.expr import (
    Derivative,
    Differential,
    Directional,
    Expr,
    Moment,
    Symbol,
    symbols,
    walk,
)
from proofcheck.formula.quantities import bound_quantity, is_about, is_quantity, letters_of
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
from proofcheck.inference.patterns import head_of
from proofcheck.inference.readings import all_leaves, leaves

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
            if isinstance(node, (*_VARYING, Moment)) and (held := _held(model, claim, node, names)):
                return held
    return ""


def _held(model: Model, claim: Claim, node: Expr, names: Names) -> str:
    """What a derivative, a differential or a moment holds fixed without a word, or the empty
    string: quantities without a definition, and symbols by a definition that was not read but in
    which a letter stands that varies."""
    variables = [model.variables[key] for key in sorted(leaves(model, node, names))]
    for variable in variables:
        if _is_undefined(variable):
            return variable.name
    unread = [v for v in variables if isinstance(v.law, Opaque) and v.law.letters]
    if isinstance(node, Moment) or not unread:
        return ""
    moving = _moving(model, claim, node, names)
    for variable in unread:
        assert isinstance(variable.law, Opaque)
        if variable.law.letters & (moving - letters_of(variable.name)):
            return variable.name
    return ""


def _moving(model: Model, claim: Claim, node: Expr, names: Names) -> set[str]:
    """The letters of all that moves where a node varies something."""
    by = node.by if isinstance(node, Derivative) else ()
    heads = {head_of(variable) for variable in by}
    moved = {names[name] for name in heads if name is not None and name in names} | set(
        claim.varying
    )
    return {
        letter
        for name, key in names.items()
        if key in moved or moved & leaves(model, Symbol(name), names)
        for letter in letters_of(name)
    }


def _rested_on(model: Model, claim: Claim) -> list[Variable]:
    keys = all_leaves(model, claim)
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

"""Which equations introduce a symbol, and what they say of it."""

from __future__ import annotations

from dataclasses import replace

from proofcheck.extraction.derivation import RelationKind, Step
from proofcheck.formula.expr import (
    PLACEHOLDER,
    Apply,
    Call,
    Derivative,
    Differential,
    Entry,
    Expr,
    Number,
    Power,
    Symbol,
    symbols,
    walk,
)
from proofcheck.formula.quantities import is_about, is_quantity
from proofcheck.inference.model import (
    Defined,
    Free,
    Function,
    Introduction,
    Law,
    Meaning,
    Opaque,
    Posed,
    Tangent,
)
from proofcheck.inference.nablas import with_variables
from proofcheck.inference.patterns import (
    KEPT_BY_POWERS,
    bound_in,
    head_of,
    is_index_like,
    is_plain_number,
    mentions,
    target_of,
)
from proofcheck.inference.symbol_table import SymbolTable


class Definitions:
    """The equations of a document that give a symbol its law."""

    def __init__(self, table: SymbolTable, detached: frozenset[str]) -> None:
        self.table = table
        self.detached = detached
        self.nulled: set[str] = set()  # what equations speak of that have a side of zero

    def of(self, step: Step, left: Expr, right: Expr, scope: int, forced: bool) -> Meaning | None:
        """What an equation introduces or poses; None where it is a claim."""
        if isinstance(left, Differential) and isinstance(left.operand, Symbol):
            return self._tangent(left.operand.name, right, scope)
        left, right = self._without_logarithm(left, right)
        target = target_of(left)
        if target is None:
            return self._one_entry(left, scope)
        name, parameters, indices = target
        if not parameters and mentions(right, PLACEHOLDER):
            parameters = (PLACEHOLDER,)
        if is_index_like(name, right, self.table.shared):
            return Posed()
        plain = not (step.announced or step.relation.kind is RelationKind.DEFINE)
        if plain and self._is_a_case(name, right) and not indices and not parameters:
            self.table.meet((left,), scope)
            return Posed(self.table.names[name])
        if mentions(right, name) or (not parameters and self._is_leaf(name, right)):
            return None
        law = self.table.law_of(name)
        if self._is_value(law, parameters):
            return None
        if law is not None and self.table.given(name):
            says = forced or step.announced or step.relation.kind is RelationKind.DEFINE
            if self._is_repeated(law, parameters, right, indices):
                return None
            if not says and not self._says_something_else(law, right):
                return None
        if message := _changing(right, (*parameters, *indices)):
            return Introduction(self.table.introduce(name, Opaque(message), scope))
        self.table.meet((right,), scope)
        self.table.free_lines(name, right)
        right = with_variables(self.table, right)
        for parameter in parameters:
            self.table.variable(parameter, scope)
        names = dict(self.table.names)
        if name in self.detached:
            names |= {parameter: self.table.own(parameter) for parameter in parameters}
        solves = not step.announced and (
            step.concluded or self.table.names.get(name) in self.nulled
        )
        law = Defined(right, parameters, names, indices)
        again = not step.announced and self._solves_here(name, scope)
        key = self.table.introduce(name, law, scope, anew=solves)
        if solves or again:
            self.table.variables[key] = replace(self.table.variables[key], solves=True)
        self._pass_down(key, right)
        self.table.referenced.update(self.table.leaves_direct(right, names))
        return Introduction(key)

    def _is_value(self, law: Law | None, parameters: tuple[str, ...]) -> bool:
        """Whether a function that has a formula is applied to what has one too: `U(r_0)`."""
        if not isinstance(law, Defined) or not law.parameters or not parameters:
            return False
        own = {*law.parameters}
        return all(
            name not in own and isinstance(self.table.law_of(name), Defined) for name in parameters
        )

    def is_open(self, left: Expr) -> bool:
        """Whether a side that a chain goes on from is a name that nothing is known of yet, or the
        logarithm of a function that nothing is."""
        inner = self._without_logarithm(left, left)[0]
        return inner is not left or (isinstance(left, Symbol) and not self.table.known(left.name))

    def _without_logarithm(self, left: Expr, right: Expr) -> tuple[Expr, Expr]:
        """`\\log L(\\theta) = \\ldots` of an `L` that nothing is known of says what `L` is."""
        match left:
            case Call(operator="log", arguments=(inner,)):
                name = (target_of(inner) or ("",))[0]
                applied = isinstance(inner, Apply) or name not in self.table.names
                free = isinstance(self.table.law_of(name), Free | Function | None)
                if name and applied and free:
                    return inner, Call("exp", (right,), right.span)
            case _:
                pass
        return left, right

    def _solves_here(self, name: str, scope: int) -> bool:
        """Whether a name means what solves equations of a part."""
        key = self.table.names.get(name)
        variable = self.table.variables[key] if key is not None else None
        return variable is not None and variable.solves and variable.part == scope

    def _is_a_case(self, name: str, right: Expr) -> bool:
        """Whether an equation may as well name a case: a number for a letter, `t = 90^\\circ`. A
        quantity by name, `P(X=1) = \\frac12`, has one value."""
        return isinstance(right, Number) or (is_plain_number(right) and not is_quantity(name))

    def _pass_down(self, key: str, right: Expr) -> None:
        """Takes in that a matrix is symmetric whose inverse, root or other power is said to be."""
        match right:
            case (
                Power(base=Symbol(name=name))
                | Call(operator="sqrt", arguments=(Symbol(name=name),))
            ):
                base = self.table.variables[self.table.names[name]]
                said = self.table.variables[key].properties & KEPT_BY_POWERS
                if said and isinstance(base.law, Free) and base.kind in ("", "matrix"):
                    self.table.give(base.key, said)
            case _:
                pass

    def _is_repeated(
        self, law: Law, parameters: tuple[str, ...], right: Expr, indices: tuple[str, ...]
    ) -> bool:
        """Whether an equation says once more, in the same words, what a symbol is."""
        if not isinstance(law, Defined) or law.expr != right:
            return False
        if (law.parameters, law.indices) != (parameters, indices):
            return False
        bound = bound_in(right) | {PLACEHOLDER, *parameters, *indices}
        said = symbols(right) - bound
        return all(law.names.get(name) == self.table.names.get(name) for name in said)

    def _one_entry(self, left: Expr, scope: int) -> Meaning | None:
        """`x_1 = \\ldots`, `x_{k+1} = \\ldots`: says what one entry of a free symbol is."""
        match left:
            case Entry(base=Symbol(name=name)) if not self.table.known(name):
                self.table.meet((left,), scope)
                return Posed(self.table.names[name])
            case _:
                return None

    def _tangent(self, name: str, right: Expr, scope: int) -> Meaning | None:
        law = self.table.law_of(name)
        if law is not None and not isinstance(law, Free):
            return None
        if isinstance(right, Number):
            return Posed()
        if mentions(right, name) or not any(isinstance(n, Differential) for n in walk(right)):
            return None
        self.table.meet((right,), scope)
        key = self.table.introduce(name, Tangent(right, dict(self.table.names)), scope)
        self._free_gradients(name, right)
        return Introduction(key)

    def _free_gradients(self, name: str, right: Expr) -> None:
        """Makes `G` free where `dL = G:dY` gives the differential of an `L` that nothing else is
        known of: that `G` was called the gradient of `L` says the same once more."""
        for symbol in symbols(right) & self.table.names.keys():
            variable = self.table.variables[self.table.names[symbol]]
            match variable.law:
                case Defined(expr=Derivative(operand=operand)) if head_of(operand) == name:
                    self.table.variables[variable.key] = replace(variable, law=Free())
                case _:
                    pass

    def _says_something_else(self, law: Law, right: Expr) -> bool:
        """Whether a second equation for a symbol is about other symbols than its law."""
        if isinstance(law, Tangent | Opaque):
            return True
        if not isinstance(law, Defined):
            return False
        old = self.table.leaves(law.expr, law.names) | set(law.parameters)
        unknown = {n for n in symbols(right) if n not in self.table.names}
        return bool(unknown) or not self.table.leaves(right, self.table.names) <= old

    def _is_leaf(self, name: str, right: Expr) -> bool:
        """Whether an expression rests on what a name means now."""
        key = self.table.names.get(name)
        return key is not None and key in self.table.leaves(right, self.table.names)


def _changing(right: Expr, letters: tuple[str, ...]) -> str:
    """Why a definition for all values of some letters is not taken in, or the empty string: a
    quantity in it changes with them."""
    found = sorted(name for name in symbols(right) if is_about(name, letters))
    return f"`{found[0]}` is a quantity that is not evaluated" if found else ""

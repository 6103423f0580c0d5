"""What the chains of a document say of the differentials of symbols."""

from __future__ import annotations

from proofcheck.extraction.derivation import Step
from proofcheck.formula.expr import Derivative, Differential, Expr, Symbol, symbols, walk
from proofcheck.inference.model import Defined, Tangent
from proofcheck.inference.symbol_table import SymbolTable


class Differentials:
    """The last side of each chain that begins with the differential of a symbol."""

    def __init__(self, table: SymbolTable) -> None:
        self.table = table
        self.chain_of: tuple[int, str] | None = None  # a chain, and of what it is the differential
        self.last: dict[str, Tangent] = {}

    def keep(self, step: Step, sides: tuple[Expr, Expr], carried: bool) -> None:
        """Keeps the last side of a chain that begins with the differential of a symbol.

        A side in terms of derivatives says nothing of what these are.
        """
        left, right = sides
        if not carried:
            self.chain_of = None
            if isinstance(left, Differential) and isinstance(left.operand, Symbol):
                self.chain_of = step.chain, left.operand.name
        if self.chain_of is None or self.chain_of[0] != step.chain:
            return
        if not any(isinstance(node, Derivative) for node in walk(right)):
            self.last[self.chain_of[1]] = Tangent(right, dict(self.table.names))

    def names_in(self, left: Expr, scope: int) -> dict[str, str]:
        """The names of a claim.

        In `\\partial f/\\partial X` an `f` whose definition does not reach `X` is known through its
        differential, if a chain has it in terms of `dX` alone.
        """
        names = dict(self.table.names)
        match left:
            case Derivative(operand=Symbol(name=name), by=(Symbol(name=by),)):
                law, form = self.table.law_of(name), self.last.get(name)
                if form is None or not isinstance(law, Defined) or by not in names:
                    return names
                reaches = names[by] in self.table.leaves(law.expr, law.names)
                same = form.names.get(by) == names[by]
                if not reaches and same and _moved_in(form.expr) == {by}:
                    key = names[name] = self.table.new_key(name)
                    self.table.scope_of[key] = scope
                    self.table.variables[key] = self.table.declared_variable(key, name, form)
            case _:
                pass
        return names


def _moved_in(expr: Expr) -> set[str]:
    """The symbols below the differentials in an expression."""
    moved = (node.operand for node in walk(expr) if isinstance(node, Differential))
    return {name for operand in moved for name in symbols(operand)}

"""The symbols met so far, and what their names mean at this place of the document."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import replace

from proofcheck.document.source import Span
from proofcheck.extraction.derivation import Declaration, Extraction
from proofcheck.formula.expr import (
    PLACEHOLDER,
    Apply,
    Call,
    Constant,
    Entry,
    Expr,
    Matrix,
    Summation,
    Symbol,
    renamed,
    symbols,
    walk,
)
from proofcheck.formula.notation import Notation
from proofcheck.inference.commuting import settled
from proofcheck.inference.conventions import gather, unbarred
from proofcheck.inference.declarations import Declarations, sizes_of
from proofcheck.inference.distributions import is_covariance
from proofcheck.inference.families import families_in
from proofcheck.inference.model import Defined, Free, Function, Law, Names, Tangent, Variable
from proofcheck.inference.namesakes import Likeness, dressed, likenesses
from proofcheck.inference.observed import DISTRIBUTED
from proofcheck.inference.patterns import TELLING, bound_in, plain_symbols
from proofcheck.inference.scopes import reaches

_REACH = 3  # derivations between the first use of a symbol and a definition that explains it


_PLACE = ("#1",)
"""The index of the lines of a matrix."""


class SymbolTable:
    """The symbols of a document by their keys, and the names that mean them at this place."""

    def __init__(self, extraction: Extraction, shared: Notation) -> None:
        self.shared = shared
        self.declarations = Declarations(extraction, shared)
        self.parts = extraction.parts
        self.prose = extraction.words
        self.starts = [derivation.span.start for derivation in extraction.derivations]
        self.variables: dict[str, Variable] = {}
        self.names: dict[str, str] = {}
        self.scope_of: dict[str, int] = {}
        self.met_at: dict[str, int] = {}
        self.referenced: set[str] = set()
        self.usual: dict[str, tuple[str, ...]] = {}
        self.origins: dict[tuple[str, str], Span] = {}  # where properties come from
        self.lines: dict[str, Defined] = {}  # what a decomposition says of letters with an index
        self.families: frozenset[str] = frozenset()
        self.likened: set[str] = set()  # what has the formula of a namesake, by key
        self.indexed: frozenset[str] = frozenset()  # letters that never stand without an index
        self.moved: set[str] = set()  # what the last derivation differentiated by
        self.dependence: dict[str, set[str]] = {}  # of the derivation at hand, by names
        self.number = 0  # of the derivation at hand
        self.part = 0  # that of the derivation at hand
        self.place = Span(0, 0)  # of the step at hand

    def learn(self, exprs: list[Expr]) -> None:
        """Takes in which letters have members, from all formulas of the document."""
        evidence = gather(exprs)
        plain = {name for expr in exprs for name in plain_symbols(expr)}
        self.families = families_in(exprs, evidence) & plain
        self.indexed = evidence.indexed - plain

    def enter(self, scope: int) -> None:
        """Forgets the names of parts that do not reach as far as this one."""
        self.part = scope
        for name, key in list(self.names.items()):
            if self.scope_of[key] >= 0 and not reaches(self.parts, self.scope_of[key], scope):
                del self.names[name]

    def pose_anew(self, names: Iterable[str], scope: int) -> None:
        """Forgets what solved the equations of another part: here the unknown is a new one."""
        for name in sorted(self.names.keys() & set(names)):
            if is_solved_elsewhere(self.variables[self.names[name]], scope):
                del self.names[name]

    def own(self, parameter: str, kind: str = "") -> str:
        """A variable that a letter means in the definition of a function alone."""
        key = self.new_key(parameter)
        self.variables[key] = Variable(key, parameter, Free(), kind)
        self.scope_of[key], self.met_at[key] = -1, self.number
        return key

    def known(self, name: str) -> bool:
        law = self.law_of(name)
        return law is not None and not isinstance(law, Free)

    def law_of(self, name: str) -> Law | None:
        """The law of what a name means at this place."""
        key = self.names.get(name)
        return self.variables[key].law if key is not None else None

    def given(self, name: str) -> bool:
        """Whether the text itself says what a name is at this place."""
        law, key = self.law_of(name), self.names.get(name)
        return not isinstance(law, Free | Function | None) and key not in self.likened

    def introduce(self, name: str, law: Law, scope: int, anew: bool = False) -> str:
        """Gives a name a law; earlier laws that speak of a free symbol learn it too, unless it is
        something `anew`: what solves an equation is not what the equation is about."""
        key = self.names.get(name)
        free = key is not None and not self.given(name)
        far = key is not None and self._is_far(key, scope) and not _is_partition(name, law)
        if key is None or not free or anew or far:
            key = self.new_key(name)
            self.names[name] = key
            self.scope_of[key] = scope
        self.likened.discard(key)
        self.variables[key] = self.declared_variable(key, name, law)
        return key

    def _is_far(self, key: str, scope: int) -> bool:
        """Whether a symbol was first met too long ago for a law to be about its earlier uses."""
        if self.scope_of[key] != scope and key not in self.referenced:
            return True
        return self.number - self.met_at.get(key, self.number) > _REACH

    def new_key(self, name: str) -> str:
        count = sum(1 for variable in self.variables.values() if variable.name == name)
        return name if not count else f"{name}@{count}"

    def declared_variable(self, key: str, name: str, law: Law) -> Variable:
        declaration = self.declarations.of(name, self.scope_of[key])
        customary = frozenset(("symmetric",) if is_covariance(name, self.prose) else ())
        if declaration is None:
            part = self.scope_of[key]
            return Variable(key, name, law, properties=customary, part=part)
        sizes = sizes_of(declaration)
        if sizes[0] != sizes[1]:  # it is said to be another matrix
            customary = frozenset()
        kind = declaration.kind if declaration.kind != "function" else ""
        if kind == "matrix" and len(name) == 1 and name.islower():
            kind = ""
        near = declaration.scope == self.scope_of[key]
        properties = frozenset(declaration.properties) | customary
        part = self.scope_of[key]
        said = bisect.bisect_left(self.starts, declaration.span.start)
        return Variable(key, name, law, kind, sizes, properties, near, part, said)

    def variable(self, name: str, scope: int) -> bool:
        """Makes sure that a name means something; true if it was not met before."""
        if name in self.names and not self._declared_anew(name, scope):
            return False
        key = self.new_key(name)
        self.names[name] = key
        self.scope_of[key] = scope
        self.met_at[key] = self.number
        self.variables[key] = self.declared_variable(key, name, self._first_law(name, scope))
        return True

    def _first_law(self, name: str, scope: int) -> Law:
        """The law of a symbol met for the first time: a line of a matrix if so said, else none."""
        plain = name.removesuffix(r"_{\cdot}")
        said = self.declarations.declared.get((name, scope))
        stacks = self.declarations.stacks(plain, scope)
        stack = next((s for s in stacks if said is None or s.scope == scope), None)
        if stack is None and plain in self.lines and (plain != name or name in self.indexed):
            law = self.lines[plain]
            return replace(
                law,
                names={
                    factor: self.names[factor]
                    for factor in symbols(law.expr)
                    if factor in self.names
                },
            )
        if stack is None or (plain in self.families and plain == name):
            return self._mean_likewise(name) or self._namesake(name, scope) or Free()
        whole = self.declarations.name_of(stack.whole)
        if whole == name:
            return Free()
        self.variable(whole, scope)
        at: tuple[Expr, ...] = (Symbol("#1"), Constant("every"))
        line: Expr = Entry(Symbol(whole), at if stack.rows else at[::-1])
        member = Call("transpose", (line,)) if stack.rows else line
        return Defined(member, (), {whole: self.names[whole]}, _PLACE)

    def free_lines(self, whole: str, right: Expr) -> None:
        """Makes the lines of a matrix free where a formula puts it together out of them."""
        for name in symbols(right) & self.names.keys():
            variable = self.variables[self.names[name]]
            law = variable.law
            if isinstance(law, Defined) and law.indices == _PLACE and whole in law.names:
                self.variables[variable.key] = replace(variable, law=Free())

    def _mean_likewise(self, name: str) -> Defined | None:
        """The mean `\\bar y` where the text says what `\\bar x` is: the same of `y`."""
        mine = unbarred(name)
        for other in sorted(self.names.keys() - {name}) if mine in self.names else ():
            theirs, law = unbarred(other), self.law_of(other)
            if not isinstance(law, Defined) or law.parameters or law.indices or theirs == mine:
                continue
            if theirs in law.names and any(isinstance(n, Summation) for n in walk(law.expr)):
                expr = renamed(law.expr, theirs, mine)
                return Defined(expr, (), {**law.names, mine: self.names[mine]})
        return None

    def _namesake(self, name: str, scope: int) -> Defined | None:
        """What `P_Z` is where the text says what `P_X` is, by a formula in `X`: the same of `Z`."""
        for law, turned in self._likenesses(name):
            self.likened.add(self.names[name])
            names, expr = dict(law.names), law.expr
            for old, said in turned.items():
                new = dressed(said, self.names)
                self.variable(new, scope)
                expr, names[new] = renamed(expr, old, new), self.names[new]
            return Defined(expr, (), names)
        return None

    def _likenesses(self, name: str) -> Iterator[Likeness]:
        """The formulas of what is called as a name is, after something else."""
        return likenesses(name, self.names, self.law_of)

    def _declared_anew(self, name: str, scope: int) -> bool:
        """Whether this part of the document says that a symbol is something else here."""
        key = self.names[name]
        here = self.declarations.declared.get((name, scope)) or self._restarted(name, key, scope)
        if here is None or self.scope_of[key] == scope:
            return False
        variable = self.variables[key]
        sizes = sizes_of(here)
        if key in self.referenced and not _contradicts(here, variable):
            return False
        differs = bool(here.rows) and sizes != variable.sizes
        if here.anew and here.kind:
            differs = sizes != variable.sizes or frozenset(here.properties) != variable.properties
        elif here.anew:
            differs = not frozenset(here.properties) <= variable.properties
        law = variable.law
        line = isinstance(law, Defined) and law.indices == _PLACE  # of a matrix elsewhere
        formula = isinstance(law, Defined) and here.anew and not law.parameters and not law.indices
        if formula and not frozenset(here.properties) <= variable.properties:
            return True  # the formula is that of another part
        return (isinstance(law, Free) or (line and here.kind == "scalars")) and (
            differs or (bool(here.kind) and here.kind != variable.kind)
        )

    def _restarted(self, name: str, key: str, scope: int) -> Declaration | None:
        """The last "let A be …" between the part in which a symbol was met and this one."""
        between = (
            self.declarations.declared.get((name, p))
            for p in range(scope - 1, self.scope_of[key], -1)
        )
        return next((said for said in between if said is not None and said.anew), None)

    def meet(self, exprs: Iterable[Expr], scope: int) -> set[str]:
        """Registers the symbols of formulas; gives those met for the first time."""
        new: set[str] = set()
        for expr in exprs:
            bound = bound_in(expr)
            said = [n.name for n in walk(expr) if isinstance(n, Symbol) and n.name not in bound]
            for name in sorted(said, key=self._is_namesake):  # after what they are named after
                if self.variable(name, scope):
                    new.add(name)
            for node in walk(expr):
                self._note_application(node)
        return new

    def _is_namesake(self, name: str) -> bool:
        """Whether a new name is like another that has a formula."""
        return name not in self.names and any(True for _ in self._likenesses(name))

    def _note_application(self, node: Expr) -> None:
        if not (isinstance(node, Apply) and isinstance(node.function, Symbol)):
            return
        key = self.names[node.function.name]
        if isinstance(self.variables[key].law, Free):
            self.variables[key] = replace(self.variables[key], law=Function(()))
        usual = tuple(a.name for a in node.arguments if isinstance(a, Symbol))
        if node.arguments and len(usual) == len(node.arguments):
            self.usual.setdefault(key, usual)

    def assumes(self, stated: tuple[str, str] | None) -> bool:
        """Takes in a property that an equation states of a free symbol (`H = H^T`, `Q^TQ = I`)."""
        if stated is None:
            return False
        name, word = stated
        key = self.names[name]
        variable = self.variables[key]
        known = variable.properties & (TELLING | {word, "permutation"})
        if not isinstance(variable.law, Free) or known:
            return False
        self.give(key, frozenset((word,)))
        return True

    def give(self, key: str, words: frozenset[str]) -> None:
        """Adds properties that the step at hand says of a variable."""
        variable = self.variables[key]
        for word in words - variable.properties:
            self.origins[key, word] = self.place
        self.variables[key] = replace(variable, properties=variable.properties | words)

    def leaves_direct(self, expr: Expr, names: Names) -> set[str]:
        bound = bound_in(expr) | {PLACEHOLDER}
        return {names[n] for n in symbols(expr) if n not in bound and n in names}

    def leaves(self, expr: Expr, names: Names) -> set[str]:
        """The keys of the free variables that an expression depends on in the end."""
        found: set[str] = set()
        stack = list(self.leaves_direct(expr, names))
        seen: set[str] = set()
        while stack:
            key = stack.pop()
            if key in seen:
                continue
            seen.add(key)
            variable = self.variables[key]
            law = variable.law
            below = {
                self.names[n] for n in self.dependence.get(variable.name, ()) if n in self.names
            }
            if isinstance(law, Defined | Tangent):
                stack.extend(self.leaves_direct(law.expr, law.names))
            elif isinstance(law, Free) and below:
                stack.extend(below)
            else:
                found.add(key)
        return found

    def random(self) -> frozenset[str]:
        """The variables that the text says are random, or how they are distributed."""
        return frozenset(
            key
            for key, variable in self.variables.items()
            if DISTRIBUTED in variable.properties
            or self.declarations.is_random(variable.name, self.scope_of[key])
        )

    def finished(self) -> dict[str, Variable]:
        """All variables, functions with the symbols they are mostly applied to."""
        for key, variable in self.variables.items():
            if isinstance(variable.law, Function):
                usual = self.usual.get(key, ())
                self.variables[key] = replace(variable, law=Function(usual))
        return settled(self.variables.values())

    def reached(self, name: str, avoid: set[str]) -> set[str]:
        """The names that a name depends on, by derivatives or by definitions."""
        found: set[str] = set()
        stack = [name]
        while stack:
            current = stack.pop()
            below = set(self.dependence.get(current, ()))
            key = self.names.get(current)
            law = self.variables[key].law if key is not None else None
            if isinstance(law, Defined | Tangent):
                below |= symbols(law.expr)
            fresh = below - found - avoid
            found |= fresh
            stack.extend(fresh)
        return found


def _is_partition(name: str, law: Law) -> bool:
    """Whether a law says what the parts of a matrix are called, `X = [X_1, X_2]`."""
    if not isinstance(law, Defined) or not isinstance(law.expr, Matrix):
        return False
    parts = [_turned(item) for row in law.expr.rows for item in row]
    alike = [part.name.startswith(f"{name}_") for part in parts if isinstance(part, Symbol)]
    return len(alike) == len(parts) and all(alike)


def _turned(part: Expr) -> Expr:
    """A part of a matrix, of which the transpose stands there."""
    match part:
        case Call(operator="transpose", arguments=(inner,)):
            return inner
        case _:
            return part


def _contradicts(here: Declaration, variable: Variable) -> bool:
    """Whether "let A be …" cannot be about a variable: of another kind, or one of the two square.

    A definition that rests on the variable then rests on what the name meant before.
    """
    if not here.anew or not isinstance(variable.law, Free):
        return False
    if here.kind and variable.kind and here.kind != variable.kind:
        return True
    old, new = variable.sizes, sizes_of(here)
    return bool(all(old) and all(new)) and (old[0] == old[1]) != (new[0] == new[1])


def is_solved_elsewhere(variable: Variable, scope: int) -> bool:
    """Whether a variable is what solves equations of another part of the document."""
    return variable.solves and variable.part != scope

"""Reads the steps of a document in order: which introduce a symbol, which pose, which claim."""

from __future__ import annotations

import bisect
import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token
from proofcheck.extraction.derivation import (
    Declaration,
    Derivation,
    Extraction,
    RelationKind,
    Side,
    Stack,
    Step,
)
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import (
    ARGUMENT,
    PLACE,
    PLACEHOLDER,
    Apply,
    Call,
    Constant,
    Derivative,
    Differential,
    Directional,
    Entry,
    Evaluated,
    Expr,
    Number,
    Power,
    Summation,
    Symbol,
    evaluated,
    rebuild,
    renamed,
    symbols,
    walk,
)
from proofcheck.formula.laws import MATRIX_NORMAL, law_of, parse_law
from proofcheck.formula.lexemes import Lexicon
from proofcheck.formula.notation import Notation
from proofcheck.formula.parser import parse
from proofcheck.formula.probabilities import is_probability
from proofcheck.formula.quantities import is_about
from proofcheck.inference.commuting import settled
from proofcheck.inference.conventions import Evidence, gather, unbarred
from proofcheck.inference.decompositions import decomposition, members
from proofcheck.inference.distributions import (
    covariance_in,
    has_moments,
    ill_formed_law,
    is_covariance,
    is_distributed,
    uses_of_laws,
)
from proofcheck.inference.domains import positives
from proofcheck.inference.filling import filled
from proofcheck.inference.forms import ill_formed, letters_of
from proofcheck.inference.implied_sums import free_in_chain, with_implied_sums
from proofcheck.inference.model import (
    ORDERS,
    Assertion,
    Claim,
    Defined,
    Free,
    Function,
    Introduction,
    Law,
    Malformed,
    Manner,
    Meaning,
    Model,
    Names,
    Opaque,
    Posed,
    Supposition,
    Tangent,
    Unread,
    Variable,
)
from proofcheck.inference.notations import notation_of, shared_notation
from proofcheck.inference.observed import BY_MOMENTS, DISTRIBUTED
from proofcheck.inference.optima import objectives
from proofcheck.inference.pairs import pairs_in_chain, with_pairs
from proofcheck.inference.patterns import (
    KEPT_BY_POWERS,
    TELLING,
    beside_entries,
    bound_in,
    cancels_itself,
    detached,
    head_of,
    is_compound,
    is_delta,
    is_index_like,
    is_of_blocks,
    is_zero,
    mentions,
    plain_symbols,
    poses_deltas,
    property_stated,
    refuse_two_variations,
    says_range,
    size_letters,
    target_of,
)
from proofcheck.inference.randomness import random_keys
from proofcheck.inference.reason import Reason
from proofcheck.inference.scopes import reaches

_REACH = 3  # derivations between the first use of a symbol and a definition that explains it
_MOST_TOKENS = 2_000
_ASSERTIONS = {
    RelationKind.EQUAL: Assertion.EQUAL,
    RelationKind.DEFINE: Assertion.EQUAL,
    RelationKind.UNEQUAL: Assertion.UNEQUAL,
    RelationKind.LESS: Assertion.LESS,
    RelationKind.LESS_EQUAL: Assertion.LESS_EQUAL,
    RelationKind.GREATER: Assertion.GREATER,
    RelationKind.GREATER_EQUAL: Assertion.GREATER_EQUAL,
}
_OF_ENTRIES = frozenset(("binary", "signs"))
_ORDERS = frozenset(kind for kind, asserts in _ASSERTIONS.items() if asserts in ORDERS)


def understand(
    extraction: Extraction,
    change: Notation | None = None,
    forced: frozenset[tuple[int, int]] = frozenset(),
) -> Model:
    """The meaning of every step.

    `change` overrides what the tokens say of the notation. `forced` are the places, by derivation
    and step, of second equations for a symbol that are new definitions, since they are no claims.
    """
    context = Context(extraction, change)
    context.forced = forced
    read = [context.read(derivation) for derivation in extraction.derivations]
    meanings = tuple(context.reaching_back(number, row) for number, row in enumerate(read))
    variables = context.finished()
    random = random_keys(variables, meanings)
    manners = tuple(context.manners)
    suppositions = context.suppositions(extraction)
    return Model(variables, meanings, random, context.origins, manners, suppositions)


def read_again(manner: Manner, chain: int, tokens: tuple[Token, ...]) -> Expr:
    """What other tokens say in the place of a side; raises `Unreadable`."""
    law = parse_law(tokens, manner.notation) if chain in manner.laws else None
    expr = parse(tokens, manner.notation) if law is None else law
    refuse_two_variations(expr)
    expr = filled(expr) if manner.notation.filled else expr
    expr = _apart(expr, manner.families) if manner.families else expr
    expr = with_pairs(expr, manner.pairs.get(chain, frozenset()))
    return with_implied_sums(expr, manner.free.get(chain, frozenset()))


class Context:
    """The symbols met so far and what they mean at this place of the document."""

    def __init__(self, extraction: Extraction, change: Notation | None) -> None:
        self.lexicon = Lexicon()
        self.parts = extraction.parts
        self.part = 0  # that of the derivation at hand
        self.prose = extraction.prose.lower()
        self.starts = [derivation.span.start for derivation in extraction.derivations]
        self.shared = shared_notation(extraction, self.lexicon)
        if change is not None:
            self.shared = self.shared.changed(change)
        self.variables: dict[str, Variable] = {}
        self.late: set[str] = set()  # what words define only after its first use
        self.reasons: dict[
            tuple[int, int], tuple[bool, frozenset[str], dict[str, set[str]]]
        ] = {}  # what else settles whether a claim is tentative
        self.place = Span(0, 0)  # of the step at hand
        self.origins: dict[tuple[str, str], Span] = {}  # where properties come from
        self.names: dict[str, str] = {}
        self.scope_of: dict[str, int] = {}
        self.dependence: dict[str, set[str]] = {}  # of the derivation at hand, by names
        self.inline = False
        self.free: dict[int, frozenset[str]] = {}  # of the derivation at hand, by chain
        self.pairs: dict[int, frozenset[str]] = {}  # letters bound in pairs, by chain
        self.number = 0
        self.laws: frozenset[int] = frozenset()  # chains with distributions by name
        self.forced: frozenset[tuple[int, int]] = frozenset()
        self.defined_in: dict[str, int] = {}
        self.chain_of: tuple[int, str] | None = None  # a chain, and of what it is the differential
        self.differentials: dict[str, Tangent] = {}
        self.met_at: dict[str, int] = {}
        self.usual: dict[str, tuple[str, ...]] = {}
        self.referenced: set[str] = set()
        self.declared: dict[tuple[str, int], Declaration] = {}
        self.nulled: set[str] = set()  # what equations speak of that have a side of zero
        self.moved: set[str] = set()  # what the last derivation differentiated by
        self.parsed: dict[tuple[Token, ...], Expr | Unread] = {}
        self.culprits: dict[tuple[Token, ...], tuple[int, int]] = {}  # first and last, by number
        self.manners: list[Manner] = []
        self.uses = uses_of_laws(extraction.derivations)
        self.letters = letters_of(extraction)
        for declaration in (*extraction.declarations, *positives(extraction)):
            self._declare(declaration)
        self.sizes = frozenset(
            "".join(token.text for token in size)
            for declaration in extraction.declarations
            for size in (declaration.rows, declaration.columns)
        )
        exprs = self._everything(extraction)
        evidence = gather(exprs)
        plain = {name for expr in exprs for name in plain_symbols(expr)}
        self.families = _families(exprs, evidence) & plain
        self.lines: dict[str, Defined] = {}  # what a decomposition says of letters with an index
        self.indexed = evidence.indexed - plain  # letters that never stand without one
        self.detached = detached(exprs)
        self.stacked = {
            (name, stack.scope): stack
            for stack in extraction.stacks
            if (name := self._name(stack.member)) and self._name(stack.whole)
        }

    def _everything(self, extraction: Extraction) -> list[Expr]:
        """The sides of all steps that can be read, where anything is to be learned from them."""
        exprs: list[Expr] = []
        if not self.shared.indices and not self.shared.functions:
            return exprs
        for derivation in extraction.derivations:
            notation = notation_of(derivation, self.shared, self.lexicon)
            for side in derivation.sides():
                if len(side.tokens) > _MOST_TOKENS:
                    continue
                try:
                    exprs.append(parse(side.tokens, notation, self.lexicon))
                except Unreadable:
                    continue
        return exprs

    def _declare(self, declaration: Declaration) -> None:
        if not declaration.subject:
            return
        try:
            subject = parse(declaration.subject, self.shared)
        except Unreadable:
            return
        if isinstance(subject, Entry) and isinstance(subject.base, Symbol):
            family = {"vector": "vectors", "matrix": "matrices"}.get(declaration.kind)
            if _OF_ENTRIES & {*declaration.properties}:
                family = ""
            if family is None or len(subject.indices) != 1:
                return
            subject, declaration = subject.base, replace(declaration, kind=family)
        if not isinstance(subject, Symbol):
            return
        place = (subject.name, declaration.scope)
        old = self.declared.get(place)
        if old is not None:
            properties = tuple(dict.fromkeys(old.properties + declaration.properties))
            sized = old if old.rows or not declaration.rows else declaration
            kind = old.kind or declaration.kind
            anew = old.anew or declaration.anew
            declaration = replace(sized, properties=properties, kind=kind, anew=anew)
        self.declared[place] = declaration

    def _declaration(self, name: str, scope: int) -> Declaration | None:
        """What this part of the document, or else the nearest before it, declares of a name.

        A part that only adds a property leaves the rest to what was said before.
        """
        found: Declaration | None = None
        for place in range(scope, -1, -1):
            said = self.declared.get((name, place))
            if said is not None and reaches(self.parts, place, scope):
                found = said if found is None else _completed(found, said)
                if found.kind:
                    break
        return found

    def read(self, derivation: Derivation) -> tuple[Meaning, ...]:
        """The meanings of the steps of one derivation."""
        notation = notation_of(derivation, self.shared, self.lexicon)
        self.parsed = {}
        self.number += 1
        if derivation.scope != self.part:
            self._enter(derivation.scope)
        self.inline = derivation.environment == "inline"
        self.dependence = self._dependence(derivation, notation)
        chains = self._chains(derivation, notation)
        self.pairs = {chain: pairs_in_chain(sides) for chain, sides in chains.items()}
        self.free = {chain: self._free(chain, sides) for chain, sides in chains.items() if sides}
        here = derivation.scope
        self.laws = frozenset(step.chain for step in derivation.steps if is_distributed(step))
        manner = Manner(notation, self.families, self.pairs, self.free, here, self.laws)
        self.manners.append(manner)
        meanings = [
            self._step(step, index, derivation, notation)
            for index, step in enumerate(derivation.steps)
        ]
        return tuple(self._with_varying(meanings, derivation))

    def _enter(self, scope: int) -> None:
        """Forgets the names of parts that do not reach as far as this one."""
        self.part = scope
        for name, key in list(self.names.items()):
            if self.scope_of[key] >= 0 and not reaches(self.parts, self.scope_of[key], scope):
                del self.names[name]

    def _dependence(self, derivation: Derivation, notation: Notation) -> dict[str, set[str]]:
        """Which names the derivation differentiates by which others."""
        found: dict[str, set[str]] = {}
        for side in derivation.sides():
            try:
                expr = self._parse(side, notation)
            except _NotRead:
                continue
            for node in walk(expr):
                if isinstance(node, Derivative):
                    top = head_of(node.operand)
                    if top is not None:
                        below = {head_of(variable) for variable in node.by} - {None, top}
                        found.setdefault(top, set()).update(name for name in below if name)
        for name in self._fields(derivation, notation):
            found.setdefault(name, set()).add(PLACE)
            if PLACE not in self.names:
                self.names[PLACE] = self._own(PLACE, "vector")
        return found

    def _fields(self, derivation: Derivation, notation: Notation) -> set[str]:
        """The functions `f`, `g` of `\\nabla(fg) = f\\nabla g + g\\nabla f`: nothing says what they
        are applied to, and a bare nabla stands before each and before what they make up."""
        bare: list[Expr] = []
        for side in derivation.sides():
            with contextlib.suppress(_NotRead):
                nodes = walk(self._parse(side, notation))
                bare += [n.operand for n in nodes if isinstance(n, Derivative) and not n.by]
        alone = {operand.name for operand in bare if isinstance(operand, Symbol)}
        free = {name for name in alone if self._is_free_field(name)}
        compound = [operand for operand in bare if not isinstance(operand, Symbol | Apply)]
        return free if free and any(symbols(operand) & free for operand in compound) else set()

    def _is_free_field(self, name: str) -> bool:
        if any(name == function for function, _ in self.shared.takes):
            return False
        law = self._law_of(name)
        applied = isinstance(law, Function) and self.usual.get(self.names[name])
        return law is None or isinstance(law, Free) or (isinstance(law, Function) and not applied)

    def _free(self, chain: int, sides: list[Expr]) -> frozenset[str]:
        """The indices that a chain of the derivation leaves free."""
        return free_in_chain([with_pairs(side, self.pairs[chain]) for side in sides])

    def _chains(self, derivation: Derivation, notation: Notation) -> dict[int, list[Expr]]:
        """The sides of each chain of a derivation, as far as they can be read."""
        chains: dict[int, list[Expr]] = {}
        for step in derivation.steps:
            for side in (step.left, step.right) if step.chain not in chains else (step.right,):
                with contextlib.suppress(_NotRead):
                    chains.setdefault(step.chain, []).append(self._parse(side, notation))
        return chains

    def _parse(self, side: Side, notation: Notation) -> Expr:
        found = self.parsed.get(side.tokens)
        if len(side.tokens) > _MOST_TOKENS:
            message = f"the formula has more than {_MOST_TOKENS} tokens"
            raise _NotRead(Unread(Reason.LIMIT_REACHED, message))
        if found is None:
            try:
                found = parse(side.tokens, notation, self.lexicon)
                refuse_two_variations(found)
                found = filled(found) if notation.filled else found
                if self.families:
                    found = _apart(found, self.families)
            except Unreadable as error:
                quoted = side.text if len(side.text) <= 60 else side.text[:57] + "…"
                message = f"`{quoted}` was not understood: {error.message}"
                found = Unread(Reason.UNREADABLE_NOTATION, message)
                self.culprits[side.tokens] = _indices_of(error.span, side.tokens)
            self.parsed[side.tokens] = found
        if isinstance(found, Unread):
            first, last = self.culprits[side.tokens]
            place = side.tokens[first].span.to(side.tokens[last].span) if side.tokens else None
            raise _NotRead(replace(found, place=place))
        return found

    def _step(self, step: Step, index: int, derivation: Derivation, notation: Notation) -> Meaning:
        self.place = step.left.span.to(step.right.span)
        if message := ill_formed_law(step, self.uses, self.prose):
            return Malformed(message, shapes=True)
        if malformed := ill_formed(step, self.letters):
            return malformed
        if step.chain in self.laws and (of_laws := self._of_laws(step, derivation, notation)):
            return of_laws
        if is_distributed(step):
            return self._distributed(step, derivation.scope, notation)
        if step.relation.kind not in _ASSERTIONS:
            text = step.relation.text
            return Unread(Reason.UNREADABLE_NOTATION, f"the relation `{text}` is not checked")
        if step.relation.kind in _ORDERS:
            return self._ordered(step, derivation, notation)
        if inner := objectives(step):
            return self._of_objectives(inner, index, derivation, notation)
        try:
            left = self._parse(step.left, notation)
        except _NotRead as error:
            return error.unread
        carried = index > 0 and derivation.steps[index - 1].right is step.left
        try:
            right = self._parse(step.right, notation)
        except _NotRead as error:
            if isinstance(left, Symbol) and says_range(left.name, step.right.tokens, self.shared):
                return Posed()
            target = None if carried else target_of(left)
            if target is not None and not self._known(target[0]):
                letters = frozenset(token.text for token in step.right.tokens)
                law = Opaque(error.unread.message, letters)
                self._introduce(target[0], law, derivation.scope)
            return error.unread
        free = self.free.get(step.chain, frozenset())
        place = (self.number - 1, index)
        pairs = self.pairs.get(step.chain, frozenset())
        left, right = with_pairs(left, pairs), with_pairs(right, pairs)
        sides = with_implied_sums(left, free), with_implied_sums(right, free)
        meaning = self._meaning(step, *sides, carried, derivation.scope, place)
        self._keep_differential(step, sides, carried)
        if isinstance(meaning, Claim) and (sides[0] is not left or sides[1] is not right):
            return replace(meaning, summed=True)
        return meaning

    def _ordered(self, step: Step, derivation: Derivation, notation: Notation) -> Meaning:
        """An inequality: a domain of symbols is posed, all else is a claim.

        One that bounds a free symbol by itself is a claim that may as well be a constraint. No
        symbol gets a law by it.
        """
        try:
            left, right = self._parse(step.left, notation), self._parse(step.right, notation)
        except _NotRead as error:
            return error.unread
        chain = [other for other in derivation.steps if other.chain == step.chain]
        ranged = all(other.relation.kind in _ORDERS for other in chain) and not step.concluded
        sides = {side for other in chain for side in (other.left, other.right)}
        plain = all(self._is_plain(side, notation) for side in sides)
        if step.posed or (ranged and plain and (self._bounds(left) or self._bounds(right))):
            return Posed()
        self._meet((left, right), derivation.scope)
        left, right = self._completed(left), self._completed(right)
        names, asserts = dict(self.names), _ASSERTIONS[step.relation.kind]
        free = any(self._bounds(side) for side in (left, right))
        return Claim(left, right, names, frozenset(), self._unknown(), ranged and free, asserts)

    def _is_plain(self, side: Side, notation: Notation) -> bool:
        """Whether a side is a number or a symbol without a law, perhaps an entry of it."""
        with contextlib.suppress(_NotRead):
            found = self._parse(side, notation)
            number = not symbols(found) and not any(isinstance(n, Call) for n in walk(found))
            return number or self._bounds(found)
        return False

    def _bounds(self, side: Expr) -> bool:
        """Whether a side is a symbol without a law, or an entry of one."""
        match side:
            case Symbol(name=name) | Entry(base=Symbol(name=name)):
                return not self._known(name)
            case _:
                return False

    def _of_objectives(
        self, step: Step, index: int, derivation: Derivation, notation: Notation
    ) -> Meaning:
        """The claim that two objectives are equal; one that is a letter is posed."""
        try:
            left = self._parse(step.left, notation)
        except _NotRead as error:
            return error.unread
        if target_of(left) is not None:
            return Posed()
        meaning = self._step(step, index, derivation, notation)
        return replace(meaning, optimum=True) if isinstance(meaning, Claim) else meaning

    def _distributed(self, step: Step, scope: int, notation: Notation) -> Meaning:
        """Takes in what a distribution says of its parameters: a covariance is symmetric."""
        with contextlib.suppress(_NotRead):
            law = {BY_MOMENTS} if has_moments(step.right.tokens) else set()
            self._distribute(head_of(self._parse(step.left, notation)), scope, law)
        covariance = covariance_in(step.right.tokens, notation)
        if covariance is not None:
            self._variable(covariance, scope)
            self._assumes((covariance, "symmetric"))
        return Posed()

    def _of_laws(self, step: Step, derivation: Derivation, notation: Notation) -> Meaning | None:
        """The claim that two laws of one family are equal; None where the sides are no such laws.

        The parameters of a matrix-normal law may be others, so that such a claim is tentative; one
        that loses or gains a symbol may rest on what was not read of it.
        """
        family = law.family if (law := law_of(step.left.tokens)) is not None else None
        other = law_of(step.right.tokens)
        alike = family is not None and other is not None and other.family is family
        if not alike or not (is_distributed(step) or step.relation.kind is RelationKind.EQUAL):
            return None
        try:
            left, right = self._law(step.left, notation), self._law(step.right, notation)
        except _NotRead as error:
            return error.unread
        new = self._meet((left, right), derivation.scope)
        names = dict(self.names)
        mine, theirs = self._leaves(left, names), self._leaves(right, names)
        tentative = self._tentative(left, right, True, new, names) or mine != theirs
        tentative = tentative or family is MATRIX_NORMAL
        return Claim(left, right, names, frozenset(), self._unknown(), tentative)

    def _law(self, side: Side, notation: Notation) -> Expr:
        """A side that is a law, as its parameters."""
        try:
            found = parse_law(side.tokens, notation, self.lexicon)
        except Unreadable as error:
            message = f"a parameter was not understood: {error.message}"
            raise _NotRead(Unread(Reason.UNREADABLE_NOTATION, message, error.span)) from error
        assert found is not None
        return _apart(found, self.families) if self.families else found

    def _distribute(self, name: str | None, scope: int, law: set[str]) -> None:
        """Takes in that a free symbol is random, and what is known of its law."""
        if name is None:
            return
        self._variable(name, scope)
        variable = self.variables[self.names[name]]
        if isinstance(variable.law, Free):
            properties = variable.properties | {DISTRIBUTED} | law
            self.variables[variable.key] = replace(variable, properties=properties)

    def _restates(self, left: Expr, right: Expr, carried: bool, derivation: int) -> bool:
        """Whether an equation is a second one for a symbol that another derivation defines."""
        target = None if carried else target_of(left)
        match left, right:
            case Derivative(operand=Symbol(name=name), by=a), Derivative(by=b) if a == b:
                target = name, (), ()  # both sides differentiated: the equation is of the operands
            case _:
                pass
        key = self.names.get(target[0]) if target is not None else None
        return key is not None and self.defined_in.get(key, derivation) != derivation

    def _meaning(
        self,
        step: Step,
        left: Expr,
        right: Expr,
        carried: bool,
        scope: int,
        place: tuple[int, int],
    ) -> Meaning:
        derivation = place[0]
        if self._names_right(step, left, right, carried):
            left, right, carried = right, left, False
        bare = isinstance(left, Symbol) and not self._known(left.name)
        asserts = _ASSERTIONS[step.relation.kind]
        if asserts is Assertion.EQUAL and (bare or not carried):
            introduced = self._definition(step, left, right, scope, place in self.forced)
            if introduced is not None:
                if isinstance(introduced, Introduction):
                    self.defined_in[introduced.key] = derivation
                    if step.announced and introduced.key in self.met_at:
                        self.late.add(introduced.key)
                self._decompose(right)
                return introduced
        new = self._meet((left, right), scope)
        if is_zero(right) or is_zero(left):
            said = left if is_zero(right) else right
            self.nulled |= self._leaves_direct(said, self.names)
        self._decompose(right)
        left, right = self._completed(left), self._completed(right)
        stated = property_stated(left, right) or property_stated(right, left)
        if self._assumes(stated) or (is_delta(left) and isinstance(right, Number)):
            return Posed()
        names = self._read_off(left, scope) | self._of_parameters(left)
        tentative = self._tentative(left, right, carried, new, names)
        if step.posed or stated is not None or self._restates(left, right, carried, derivation):
            tentative = True
        else:
            self.reasons[place] = (carried, frozenset(new), self.dependence)
        claim = Claim(left, right, names, frozenset(), self._unknown(), tentative, asserts)
        return replace(claim, unlinked=self._unlinked(left, right))

    def _of_parameters(self, left: Expr) -> dict[str, str]:
        """What the letters of `f'(x)` mean where they are those of the definition of `f` alone."""
        match left:
            case Apply(function=Symbol(name=name), arguments=arguments) if name in self.detached:
                law = self._law_of(name)
                letters = tuple(part.name for part in arguments if isinstance(part, Symbol))
                if isinstance(law, Defined) and law.parameters == letters:
                    return {letter: law.names[letter] for letter in letters}
            case _:
                pass
        return {}

    def _names_right(self, step: Step, left: Expr, right: Expr, carried: bool) -> bool:
        """Whether a step gives a name to its left side: `Ax-b =: r`."""
        named = isinstance(right, Symbol) and not self._known(right.name)
        defines = step.relation.kind is RelationKind.DEFINE
        return defines and named and (carried or target_of(left) is None)

    def _definition(
        self, step: Step, left: Expr, right: Expr, scope: int, forced: bool
    ) -> Meaning | None:
        if isinstance(left, Differential) and isinstance(left.operand, Symbol):
            return self._tangent(left.operand.name, right, scope)
        target = target_of(left)
        if target is None:
            return self._one_entry(left, scope)
        name, parameters, indices = target
        if not parameters and mentions(right, PLACEHOLDER):
            parameters = (PLACEHOLDER,)
        if is_index_like(name, right, self.shared):
            return Posed()
        plain = not (step.announced or step.relation.kind is RelationKind.DEFINE)
        if plain and isinstance(right, Number) and not indices and not parameters:
            self._meet((left,), scope)
            return Posed(self.names[name])
        if mentions(right, name) or (not parameters and self._is_leaf(name, right)):
            return None
        law = self._law_of(name)
        if law is not None and not isinstance(law, Free | Function):
            says = forced or step.announced or step.relation.kind is RelationKind.DEFINE
            if self._is_repeated(law, parameters, right, indices):
                return None
            if not says and not self._says_something_else(law, right):
                return None
        if message := _changing(right, (*parameters, *indices)):
            return Introduction(self._introduce(name, Opaque(message), scope))
        self._meet((right,), scope)
        right = self._completed(right)
        for parameter in parameters:
            self._variable(parameter, scope)
        names = dict(self.names)
        if name in self.detached:
            names |= {parameter: self._own(parameter) for parameter in parameters}
        solves = not step.announced and (step.concluded or self.names.get(name) in self.nulled)
        law = Defined(right, parameters, names, indices)
        key = self._introduce(name, law, scope, anew=solves)
        self._pass_down(key, right)
        self.referenced.update(self._leaves_direct(right, names))
        return Introduction(key)

    def _pass_down(self, key: str, right: Expr) -> None:
        """Takes in that a matrix is symmetric whose inverse, root or other power is said to be."""
        match right:
            case (
                Power(base=Symbol(name=name))
                | Call(operator="sqrt", arguments=(Symbol(name=name),))
            ):
                base = self.variables[self.names[name]]
                said = self.variables[key].properties & KEPT_BY_POWERS
                if said and isinstance(base.law, Free) and base.kind in ("", "matrix"):
                    self._give(base.key, said)
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
        return all(law.names.get(name) == self.names.get(name) for name in said)

    def _own(self, parameter: str, kind: str = "") -> str:
        """A variable that a letter means in the definition of a function alone."""
        key = self._new_key(parameter)
        self.variables[key] = Variable(key, parameter, Free(), kind)
        self.scope_of[key], self.met_at[key] = -1, self.number
        return key

    def _one_entry(self, left: Expr, scope: int) -> Meaning | None:
        """`x_1 = \\ldots`, `x_{k+1} = \\ldots`: says what one entry of a free symbol is."""
        match left:
            case Entry(base=Symbol(name=name)) if not self._known(name):
                self._meet((left,), scope)
                return Posed(self.names[name])
            case _:
                return None

    def _tangent(self, name: str, right: Expr, scope: int) -> Meaning | None:
        law = self._law_of(name)
        if law is not None and not isinstance(law, Free):
            return None
        if isinstance(right, Number):
            return Posed()
        if mentions(right, name) or not any(isinstance(n, Differential) for n in walk(right)):
            return None
        self._meet((right,), scope)
        key = self._introduce(name, Tangent(right, dict(self.names)), scope)
        self._free_gradients(name, right)
        return Introduction(key)

    def _free_gradients(self, name: str, right: Expr) -> None:
        """Makes `G` free where `dL = G:dY` gives the differential of an `L` that nothing else is
        known of: that `G` was called the gradient of `L` says the same once more."""
        for symbol in symbols(right) & self.names.keys():
            variable = self.variables[self.names[symbol]]
            match variable.law:
                case Defined(expr=Derivative(operand=operand)) if head_of(operand) == name:
                    self.variables[variable.key] = replace(variable, law=Free())
                case _:
                    pass

    def _keep_differential(self, step: Step, sides: tuple[Expr, Expr], carried: bool) -> None:
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
            self.differentials[self.chain_of[1]] = Tangent(right, dict(self.names))

    def _read_off(self, left: Expr, scope: int) -> dict[str, str]:
        """The names of a claim.

        In `\\partial f/\\partial X` an `f` whose definition does not reach `X` is known through its
        differential, if a chain has it in terms of `dX` alone.
        """
        names = dict(self.names)
        match left:
            case Derivative(operand=Symbol(name=name), by=(Symbol(name=by),)):
                law, form = self._law_of(name), self.differentials.get(name)
                if form is None or not isinstance(law, Defined) or by not in names:
                    return names
                reaches = names[by] in self._leaves(law.expr, law.names)
                same = form.names.get(by) == names[by]
                if not reaches and same and _moved_in(form.expr) == {by}:
                    key = names[name] = self._new_key(name)
                    self.scope_of[key] = scope
                    self.variables[key] = self._declared_variable(key, name, form)
            case _:
                pass
        return names

    def _known(self, name: str) -> bool:
        law = self._law_of(name)
        return law is not None and not isinstance(law, Free)

    def _law_of(self, name: str) -> Law | None:
        """The law of what a name means at this place."""
        key = self.names.get(name)
        return self.variables[key].law if key is not None else None

    def _says_something_else(self, law: Law, right: Expr) -> bool:
        """Whether a second equation for a symbol is about other symbols than its law."""
        if isinstance(law, Tangent | Opaque):
            return True
        if not isinstance(law, Defined):
            return False
        old = self._leaves(law.expr, law.names) | set(law.parameters)
        unknown = {n for n in symbols(right) if n not in self.names}
        return bool(unknown) or not self._leaves(right, self.names) <= old

    def _is_leaf(self, name: str, right: Expr) -> bool:
        key = self.names.get(name)
        return key is not None and key in self._leaves(right, self.names)

    def _introduce(self, name: str, law: Law, scope: int, anew: bool = False) -> str:
        """Gives a name a law; earlier laws that speak of a free symbol learn it too, unless it is
        something `anew`: what solves an equation is not what the equation is about."""
        key = self.names.get(name)
        free = key is not None and isinstance(self.variables[key].law, Free | Function)
        if key is None or not free or anew or self._is_far(key, scope):
            key = self._new_key(name)
            self.names[name] = key
            self.scope_of[key] = scope
        self.variables[key] = self._declared_variable(key, name, law)
        return key

    def _is_far(self, key: str, scope: int) -> bool:
        """Whether a symbol was first met too long ago for a law to be about its earlier uses."""
        if self.scope_of[key] != scope and key not in self.referenced:
            return True
        return self.number - self.met_at.get(key, self.number) > _REACH

    def _new_key(self, name: str) -> str:
        count = sum(1 for variable in self.variables.values() if variable.name == name)
        return name if not count else f"{name}@{count}"

    def _declared_variable(self, key: str, name: str, law: Law) -> Variable:
        declaration = self._declaration(name, self.scope_of[key])
        customary = frozenset(("symmetric",) if is_covariance(name, self.prose) else ())
        if declaration is None:
            part = self.scope_of[key]
            return Variable(key, name, law, properties=customary, part=part)
        sizes = _sizes(declaration)
        kind = declaration.kind if declaration.kind != "function" else ""
        if kind == "matrix" and len(name) == 1 and name.islower():
            kind = ""
        near = declaration.scope == self.scope_of[key]
        properties = frozenset(declaration.properties) | customary
        part = self.scope_of[key]
        said = bisect.bisect_left(self.starts, declaration.span.start)
        return Variable(key, name, law, kind, sizes, properties, near, part, said)

    def _variable(self, name: str, scope: int) -> bool:
        """Makes sure that a name means something; true if it was not met before."""
        if name in self.names and not self._declared_anew(name, scope):
            return False
        key = self._new_key(name)
        self.names[name] = key
        self.scope_of[key] = scope
        self.met_at[key] = self.number
        self.variables[key] = self._declared_variable(key, name, self._first_law(name, scope))
        return True

    def _name(self, tokens: tuple[Token, ...]) -> str:
        """The name of a symbol that the prose writes, or the empty string."""
        try:
            found = parse(tokens, self.shared)
        except Unreadable:
            return ""
        return found.name if isinstance(found, Symbol) else ""

    def _first_law(self, name: str, scope: int) -> Law:
        """The law of a symbol met for the first time: a line of a matrix if so said, else none."""
        plain = name.removesuffix(r"_{\cdot}")
        stack = next((s for s in self._stacks(plain, scope)), None)
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
            return self._mean_likewise(name) or Free()
        whole = self._name(stack.whole)
        if whole == name:
            return Free()
        self._variable(whole, scope)
        at: tuple[Expr, ...] = (Symbol("#1"), Constant("every"))
        line: Expr = Entry(Symbol(whole), at if stack.rows else at[::-1])
        member = Call("transpose", (line,)) if stack.rows else line
        return Defined(member, (), {whole: self.names[whole]}, ("#1",))

    def _mean_likewise(self, name: str) -> Defined | None:
        """The mean `\\bar y` where the text says what `\\bar x` is: the same of `y`."""
        mine = unbarred(name)
        for other in sorted(self.names.keys() - {name}) if mine in self.names else ():
            theirs, law = unbarred(other), self._law_of(other)
            if not isinstance(law, Defined) or law.parameters or law.indices or theirs == mine:
                continue
            if theirs in law.names and any(isinstance(n, Summation) for n in walk(law.expr)):
                expr = renamed(law.expr, theirs, mine)
                return Defined(expr, (), {**law.names, mine: self.names[mine]})
        return None

    def _stacks(self, name: str, scope: int) -> Iterator[Stack]:
        for place in range(scope, -1, -1):
            if (name, place) in self.stacked and reaches(self.parts, place, scope):
                yield self.stacked[name, place]

    def _declared_anew(self, name: str, scope: int) -> bool:
        """Whether this part of the document says that a symbol is something else here."""
        key = self.names[name]
        here = self.declared.get((name, scope)) or self._restarted(name, key, scope)
        if here is None or self.scope_of[key] == scope:
            return False
        variable = self.variables[key]
        sizes = _sizes(here)
        if key in self.referenced and not _contradicts(here, variable):
            return False
        differs = bool(here.rows) and sizes != variable.sizes
        if here.anew and here.kind:
            differs = sizes != variable.sizes or frozenset(here.properties) != variable.properties
        elif here.anew:
            differs = not frozenset(here.properties) <= variable.properties
        return isinstance(variable.law, Free) and (
            differs or (bool(here.kind) and here.kind != variable.kind)
        )

    def _restarted(self, name: str, key: str, scope: int) -> Declaration | None:
        """The last "let A be …" between the part in which a symbol was met and this one."""
        between = (self.declared.get((name, p)) for p in range(scope - 1, self.scope_of[key], -1))
        return next((said for said in between if said is not None and said.anew), None)

    def _meet(self, exprs: Iterable[Expr], scope: int) -> set[str]:
        """Registers the symbols of formulas; gives those met for the first time."""
        new: set[str] = set()
        for expr in exprs:
            bound = bound_in(expr)
            for node in walk(expr):
                if isinstance(node, Symbol) and node.name not in bound:
                    if self._variable(node.name, scope):
                        new.add(node.name)
            for node in walk(expr):
                self._note_application(node)
        return new

    def _note_application(self, node: Expr) -> None:
        if not (isinstance(node, Apply) and isinstance(node.function, Symbol)):
            return
        key = self.names[node.function.name]
        if isinstance(self.variables[key].law, Free):
            self.variables[key] = replace(self.variables[key], law=Function(()))
        usual = tuple(a.name for a in node.arguments if isinstance(a, Symbol))
        if node.arguments and len(usual) == len(node.arguments):
            self.usual.setdefault(key, usual)

    def _completed(self, expr: Expr) -> Expr:
        """The expression with the variable of every bare nabla filled in, where it is clear."""
        if not any(isinstance(node, Derivative) and not node.by for node in walk(expr)):
            return expr
        expr = rebuild(expr, self._completed)
        if isinstance(expr, Derivative) and not expr.by:
            inner = expr.operand
            if isinstance(inner, Evaluated) and isinstance(inner.operand, Derivative):
                again = replace(inner.operand, by=(*inner.operand.by, inner.operand.by[0]))
                return replace(inner, operand=again)
            if isinstance(inner, Derivative) and inner.gradient and inner.by:
                return replace(expr, operand=inner.operand, by=(*inner.by, inner.by[0]))
            if isinstance(inner, Apply) and len(inner.arguments) == 1:
                if not isinstance(inner.arguments[0], Symbol):
                    return self._gradient_at(expr, inner, inner.arguments[0])
            variable = self._implied(expr.operand)
            return expr if variable is None else replace(expr, by=(variable,))
        return expr

    def _gradient_at(self, gradient: Derivative, value: Apply, place: Expr) -> Expr:
        """`\\nabla g(Ax+b)`: the gradient of `g` by its argument, at that place."""
        name = f"{ARGUMENT}{value.function.name}"
        if name not in self.names:
            self.names[name] = self._own(name)
        argument = Symbol(name, place.span)
        function = replace(value, arguments=(argument,))
        found = replace(gradient, operand=function, by=(argument,))
        return Evaluated(found, ((argument, place),), gradient.span)

    def _implied(self, operand: Expr) -> Symbol | None:
        if any(PLACE in self.dependence.get(name, ()) for name in symbols(operand)):
            return Symbol(PLACE)
        if not isinstance(operand, Symbol | Apply) and (common := self._common(operand)):
            return Symbol(common)
        match operand:
            case Symbol(name=name):
                law = self._law_of(name)
                if isinstance(law, Defined) and len(law.parameters) == 1:
                    return Symbol(law.parameters[0])
            case Apply(arguments=(Symbol() as argument,)):
                return argument
            case _:
                pass
        if isinstance(operand, Symbol):
            key = self.names[operand.name]
            law = self.variables[key].law
            if isinstance(law, Function):
                usual = self.usual.get(key, ())
                return Symbol(usual[0]) if len(usual) == 1 else None
            found = self._leaves(operand, self.names) - {key}
        else:
            found = self._leaves(operand, self.names)
        if len(found & self.moved) == 1:
            found &= self.moved
        names = [name for name, key in self.names.items() if key in found]
        return Symbol(names[0]) if len(names) == 1 else None

    def _common(self, operand: Expr) -> str:
        """What all functions in an expression are applied to, if that is one symbol."""
        found: set[str] = set()
        for node in walk(operand):
            match node:
                case Apply(arguments=(Symbol(name=name),)):
                    found.add(name)
                case Apply():
                    return ""
                case Symbol(name=name):
                    law = self._law_of(name)
                    if isinstance(law, Defined):
                        found.update(law.parameters)
                    elif isinstance(law, Function):
                        found.update(self.usual.get(self.names[name], ()))
                case _:
                    pass
        return found.pop() if len(found) == 1 else ""

    def _assumes(self, stated: tuple[str, str] | None) -> bool:
        """Takes in a property that an equation states of a free symbol (`H = H^T`, `Q^TQ = I`)."""
        if stated is None:
            return False
        name, word = stated
        key = self.names[name]
        variable = self.variables[key]
        known = variable.properties & (TELLING | {word, "permutation"})
        if not isinstance(variable.law, Free) or known:
            return False
        self._give(key, frozenset((word,)))
        return True

    def _give(self, key: str, words: frozenset[str]) -> None:
        """Adds properties that the step at hand says of a variable."""
        variable = self.variables[key]
        for word in words - variable.properties:
            self.origins[key, word] = self.place
        self.variables[key] = replace(variable, properties=variable.properties | words)

    def _decompose(self, right: Expr) -> None:
        """Takes in what the name of a decomposition says of its factors."""
        factors = decomposition(right, self.prose)
        for name, law in members(factors).items():
            self.lines.setdefault(name, law)
        for name, words in factors.items():
            key = self.names.get(name, "")
            if key in self.variables and isinstance(self.variables[key].law, Free):
                self._give(key, frozenset(words))

    def _tentative(
        self, left: Expr, right: Expr, carried: bool, new: set[str], names: Names
    ) -> bool:
        if is_zero(left) or is_zero(right) or poses_deltas(left, right):
            return True
        if cancels_itself(left, right):
            return False
        if bool(self._unknowns(left)) != bool(self._unknowns(right)):
            return True
        aside = set(self.sizes) | evaluated(left) | evaluated(right)
        apart = {names[name] for name in aside if name in names}
        mine, theirs = self._leaves(left, names) - apart, self._leaves(right, names) - apart
        ends = {names[name] for name in size_letters(left, right) if name in names}
        if mine - ends and theirs - ends:  # what is equal to a number is a constraint
            mine, theirs = mine - ends, theirs - ends
        if carried:
            if self._decorates(mine ^ theirs, mine | theirs):
                return True
            substituted = bool(mine - theirs) and bool(theirs - mine)
            gone = (self.variables[key].law for key in mine - theirs)
            substituted = substituted or any(isinstance(law, Function) for law in gone)
            return substituted or any(names[name] in theirs - mine for name in new)
        if theirs - mine:
            return True
        if mine == theirs:
            return False
        if any(self._is_derived(node) for node in walk(left)):
            return False
        shaped = all(self.variables[key].properties & TELLING for key in mine - theirs)
        return not ((shaped and is_compound(right)) or is_of_blocks(left))

    def _is_derived(self, node: Expr) -> bool:
        """Whether a node is a derivative, one with a prime being of a function that is defined."""
        if isinstance(node, Apply) and node.primes:
            return isinstance(self._law_of(node.function.name), Defined)
        return isinstance(node, Derivative | Differential | Directional)

    def _unknowns(self, expr: Expr) -> set[str]:
        """The symbols without a law that an expression differentiates: unknown functions.

        An equation with one of them on one side says what its derivative is.
        """
        found: set[str] = set()
        for node in walk(expr):
            if isinstance(node, Derivative):
                found |= {name for name in symbols(node.operand) if self._is_unknown(name)}
        return found

    def _unlinked(self, left: Expr, right: Expr) -> bool:
        """Whether the sides differentiate an unknown function by variables of which nothing says
        how they depend on each other."""
        mine, theirs = self._below(left), self._below(right)
        if (mine.keys() | theirs.keys()) - (mine.keys() & theirs.keys()):
            return False  # a product of the chain rule says how
        for head in mine.keys() & theirs.keys():
            every = mine[head] | theirs[head]
            for name in mine[head] ^ theirs[head]:
                others = every - {name}
                linked = self._reached(name, set()) & others
                if not linked and not any(name in self._reached(other, set()) for other in others):
                    return True
        return False

    def _below(self, expr: Expr) -> dict[str, set[str]]:
        """By what the unknown functions in an expression are differentiated, by their names."""
        found: dict[str, set[str]] = {}
        for node in walk(expr):
            if not isinstance(node, Derivative):
                continue
            head = head_of(node.operand)
            if head is not None and isinstance(self._law_of(head), Free | Function):
                names = {head_of(variable) for variable in node.by} - {None, head}
                found.setdefault(head, set()).update(name for name in names if name)
        return found

    def _is_unknown(self, name: str) -> bool:
        """Whether a symbol stands for a function that nothing is known of."""
        law = self._law_of(name)
        depends = isinstance(law, Free) and bool(self.dependence.get(name))
        return depends or isinstance(law, Function)

    def _decorates(self, one_sided: set[str], every: set[str]) -> bool:
        """Whether a symbol without a law is named after one that stands on one side only.

        `\\bar{x}` and `s_{x}` are statistics of `x`: what they are is known, though not said.
        """
        letters = {self.variables[key].name for key in one_sided}
        names = [self.variables[key].name for key in every]
        return any(f"{{{letter}" in name and name != letter for letter in letters for name in names)

    def _leaves_direct(self, expr: Expr, names: Names) -> set[str]:
        bound = bound_in(expr) | {PLACEHOLDER}
        return {names[n] for n in symbols(expr) if n not in bound and n in names}

    def _leaves(self, expr: Expr, names: Names) -> set[str]:
        """The keys of the free variables that an expression depends on in the end."""
        found: set[str] = set()
        stack = list(self._leaves_direct(expr, names))
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
                stack.extend(self._leaves_direct(law.expr, law.names))
            elif isinstance(law, Free) and below:
                stack.extend(below)
            else:
                found.add(key)
        return found

    def _with_varying(self, meanings: list[Meaning], derivation: Derivation) -> Iterable[Meaning]:
        """Settles for each chain which free variables a differential moves."""
        moved: dict[int, set[str]] = {}
        for meaning, step in zip(meanings, derivation.steps, strict=True):
            moved.setdefault(step.chain, set()).update(self._moved(meaning))
        everywhere = set().union(*moved.values()) if moved else set()
        if everywhere:
            self.moved = everywhere
        for meaning, step in zip(meanings, derivation.steps, strict=True):
            if isinstance(meaning, Claim):
                varying = moved[step.chain] or everywhere or self._anything(meaning)
                varying = varying | self._still(meaning, varying)
                yield replace(meaning, varying=frozenset(varying))
            else:
                yield meaning

    def _anything(self, claim: Claim) -> set[str]:
        """All that the operands of the differentials rest on, where none is of a free symbol."""
        found: set[str] = set()
        for side in (claim.left, claim.right):
            for node in walk(side):
                if isinstance(node, Differential):
                    found |= self._leaves(node.operand, claim.names)
        return {key for key in found if isinstance(self.variables[key].law, Free)}

    def _still(self, claim: Claim, varying: set[str]) -> set[str]:
        """What a differential is of in which nothing moves: nobody writes one of a constant."""
        found: set[str] = set()
        for node in claim.nodes():
            if isinstance(node, Differential) and not isinstance(node.operand, Symbol):
                within = self._leaves(node.operand, claim.names)
                if not within & varying:
                    found |= {key for key in within if isinstance(self.variables[key].law, Free)}
        return found

    def _moved(self, meaning: Meaning) -> set[str]:
        match meaning:
            case Claim(left=left, right=right, names=names):
                exprs: tuple[Expr, ...] = (left, right)
            case Introduction(key=introduced):
                law = self.variables[introduced].law
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
                    if key is not None and isinstance(self.variables[key].law, Free):
                        found.add(key)
                    elif key is not None and isinstance(node.operand, Apply):
                        found.update(
                            names[argument.name]
                            for argument in node.operand.arguments
                            if isinstance(argument, Symbol) and argument.name in names
                        )
        return found

    def reaching_back(self, number: int, row: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
        """The meanings of the steps of a derivation, now that all definitions are known.

        A claim about a symbol that the words define after it ("where Y = …") is one of what that
        symbol stands for.
        """
        return tuple(self._reached_back((number, i), meaning) for i, meaning in enumerate(row))

    def _reached_back(self, place: tuple[int, int], meaning: Meaning) -> Meaning:
        if not (isinstance(meaning, Claim) and meaning.tentative and place in self.reasons):
            return meaning
        used = self._leaves_direct(meaning.left, meaning.names)
        used |= self._leaves_direct(meaning.right, meaning.names)
        if not used & self.late:
            return meaning
        carried, new, self.dependence = self.reasons[place]
        self.names = dict(meaning.names)
        tentative = self._tentative(meaning.left, meaning.right, carried, set(new), meaning.names)
        return replace(meaning, tentative=tentative)

    def suppositions(self, extraction: Extraction) -> tuple[Supposition, ...]:
        """What the text supposes of symbols for some of its steps, by their names.

        What a part declares holds there also of a symbol that an earlier part introduces.
        """
        supposed = [
            Supposition(name, frozenset(found.properties), found.reach)
            for found in extraction.supposed
            if (name := self._name(found.subject))
        ]
        for (name, scope), declaration in self.declared.items():
            inside = [d.span for d in extraction.derivations if d.scope == scope]
            if declaration.properties and inside:
                reach = Span(min(d.start for d in inside), max(d.end for d in inside))
                supposed.append(Supposition(name, frozenset(declaration.properties), reach))
        return tuple(supposed)

    def finished(self) -> dict[str, Variable]:
        """All variables, functions with the symbols they are mostly applied to."""
        for key, variable in self.variables.items():
            if isinstance(variable.law, Function):
                usual = self.usual.get(key, ())
                self.variables[key] = replace(variable, law=Function(usual))
        return settled(self.variables.values())

    def _unknown(self) -> dict[str, tuple[str, ...]]:
        """The variables without a law that a derivative is taken of, with what they depend on."""
        found: dict[str, tuple[str, ...]] = {}
        for name, below in self.dependence.items():
            key = self.names.get(name)
            if key is not None and isinstance(self.variables[key].law, Free):
                direct = below - {b for other in below for b in self._reached(other, {name})}
                known = tuple(sorted(self.names[n] for n in direct if n in self.names))
                if known:
                    found[key] = known
        return found

    def _reached(self, name: str, avoid: set[str]) -> set[str]:
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


def _changing(right: Expr, letters: tuple[str, ...]) -> str:
    """Why a definition for all values of some letters is not taken in, or the empty string: a
    quantity in it changes with them."""
    found = sorted(name for name in symbols(right) if is_about(name, letters))
    return f"`{found[0]}` is a quantity that is not evaluated" if found else ""


def _sizes(declaration: Declaration) -> tuple[str, str]:
    """The sizes that a declaration gives, as the author wrote them."""
    rows, columns = (
        "".join(token.text for token in part) for part in (declaration.rows, declaration.columns)
    )
    return rows, columns


def _contradicts(here: Declaration, variable: Variable) -> bool:
    """Whether "let A be …" cannot be about a variable: of another kind, or one of the two square.

    A definition that rests on the variable then rests on what the name meant before.
    """
    if not here.anew or not isinstance(variable.law, Free):
        return False
    if here.kind and variable.kind and here.kind != variable.kind:
        return True
    old, new = variable.sizes, _sizes(here)
    return bool(all(old) and all(new)) and (old[0] == old[1]) != (new[0] == new[1])


def _completed(said: Declaration, before: Declaration) -> Declaration:
    """A declaration that names no kind, with what was declared before it."""
    properties = tuple(dict.fromkeys(said.properties + before.properties))
    return replace(before, properties=properties, scope=said.scope, anew=said.anew)


def _families(exprs: list[Expr], evidence: Evidence) -> frozenset[str]:
    """The letters with members (`x_i^T`, `n_{ij}`), which may mean something else without."""
    small = _sampled(exprs) | {
        name for name in evidence.doubly if name.islower() and len(name) == 1
    }
    indexed = evidence.indexed | evidence.doubly
    sizes = evidence.sizes & indexed
    small |= indexed & {name for expr in exprs for name in beside_entries(expr)}
    return evidence.members | evidence.counted | small | sizes


def _apart(expr: Expr, families: frozenset[str]) -> Expr:
    """The expression with the families renamed whose letters have another meaning."""
    expr = rebuild(expr, lambda child: _apart(child, families))
    if isinstance(expr, Entry) and isinstance(expr.base, Symbol):
        if expr.base.name in families:
            return replace(expr, base=replace(expr.base, name=f"{expr.base.name}_{{\\cdot}}"))
    return expr


class _NotRead(Exception):
    def __init__(self, unread: Unread) -> None:
        super().__init__(unread.message)
        self.unread = unread


def _sampled(exprs: Iterable[Expr]) -> set[str]:
    """The letters of `P(y|x)` of which `P(y_i|x_i)` takes members: not entries of `x`."""
    found: set[str] = set()
    for expr in exprs:
        for node in walk(expr):
            if isinstance(node, Apply) and is_probability(node.function.name):
                members = (a.base for a in node.arguments if isinstance(a, Entry))
                found |= {base.name for base in members if isinstance(base, Symbol)}
    return found


def _moved_in(expr: Expr) -> set[str]:
    """The symbols below the differentials in an expression."""
    moved = (node.operand for node in walk(expr) if isinstance(node, Differential))
    return {name for operand in moved for name in symbols(operand)}


def is_restatement(claim: Claim) -> bool:
    """Whether a claim has the form of a definition: a symbol, or its application, on the left."""
    target = target_of(claim.left)
    return target is not None and target[0] not in symbols(claim.right)


def _indices_of(span: Span, tokens: tuple[Token, ...]) -> tuple[int, int]:
    """The numbers of the first and the last token within a span; of all if none is."""
    inside = [
        i for i, t in enumerate(tokens) if span.start <= t.span.start and t.span.end <= span.end
    ]
    return (inside[0], inside[-1]) if inside else (0, len(tokens) - 1)

"""Reads the steps of a document in order: which introduce a symbol, which pose, which claim."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from proofcheck.document.source import Span
from proofcheck.extraction.derivation import (
    Derivation,
    Extraction,
    RelationKind,
    Side,
    Step,
)
from proofcheck.extraction.independence import SAID
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.dots import is_dots
from proofcheck.formula.expr import (
    Apply,
    Call,
    Derivative,
    Entry,
    Expr,
    Number,
    Symbol,
    symbols,
    walk,
)
from proofcheck.formula.laws import MATRIX_NORMAL, law_of
from proofcheck.formula.notation import Notation
from proofcheck.formula.quantities import is_quantity
from proofcheck.formula.trees import recorded
from proofcheck.inference.antiderivatives import derived, variable_of, without_letter
from proofcheck.inference.decompositions import decomposition, members
from proofcheck.inference.definitions import Definitions
from proofcheck.inference.dependence import dependences
from proofcheck.inference.differentials import Differentials
from proofcheck.inference.distributions import (
    covariance_in,
    has_moments,
    ill_formed_law,
    is_distributed,
    names_law,
    uses_of_laws,
)
from proofcheck.inference.eigenvalues import with_eigenvalues
from proofcheck.inference.expansions import (
    approximated,
    expansions,
    order_of,
    says_order,
    without_remainder,
)
from proofcheck.inference.forms import ill_formed, letters_of
from proofcheck.inference.formulas import Formulas
from proofcheck.inference.implied_sums import free_in_chain, with_implied_sums
from proofcheck.inference.model import (
    ORDERS,
    Assertion,
    Claim,
    Defined,
    Free,
    Introduction,
    Malformed,
    Manner,
    Meaning,
    Model,
    Opaque,
    Posed,
    Spread,
    Supposition,
    Unread,
    Variable,
)
from proofcheck.inference.moving import with_varying
from proofcheck.inference.nablas import with_variables
from proofcheck.inference.observed import BY_MOMENTS, DISTRIBUTED
from proofcheck.inference.optima import objectives
from proofcheck.inference.pairs import pairs_in_chain, with_pairs
from proofcheck.inference.patterns import (
    detached,
    is_delta,
    is_zero,
    property_stated,
    says_range,
    target_of,
)
from proofcheck.inference.proportions import (
    alike,
    arguments_in,
    counts,
    follows_by_bayes,
    variables_of,
    without_constant,
)
from proofcheck.inference.randomness import random_keys
from proofcheck.inference.reason import Reason
from proofcheck.inference.scopes import reaches
from proofcheck.inference.sides import NotRead, Sides, everything
from proofcheck.inference.spreads import (
    AFTERWARDS,
    NOWHERE,
    completed,
    named_random,
    spread_by_law,
    spread_by_words,
    spreads_by_equations,
)
from proofcheck.inference.symbol_table import SymbolTable
from proofcheck.inference.tentative import is_tentative
from proofcheck.inference.unknown_functions import dependent, unlinked

_ASSERTIONS = {
    RelationKind.EQUAL: Assertion.EQUAL,
    RelationKind.DEFINE: Assertion.EQUAL,
    RelationKind.UNEQUAL: Assertion.UNEQUAL,
    RelationKind.LESS: Assertion.LESS,
    RelationKind.LESS_EQUAL: Assertion.LESS_EQUAL,
    RelationKind.GREATER: Assertion.GREATER,
    RelationKind.GREATER_EQUAL: Assertion.GREATER_EQUAL,
}
FOLLOWS = Claim(Number(Fraction(1)), Number(Fraction(1)), {}, frozenset(), {}, False)
"""What a step comes to that follows by its form, whatever its symbols are."""
_ORDERS = frozenset(kind for kind, asserts in _ASSERTIONS.items() if asserts in ORDERS)


_LENGTHS = frozenset(
    ("norm", "two norm", "one norm", "infinity norm", "spectral norm", "nuclear norm", "bars")
)
"""What bounds a symbol where it is compared with a number other than 0."""


def understand(
    extraction: Extraction,
    change: Notation | None = None,
    forced: frozenset[tuple[int, int]] = frozenset(),
    formulas: Formulas | None = None,
) -> Model:
    """The meaning of every step.

    `change` overrides what the tokens say of the notation. `forced` are the places, by derivation
    and step, of second equations for a symbol that are new definitions, since they are no claims.
    `formulas` are those of the document, where it was read before.
    """
    formulas = formulas or Formulas()
    context = Context(extraction, change, formulas)
    context.forced = forced
    read = [context.read(derivation) for derivation in extraction.derivations]
    meanings = tuple(context.reaching_back(number, row) for number, row in enumerate(read))
    variables = context.table.finished()
    declared = context.table.random()
    random = random_keys(variables, meanings, declared)
    manners = tuple(context.manners)
    suppositions = context.suppositions(extraction)
    origins = context.table.origins
    spreads = completed(
        context.by_words(extraction, variables), spreads_by_equations(variables, meanings, random)
    )
    spreads = context.with_independence(spreads | context.spreads, variables)
    return Model(
        variables,
        meanings,
        random,
        origins,
        manners,
        suppositions,
        formulas,
        spreads,
        declared=declared,
        record=context.asked.record,
    )


class Grounds(NamedTuple):
    """What, beside its sides and names, settles whether a claim is tentative."""

    carried: bool
    new: frozenset[str]
    dependence: dict[str, set[str]]


class Context:
    """The reading of a document, step by step."""

    def __init__(self, extraction: Extraction, change: Notation | None, formulas: Formulas) -> None:
        self.formulas = formulas
        self.shared = formulas.shared(extraction)
        if change is not None:
            self.shared = self.shared.changed(change)
        self.asked = recorded(self.shared)
        self.shared = self.asked
        exprs = everything(extraction, self.shared, formulas)
        self.table = SymbolTable(extraction, self.shared)
        self.table.learn(exprs)
        self.sides = Sides(formulas, self.table.families)
        self.definitions = Definitions(self.table, detached(exprs))
        self.forms = Differentials(self.table)
        self.uses = uses_of_laws(extraction.derivations)
        self.letters = letters_of(extraction)
        self.late: set[str] = set()  # what words define only after its first use
        self.grounds: dict[tuple[int, int], Grounds] = {}
        self.free: dict[int, frozenset[str]] = {}  # of the derivation at hand, by chain
        self.pairs: dict[int, frozenset[str]] = {}  # letters bound in pairs, by chain
        self.laws: frozenset[int] = frozenset()  # chains with distributions by name
        self.forced: frozenset[tuple[int, int]] = frozenset()
        self.defined_in: dict[str, int] = {}
        self.manners: list[Manner] = []
        self.spreads: dict[str, list[Spread]] = {}  # of what has a law by name, by key
        self.apart: set[str] = set()  # keys of what a relation calls independent: "i.i.d."

    def read(self, derivation: Derivation) -> tuple[Meaning, ...]:
        """The meanings of the steps of one derivation."""
        notation = self.formulas.notation(derivation, self.shared)
        self.sides.parsed = {}
        self.table.number += 1
        if derivation.scope != self.table.part:
            self.table.enter(derivation.scope)
        self.table.dependence = dependences(self.table, self.sides, derivation, notation)
        chains = self.sides.chains(derivation, notation)
        self.pairs = {chain: pairs_in_chain(sides) for chain, sides in chains.items()}
        self.free = {chain: self._free(chain, sides) for chain, sides in chains.items() if sides}
        here = derivation.scope
        self.laws = frozenset(step.chain for step in derivation.steps if is_distributed(step))
        plain = self.formulas.notation(derivation, self.asked.behind)
        manner = Manner(plain, self.table.families, self.pairs, self.free, here, self.laws)
        self.manners.append(manner)
        meanings = [
            self._step(step, index, derivation, notation)
            for index, step in enumerate(derivation.steps)
        ]
        return tuple(with_varying(self.table, meanings, derivation))

    def _free(self, chain: int, sides: list[Expr]) -> frozenset[str]:
        """The indices that a chain of the derivation leaves free."""
        return free_in_chain([with_pairs(side, self.pairs[chain]) for side in sides])

    def _step(self, step: Step, index: int, derivation: Derivation, notation: Notation) -> Meaning:
        self.table.place = step.left.span.to(step.right.span)
        if message := ill_formed_law(step, self.uses, self.table.prose):
            return Malformed(message, shapes=True)
        if malformed := ill_formed(step, self.letters):
            return malformed
        if step.chain in self.laws and (of_laws := self._of_laws(step, derivation, notation)):
            return of_laws
        if is_distributed(step):
            return self._distributed(step, index, derivation.scope, notation)
        if names_law(step):
            return Posed()
        if step.relation.kind is RelationKind.PROPORTIONAL:
            return self._alike(step, (step.left, step.right), derivation, notation)
        letters = without_letter(step.left), without_letter(step.right)
        chain = [other.right for other in derivation.steps if other.chain == step.chain]
        if any(map(without_letter, chain)) and (
            found := self._antiderivative(step, letters, derivation, notation)
        ):
            return found
        kept = without_constant(step.left), without_constant(step.right)
        if any(kept) and step.relation.kind is RelationKind.EQUAL:
            bare = kept[0] or step.left, kept[1] or step.right
            return self._alike(step, bare, derivation, notation)
        if expanded := self._expanded(step, derivation, notation):
            return expanded
        if step.relation.kind not in _ASSERTIONS:
            text = step.relation.text
            return Unread(Reason.UNREADABLE_NOTATION, f"the relation `{text}` is not checked")
        if step.relation.kind in _ORDERS:
            return self._ordered(step, derivation, notation)
        if inner := objectives(step):
            return self._of_objectives(inner, index, derivation, notation)
        try:
            left = self.sides.parse(step.left, notation)
        except NotRead as error:
            return error.unread
        carried = index > 0 and derivation.steps[index - 1].right is step.left
        try:
            right = self.sides.parse(step.right, notation)
        except NotRead as error:
            return self._half_read(step, left, carried, error.unread, derivation.scope)
        mended = self.sides.mended_in(step)
        if mended and not carried and target_of(left) is not None:
            unread = Unread(Reason.UNREADABLE_NOTATION, mended)
            return self._half_read(step, left, carried, unread, derivation.scope)
        free = self.free.get(step.chain, frozenset())
        place = (self.table.number - 1, index)
        pairs = self.pairs.get(step.chain, frozenset())
        left, right = with_pairs(left, pairs), with_pairs(right, pairs)
        sides = with_implied_sums(left, free), with_implied_sums(right, free)
        meaning = self._meaning(step, *sides, carried, derivation.scope, place)
        posed = not isinstance(meaning, Claim) or meaning.tentative
        if posed and step.relation.kind is RelationKind.EQUAL and follows_by_bayes(*sides, ()):
            return FOLLOWS
        self.forms.keep(step, sides, carried)
        if not isinstance(meaning, Claim):
            return meaning
        summed = sides[0] is not left or sides[1] is not right
        tentative = meaning.tentative and not mended
        return replace(meaning, summed=summed, mended=mended, tentative=tentative)

    def _half_read(
        self, step: Step, left: Expr, carried: bool, unread: Unread, scope: int
    ) -> Meaning:
        """A step whose right side is not understood: what it says of a symbol is not known."""
        if isinstance(left, Symbol) and says_range(left.name, step.right.tokens, self.shared):
            return Posed()
        target = None if carried else target_of(left)
        if target is not None and not self.table.known(target[0]):
            letters = frozenset(token.text for token in step.right.tokens)
            self.table.introduce(target[0], Opaque(unread.message, letters), scope)
        return unread

    def _ordered(self, step: Step, derivation: Derivation, notation: Notation) -> Meaning:
        """An inequality: a domain of symbols is posed, all else is a claim.

        One that bounds a free symbol by itself is a claim that may as well be a constraint. No
        symbol gets a law by it.
        """
        if is_dots(step.left.tokens) or is_dots(step.right.tokens):
            return Posed()  # `\lambda_1\ge\dots\ge\lambda_n` orders a list
        try:
            left, right = (
                self.sides.parse(step.left, notation),
                self.sides.parse(step.right, notation),
            )
        except NotRead as error:
            return error.unread
        if mended := self.sides.mended_in(step):
            return Unread(Reason.UNREADABLE_NOTATION, mended)
        chain = [other for other in derivation.steps if other.chain == step.chain]
        ranged = all(other.relation.kind in _ORDERS for other in chain) and not step.concluded
        sides = {side for other in chain for side in (other.left, other.right)}
        plain = all(self._is_plain(side, notation) for side in sides)
        bounded = plain and (self._bounds(left) or self._bounds(right))
        if step.posed or (ranged and (bounded or self._is_domain(left, right, step.relation.kind))):
            return Posed()
        self.table.meet((left, right), derivation.scope)
        left, right = with_variables(self.table, left), with_variables(self.table, right)
        names, asserts = dict(self.table.names), _ASSERTIONS[step.relation.kind]
        free = any(self._bounds(side) for side in (left, right))
        return Claim(
            left, right, names, frozenset(), dependent(self.table), ranged and free, asserts
        )

    def _is_plain(self, side: Side, notation: Notation) -> bool:
        """Whether a side is a number or a symbol without a law, perhaps an entry of it."""
        with contextlib.suppress(NotRead):
            found = self.sides.parse(side, notation)
            number = not symbols(found) and not any(isinstance(n, Call) for n in walk(found))
            return number or self._bounds(found)
        return False

    def _bounds(self, side: Expr) -> bool:
        """Whether a side is a symbol without a law, or an entry of one."""
        match side:
            case Symbol(name=name) | Entry(base=Symbol(name=name)):
                return not self.table.known(name)
            case _:
                return False

    def _is_domain(self, left: Expr, right: Expr, kind: RelationKind) -> bool:
        r"""Whether an inequality puts a length below a number, `\|A\| < 1`, or a determinant on one
        side of it, of a symbol without a law."""
        if kind in (RelationKind.GREATER, RelationKind.GREATER_EQUAL):
            left, right = right, left
        for side, number in ((left, right), (right, left)):
            match side, number:
                case Call(operator=name, arguments=(Symbol() as symbol, *_)), Number(value=value):
                    of_length = name in _LENGTHS and side is left and value > 0
                    if (of_length or name == "determinant") and self._bounds(symbol):
                        return True
                case _:
                    pass
        return False

    def _alike(
        self, step: Step, sides: tuple[Side, Side], derivation: Derivation, notation: Notation
    ) -> Meaning:
        """The claim that two sides are equal up to a factor or a term that is free of a variable.

        Where a density in them has no formula, they follow by the rule of Bayes or are posed.
        """
        first = next(other for other in derivation.steps if other.chain == step.chain)
        try:
            left, right = (self.sides.parse(side, notation) for side in sides)
            start = self.sides.parse(without_constant(first.left) or first.left, notation)
        except NotRead as error:
            return error.unread
        logarithm = step.relation.kind is RelationKind.PROPORTIONAL
        ways = variables_of(start) or self._arguments(first.left, notation)
        self.table.meet((left, right), derivation.scope)
        if logarithm and any(follows_by_bayes(left, right, by) for by in ways):
            return FOLLOWS
        if any(map(self._is_unknown, (*walk(left), *walk(right)))):
            return Posed()
        names = self.table.names
        met = self.table.leaves(left, names) | self.table.leaves(right, names)
        claims = [
            self._alike_in(left, right, by, logarithm)
            for by in ways
            if all(self._can_vary(each, met) for each in by) and not counts((left, right), by)
        ]
        if not claims:
            said = "nothing says of what the factor or the term that is left out is free"
            return Unread(Reason.UNKNOWN_SYMBOL, said)
        return replace(claims[0], others=tuple(claims[1:]))

    def _antiderivative(
        self,
        step: Step,
        bare: tuple[Side | None, Side | None],
        derivation: Derivation,
        notation: Notation,
    ) -> Claim | None:
        """The claim that two sides have the same derivative, of which one has an integral without
        limits; None where none has."""
        if step.relation.kind is not RelationKind.EQUAL:
            return None
        with contextlib.suppress(NotRead):
            left, right = (
                self.sides.parse(mine or side, notation)
                for mine, side in zip(bare, (step.left, step.right), strict=True)
            )
            start = self.sides.parse(derivation.steps[0].left, notation)
            by = variable_of(left, right, start)
            if by is None:
                return None
            mine, theirs = derived(left, by), derived(right, by)
            if mine is None or theirs is None:
                return None
            self.table.meet((by, left, right), derivation.scope)
            names = dict(self.table.names)
            compared = f"the sides that are shown are the derivatives of both by `{by.name}`"
            return Claim(mine, theirs, names, frozenset(), {}, False, compared=compared)
        return None

    def _expanded(self, step: Step, derivation: Derivation, notation: Notation) -> Meaning | None:
        """The claim that two sides have the same Taylor polynomial, where the step says so; None
        where it does not. An approximation beyond the first order may leave out what it likes."""
        rests = [without_remainder(side) for side in (step.left, step.right)]
        near = step.relation.kind is RelationKind.APPROXIMATE and not any(rests)
        if not any(rests) and not (near and says_order(self.table.prose)):
            return None
        sides = (step.left, step.right)
        try:
            left, right = (
                self.sides.parse(side if rest is None else rest.kept, notation)
                for side, rest in zip(sides, rests, strict=True)
            )
            insides = [
                (self.formulas.parse(rest.of, notation), rest.little) for rest in rests if rest
            ]
        except (NotRead, Unreadable):
            return None
        orders = {approximated(left, right)} if near else {order_of(*rest) for rest in insides}
        found = orders.pop() if len(orders) == 1 else None
        if found is None:
            return None
        variable, order = found
        new = self.table.meet((left, right), derivation.scope)
        if not isinstance(self.table.law_of(variable.name), Free):
            return None
        names = dict(self.table.names)
        carried = step is not derivation.steps[0] and step.left in (
            other.right for other in derivation.steps
        )
        left, right = with_variables(self.table, left), with_variables(self.table, right)
        mine, theirs = expansions(left, right, variable, order)
        tentative = is_tentative(self.table, mine, theirs, carried, new, names)
        tentative = tentative or step.posed or (near and order > 1)
        compared = (
            f"the sides that are shown are the Taylor polynomials of both in `{variable.name}` "
            f"up to order {order}"
        )
        unknown = dependent(self.table)
        return Claim(mine, theirs, names, frozenset(), unknown, tentative, compared=compared)

    def _arguments(self, side: Side, notation: Notation) -> tuple[tuple[Expr, ...], ...]:
        """What a side is applied to, if it is nothing but a name before a bracket."""
        parts = arguments_in(side.tokens)
        with contextlib.suppress(Unreadable):
            found = tuple(self.formulas.parse(tuple(part), notation) for part in parts)
            return (found,) if found else ()
        return ()

    def _alike_in(self, left: Expr, right: Expr, by: tuple[Expr, ...], logarithm: bool) -> Claim:
        """That two sides vary in the same way with some variables."""
        names = dict(self.table.names)
        moved = {names[name] for each in by for name in symbols(each)}

        def is_free(expr: Expr) -> bool:
            return not self.table.leaves(expr, names) & moved

        mine, theirs = (alike(side, by, is_free if logarithm else None) for side in (left, right))
        depending = [{names[n] for n in symbols(side) if n in names} for side in (left, right)]
        tentative = bool(depending[1] - depending[0])
        letters = ", ".join(f"`{each.name}`" for each in by if isinstance(each, Symbol))
        of = "their logarithms" if logarithm else "both sides"
        compared = f"the sides that are shown are the derivatives of {of} by {letters}"
        return Claim(mine, theirs, names, frozenset(), {}, tentative, compared=compared)

    def _is_unknown(self, node: Expr) -> bool:
        """Whether a node is a function or a quantity without a formula."""
        match node:
            case Apply(function=Symbol(name=name)):
                return not isinstance(self.table.law_of(name), Defined)
            case Symbol(name=name):
                return is_quantity(name) and not isinstance(self.table.law_of(name), Defined)
            case _:
                return False

    def _can_vary(self, variable: Expr, met: AbstractSet[str]) -> bool:
        """Whether a symbol has no formula, and is one of those that are met."""
        match variable:
            case Symbol(name=name):
                free = isinstance(self.table.law_of(name), Free)
                return free and self.table.names[name] in met
            case _:
                return False

    def _of_objectives(
        self, step: Step, index: int, derivation: Derivation, notation: Notation
    ) -> Meaning:
        """The claim that two objectives are equal; one that is a letter is posed."""
        try:
            left = self.sides.parse(step.left, notation)
        except NotRead as error:
            return error.unread
        if target_of(left) is not None:
            return Posed()
        meaning = self._step(step, index, derivation, notation)
        return replace(meaning, optimum=True) if isinstance(meaning, Claim) else meaning

    def _distributed(self, step: Step, index: int, scope: int, notation: Notation) -> Meaning:
        """Takes in what a distribution says of its parameters: a covariance is symmetric."""
        with contextlib.suppress(NotRead):
            law = {BY_MOMENTS} if has_moments(step.right.tokens) else set()
            self._distribute(named_random(self.sides.parse(step.left, notation)), scope, law)
        covariance = covariance_in(step.right.tokens, notation)
        if covariance is not None:
            self.table.variable(covariance, scope)
            self.table.assumes((covariance, "symmetric"))
        with contextlib.suppress(NotRead):
            self._spread(step, index, notation)
        return Posed()

    def _spread(self, step: Step, index: int, notation: Notation) -> None:
        """Takes in the mean and the covariance that a law by name gives what stands before it."""
        law = law_of(step.right.tokens)
        if law is None or law.pointed or law.family is None:
            return
        left, parameters = (
            self.sides.parse(step.left, notation),
            self.sides.parameters(law, notation),
        )
        place = self.table.number - 1, index
        names = dict(self.table.names)
        found = spread_by_law(law.family.name, parameters, left, names, place)
        key = self.table.names.get(found[0]) if found is not None else None
        if found is not None and key is not None:
            if isinstance(self.table.variables[key].law, Free):
                self.spreads.setdefault(key, []).append(found[1])
                if SAID.search(step.relation.text):
                    self.apart.add(key)

    def by_words(
        self, extraction: Extraction, variables: Mapping[str, Variable]
    ) -> dict[str, list[Spread]]:
        """What words say of the means and variances of free variables, by key."""
        names = {variable.name: key for key, variable in variables.items()}
        found: dict[str, list[Spread]] = {}
        for said in extraction.distributed:
            told = spread_by_words(said, self.shared, names)
            if told is None:
                continue
            name, spread = told
            begun = sum(d.span.start < said.span.start for d in extraction.derivations)
            spread = replace(spread, places=((begun - 1, AFTERWARDS),))
            for key, variable in variables.items():
                reached = reaches(self.table.parts, said.scope, self.table.scope_of[key])
                if variable.name == name and isinstance(variable.law, Free) and reached:
                    mine = found.setdefault(key, [])
                    mine += [spread] if spread not in mine else []
        return found

    def with_independence(
        self, spreads: Mapping[str, list[Spread]], variables: Mapping[str, Variable]
    ) -> dict[str, list[Spread]]:
        """What is known of random variables, with what calls them independent.

        What the text calls so without a symbol, it says of the entries of each.
        """
        everywhere = bool(SAID.search(self.table.prose))
        found: dict[str, list[Spread]] = {}
        groups: dict[str, frozenset[str]] = {}
        for key, variable in variables.items():
            said = self.table.declarations.independent(variable.name, self.table.scope_of[key])
            only = {key}
            if said and isinstance(variable.law, Defined):
                only = set(self.table.leaves_direct(variable.law.expr, variable.law.names))
                only &= spreads.keys()
            if said and len(only) == 1:  # of `W = 2V - 1` it is `V` that is drawn
                groups[next(iter(only))] = groups.get(next(iter(only)), frozenset()) | said
        for key, variable in variables.items():
            if not isinstance(variable.law, Free):
                continue
            said = groups.get(key, frozenset())
            plain = Spread(None, None, {variable.name: key}, (NOWHERE,))
            mine = spreads.get(key) or ([plain] if said else [])
            if everywhere or key in self.apart:
                said |= {f"entries of {key}"}
            if mine:
                found[key] = [replace(spread, apart=said) for spread in mine]
        return found

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
            left, right = self.sides.law(step.left, notation), self.sides.law(step.right, notation)
        except NotRead as error:
            return error.unread
        new = self.table.meet((left, right), derivation.scope)
        names = dict(self.table.names)
        mine, theirs = self.table.leaves(left, names), self.table.leaves(right, names)
        tentative = is_tentative(self.table, left, right, True, new, names) or mine != theirs
        tentative = tentative or family is MATRIX_NORMAL
        return Claim(left, right, names, frozenset(), dependent(self.table), tentative)

    def _distribute(self, name: str | None, scope: int, law: set[str]) -> None:
        """Takes in that a free symbol is random, and what is known of its law."""
        if name is None:
            return
        self.table.variable(name, scope)
        variable = self.table.variables[self.table.names[name]]
        if isinstance(variable.law, Free):
            properties = variable.properties | {DISTRIBUTED} | law
            self.table.variables[variable.key] = replace(variable, properties=properties)

    def _restates(self, left: Expr, right: Expr, carried: bool, derivation: int) -> bool:
        """Whether an equation is a second one for a symbol that another derivation defines."""
        target = None if carried else target_of(left)
        match left, right:
            case Derivative(operand=Symbol(name=name), by=a), Derivative(by=b) if a == b:
                target = name, (), ()  # both sides differentiated: the equation is of the operands
            case _:
                pass
        key = self.table.names.get(target[0]) if target is not None else None
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
        left, right = with_eigenvalues(self.table, left, right, scope)
        if self._names_right(step, left, right, carried):
            left, right, carried = right, left, False
        asserts = _ASSERTIONS[step.relation.kind]
        if asserts is Assertion.EQUAL and (not carried or self.definitions.is_open(left)):
            introduced = self.definitions.of(step, left, right, scope, place in self.forced)
            if introduced is not None:
                if isinstance(introduced, Introduction):
                    self.defined_in[introduced.key] = derivation
                    if step.announced and introduced.key in self.table.met_at:
                        self.late.add(introduced.key)
                self._decompose(right)
                return introduced
        apart = asserts is Assertion.UNEQUAL and self._bounds(left) and self._bounds(right)
        if apart and not step.concluded:
            return Posed()
        if place in self.forced:
            self.table.pose_anew(symbols(left) | symbols(right), scope)
        new = self.table.meet((left, right), scope)
        if is_zero(right) or is_zero(left):
            said = left if is_zero(right) else right
            self.definitions.nulled |= self.table.leaves_direct(said, self.table.names)
        self._decompose(right)
        left, right = with_variables(self.table, left), with_variables(self.table, right)
        stated = property_stated(left, right) or property_stated(right, left)
        if self.table.assumes(stated) or (is_delta(left) and isinstance(right, Number)):
            return Posed()
        names = self.forms.names_in(left, scope) | self._of_parameters(left)
        tentative = is_tentative(self.table, left, right, carried, new, names)
        if step.posed or stated is not None or self._restates(left, right, carried, derivation):
            tentative = True
        else:
            self.grounds[place] = Grounds(carried, frozenset(new), self.table.dependence)
        claim = Claim(left, right, names, frozenset(), dependent(self.table), tentative, asserts)
        return replace(claim, unlinked=unlinked(self.table, left, right))

    def _of_parameters(self, left: Expr) -> dict[str, str]:
        """What the letters of `f'(x)` mean where they are those of the definition of `f` alone."""
        match left:
            case Apply(function=Symbol(name=name), arguments=arguments) if (
                name in self.definitions.detached
            ):
                law = self.table.law_of(name)
                letters = tuple(part.name for part in arguments if isinstance(part, Symbol))
                if isinstance(law, Defined) and law.parameters == letters:
                    return {letter: law.names[letter] for letter in letters}
            case _:
                pass
        return {}

    def _names_right(self, step: Step, left: Expr, right: Expr, carried: bool) -> bool:
        """Whether a step gives a name to its left side: `Ax-b =: r`."""
        named = isinstance(right, Symbol) and not self.table.known(right.name)
        defines = step.relation.kind is RelationKind.DEFINE
        return defines and named and (carried or target_of(left) is None)

    def _decompose(self, right: Expr) -> None:
        """Takes in what the name of a decomposition says of its factors."""
        factors = decomposition(right, self.table.prose)
        for name, law in members(factors).items():
            self.table.lines.setdefault(name, law)
        for name, words in factors.items():
            key = self.table.names.get(name, "")
            if key in self.table.variables and isinstance(self.table.variables[key].law, Free):
                self.table.give(key, frozenset(words))

    def reaching_back(self, number: int, row: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
        """The meanings of the steps of a derivation, now that all definitions are known.

        A claim about a symbol that the words define after it ("where Y = …") is one of what that
        symbol stands for.
        """
        return tuple(self._reached_back((number, i), meaning) for i, meaning in enumerate(row))

    def _reached_back(self, place: tuple[int, int], meaning: Meaning) -> Meaning:
        if not isinstance(meaning, Claim):
            return meaning
        meaning = self._no_longer_unknown(meaning)
        if not (meaning.tentative and place in self.grounds):
            return meaning
        used = self.table.leaves_direct(meaning.left, meaning.names)
        used |= self.table.leaves_direct(meaning.right, meaning.names)
        if not used & self.late:
            return meaning
        carried, new, self.table.dependence = self.grounds[place]
        self.table.names = dict(meaning.names)
        tentative = is_tentative(
            self.table, meaning.left, meaning.right, carried, set(new), meaning.names
        )
        return replace(meaning, tentative=tentative)

    def _no_longer_unknown(self, claim: Claim) -> Claim:
        """The claim without the unknown functions that are defined behind it."""
        laws = {key: self.table.variables[key].law for key in claim.unknown}
        if not any(isinstance(law, Defined) for law in laws.values()):
            return claim
        kept = {k: v for k, v in claim.unknown.items() if not isinstance(laws[k], Defined)}
        return replace(claim, unknown=kept)

    def suppositions(self, extraction: Extraction) -> tuple[Supposition, ...]:
        """What the text supposes of symbols for some of its steps, by their names.

        What a part declares holds there also of a symbol that an earlier part introduces.
        """
        supposed = [
            Supposition(name, frozenset(found.properties), found.reach)
            for found in extraction.supposed
            if (name := self.table.declarations.name_of(found.subject))
        ]
        for (name, scope), declaration in self.table.declarations.declared.items():
            inside = [d.span for d in extraction.derivations if d.scope == scope]
            if declaration.properties and inside:
                reach = Span(min(d.start for d in inside), max(d.end for d in inside))
                supposed.append(Supposition(name, frozenset(declaration.properties), reach))
        return tuple(supposed)


def is_restatement(claim: Claim) -> bool:
    """Whether a claim has the form of a definition: a symbol, or its application, on the left."""
    target = target_of(claim.left)
    return target is not None and target[0] not in symbols(claim.right)

"""Why a claim whose sides differ is not accused all the same: each cause is one row.

A difference at a point is a fact; that the author claimed otherwise is not, where the step may
rest on something that was not read, or may be read in another way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations, islice, pairwise
from math import prod

from proofcheck.extraction.derivation import Derivation, Step
from proofcheck.formula.either import SIGN
from proofcheck.formula.expr import (
    ARGUMENT,
    Apply,
    Call,
    Derivative,
    Dotted,
    Entry,
    Expr,
    Matrix,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Summation,
    Symbol,
    symbols,
    walk,
)
from proofcheck.formula.notation import UNSAID
from proofcheck.formula.quantities import is_quantity
from proofcheck.formula.scripts import INVERSE
from proofcheck.formula.shape import SCALAR, pattern
from proofcheck.inference.domains import negatives
from proofcheck.inference.implied_sums import says_sums_implied
from proofcheck.inference.model import Assertion, Claim, Defined, Free, Function, Model
from proofcheck.inference.patterns import bound_in, cancels_itself, is_zero
from proofcheck.inference.quantities import undefined
from proofcheck.inference.readings import (
    Place,
    Reading,
    alone,
    free_leaves,
    from_afar,
    keys_of,
    without_laws,
)
from proofcheck.inference.reason import Reason
from proofcheck.inference.search import readings
from proofcheck.numeric.choices import Choice
from proofcheck.numeric.evaluation import differentiates_once
from proofcheck.numeric.said import Trial, as_said, beyond_definitions
from proofcheck.numeric.trial import (
    DISTRIBUTION,
    Agrees,
    Differs,
    Mismatch,
    Outcome,
    differentiates,
    differs_on_solutions,
    loose_sizes,
    rests_on_unread,
    try_claim,
    unread_mean,
)
from proofcheck.numeric.understanding import Answer, Understanding
from proofcheck.numeric.unnamed import derives_unknown

_TURNS = frozenset(("T", "t", r"\top", r"\intercal", "⊤"))
_WHOLE = frozenset(("factorial", "double factorial", "binomial", "multinomial"))
"""Operators whose arguments are whole numbers, as a rule, and are not drawn as such."""
_VALUES = frozenset(("eigenvalues", "singular values"))
_ADJOINTS = frozenset(("conjugate", "conjugate transpose"))
_ABSURD = re.compile(r"contradict|absurd|impossible", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Case:
    """A claim whose sides differ, and all that a guard may ask about it."""

    understanding: Understanding
    answer: Answer
    place: Place
    claim: Claim
    derivation: Derivation
    outcome: Mismatch | Differs

    @property
    def model(self) -> Model:
        """The model that the claim was tried in."""
        return self.understanding.model(self.answer.choice.notation)

    @property
    def step(self) -> Step:
        """The step that makes the claim."""
        return self.derivation.steps[self.place[1]]

    @property
    def trial(self) -> Trial | None:
        """The claim with what it takes to try another one in its place."""
        component = self.understanding.component_at(self.answer.choice.notation, self.place)
        if component is None:
            return None
        number, index = self.place
        reading, seed = self.answer.used[index], self.understanding.seeds[number][index]
        return Trial(self.model, component, reading, self.place, self.claim, seed)


@dataclass(frozen=True, slots=True)
class Guard:
    """A cause to leave a claim unchecked: `why` gives the sentence, or the empty string.

    `over` are the outcomes that the guard is asked about.
    """

    reason: Reason
    over: type[Mismatch] | type[Differs] | None
    why: Callable[[Case], str]


def excuse(case: Case) -> tuple[Reason, str] | None:
    """The first cause not to accuse a claim whose sides differ."""
    for guard in GUARDS:
        if guard.over is None or isinstance(case.outcome, guard.over):
            if message := guard.why(case):
                return guard.reason, message
    return None


def _loose(case: Case) -> str:
    loose = loose_sizes(case.model, case.answer.used[case.place[1]], case.claim)
    return "nothing says how many entries the vector of ones has" if loose else ""


def _said_of_defined(case: Case) -> str:
    trial = case.trial
    if trial is None:
        return ""
    found = beyond_definitions(trial)
    if not found or isinstance(as_said(trial), Differs):
        return ""
    key, word = next(iter(found.items()))
    return f"`{case.model.variables[key].name}` is said to be {word}, and not by its definition"


def _rests_on_unread(case: Case) -> str:
    said = rests_on_unread(case.model, case.claim)
    misfit = isinstance(case.outcome, Mismatch) and case.claim.tentative
    return "" if misfit and said == DISTRIBUTION else said


def _mean(case: Case) -> str:
    told = isinstance(case.outcome, Differs) and case.outcome.with_means
    return "" if told else unread_mean(case.model, case.claim)


def _whole(case: Case) -> str:
    running = bound_in(case.claim.left) | bound_in(case.claim.right)
    counted = any(
        isinstance(node, Call) and node.operator in _WHOLE and not symbols(node) <= running
        for node in case.claim.nodes()
    )
    return "the step may hold for whole numbers only" if counted else ""


def _unlinked(case: Case) -> str:
    said = "nothing says how what the sides differentiate by depends on each other"
    return said if case.claim.unlinked else ""


def _differential_once(case: Case) -> str:
    said = "one side has a derivative where the other has a differential"
    return said if differentiates_once(case.claim) else ""


def _left_unfit(case: Case) -> str:
    ill = _ill_before(case.model, case.answer, case.place, case.derivation)
    return f"its left side does not fit by itself: {_message(case)}" if ill else ""


def _lists(case: Case) -> str:
    dotted = any(isinstance(n, Dotted) and n.is_matrix() for n in case.claim.nodes())
    return f"a list may be a row or a column, dots more or less: {_message(case)}" if dotted else ""


def _quotients(case: Case) -> str:
    """A fraction with an elementwise product below, which may be one by entries."""
    below = [node.denominator for node in case.claim.nodes() if isinstance(node, Quotient)]
    entrywise = any(
        isinstance(node, Call) and node.operator == "hadamard"
        for denominator in below
        for node in walk(denominator)
    )
    return "a quotient of vectors may be one by entries" if entrywise else ""


def _laid_out(case: Case) -> str:
    """A matrix of known size beside a column or a row of as many numbers."""
    reading, place = case.answer.used[case.place[1]], case.place
    shapes = [reading.unifier.resolve(shape) for shape in reading.apart.get(place, ()) if shape]
    lengths = [prod(axis for axis in shape if isinstance(axis, int)) for shape in shapes]
    known = all(isinstance(axis, int) for shape in shapes for axis in shape)
    patterns = sorted(pattern(shape) for shape in shapes)
    alike = known and len(set(lengths)) == 1 and patterns in (["C", "M"], ["M", "R"])
    return "a matrix may be laid out as a vector here" if alike else ""


def _zeros(case: Case) -> str:
    found = any(isinstance(n, Matrix) and _has_line_of_zeros(n) for n in case.claim.nodes())
    return f"a zero may be a number or a block: {_message(case)}" if found else ""


def _has_line_of_zeros(matrix: Matrix) -> bool:
    """Whether a row or a column of blocks is nothing but zeros."""
    lines = (*matrix.rows, *zip(*matrix.rows, strict=True))
    zeros = [all(is_zero(cell) for cell in line) for line in lines]
    return any(zeros) and not all(isinstance(c, Number) for row in matrix.rows for c in row)


def _shapes_elsewhere(case: Case) -> str:
    alone = _fails_alone(case.understanding, case.answer.choice, case.place, case.claim)
    return "" if alone else f"its shapes may be others than elsewhere: {_message(case)}"


def _unsaid(case: Case) -> str:
    notation = case.model.manners[case.place[0]].notation
    used = {node.operator for node in case.claim.nodes() if isinstance(node, Call)}
    doubtful = (
        f"`{spelling}` may be something else than the {operator}"
        for spelling, operator in UNSAID.items()
        if operator in used and not notation.says(spelling)
    )
    return next(doubtful, "")


def _inverse(case: Case) -> str:
    """A function with its inverse, or the inverse of one that is defined: neither is drawn so."""
    keys = keys_of(case.model, case.place)
    names = {case.model.variables[key].name for key in keys}
    for name in sorted(name for name in names if name.endswith(INVERSE)):
        base = name.removesuffix(INVERSE)
        laws = [v.law for v in case.model.variables.values() if v.name == base]
        beside = base in names and not cancels_itself(case.claim.left, case.claim.right)
        if beside or not all(isinstance(law, Function) for law in laws):
            return f"`{name}` may be the inverse of `{base}`, or one over it"
    return ""


def _either(case: Case) -> str:
    """A sign of two that stands on one side only, or in what a symbol is defined by."""
    names = {case.model.variables[key].name for key in keys_of(case.model, case.place)}
    sides = [Symbol(SIGN) in walk(side) for side in (case.claim.left, case.claim.right)]
    said = r"one side has a `\pm`, of which either sign may be meant"
    return said if SIGN in names and not all(sides) else ""


def _named(case: Case) -> str:
    """A quantity that is not defined, or where another part of the document is about another."""
    if name := undefined(case.model, case.claim):
        return f"`{name}` is a quantity that the document does not define"
    here = case.model.manners[case.place[0]].part
    for key in sorted(keys_of(case.model, case.place)):
        variable = case.model.variables[key]
        if is_quantity(variable.name) and variable.part != here:
            return f"`{variable.name}` may be another quantity than where it was defined"
    return ""


def _negative(case: Case) -> str:
    """A symbol that the text says is negative, perhaps in a case: it is not drawn so.

    An inequality may be what says it, and is tried at negative numbers as well.
    """
    ordered = case.claim.asserts is not Assertion.EQUAL
    names = frozenset[str]() if ordered else negatives(case.understanding.extraction)
    found = sorted(
        name
        for key in keys_of(case.model, case.place)
        if isinstance(case.model.variables[key].law, Free)
        and (name := case.model.variables[key].name) in names
    )
    return f"the text says that `{found[0]}` is negative, in a case or always" if found else ""


def _reference(case: Case) -> str:
    return "the step rests on an equation that it refers to" if _refers(case.step) else ""


def _gradient_at(case: Case) -> str:
    """A bare nabla before a function of more than a symbol may be by what stands in that."""
    found = any(isinstance(n, Symbol) and n.name.startswith(ARGUMENT) for n in case.claim.nodes())
    return "it is not clear whether the nabla differentiates the composition" if found else ""


def _volume(case: Case) -> str:
    volume = case.understanding.integrates and differentiates(case.claim)
    return "a differential may stand for a volume element here" if volume else ""


def _einstein(case: Case) -> str:
    told = case.understanding.sums_implied or says_sums_implied(case.understanding.extraction.prose)
    summed = case.claim.summed and not told
    return "an index that stands twice in a product may be summed over" if summed else ""


def _posed(case: Case) -> str:
    said = "the step may rest on an equation that the text poses"
    keys, model, understanding = free_leaves(case.model, case.claim), case.model, case.understanding
    if any(mine <= keys for mine in understanding.posed):
        return said
    equations = {
        place: free_leaves(model, meaning)
        for place in understanding.equations
        if isinstance(meaning := model.meaning(place), Claim)
    }
    posed = [place for place, mine in equations.items() if mine <= keys]
    if not posed or case.claim.asserts is not Assertion.EQUAL:
        return said if posed else ""
    reading = case.answer.used[case.place[1]]
    seed = understanding.seeds[case.place[0]][case.place[1]]
    differs = differs_on_solutions(model, reading, case.place, case.claim, seed, posed)
    return "" if differs else said


def says_its_kind(claim: Claim) -> bool:
    """Whether a claim may define of what kind its only matrix is.

    `TT^* = T^*T` and `Q^* = Q^{-1}` do, of one that is normal or unitary: both sides are products
    of the letter, its adjoint and its inverse.
    """
    sides = (claim.left, claim.right)
    factors = [f for s in sides for f in (s.factors if isinstance(s, Product) else (s,))]
    letters = {claim.names.get(name) for factor in factors for name in symbols(factor)}
    adjoint = any(isinstance(f, Call) and f.operator in _ADJOINTS for f in factors)
    return adjoint and len(letters) == 1 and all(_is_plain(factor) for factor in factors)


def _is_plain(factor: Expr) -> bool:
    """Whether a factor is a letter, or one operator on a letter."""
    match factor:
        case Call(arguments=(Symbol(),)) | Power(base=Symbol(), exponent=Number() | Negative()):
            return True
        case _:
            return isinstance(factor, Symbol)


def _of_its_kind(case: Case) -> str:
    said = "the equation may say of what kind its matrix is"
    return said if says_its_kind(case.claim) else ""


def _applied(case: Case) -> str:
    """A capital that is read as a vector before a bracket with a sum: it may be an operator."""
    reading = case.answer.used[case.place[1]]
    for node in case.claim.nodes():
        for first, second in pairwise(node.factors) if isinstance(node, Product) else ():
            if isinstance(first, Symbol) and isinstance(second, Sum) and first.name[-1:].isupper():
                shape = reading.shapes.get(case.claim.names.get(first.name, ""))
                if shape and pattern(reading.unifier.resolve(shape)) in ("C", "R"):
                    return f"`{first.name}` may be applied to what stands behind it"
    return ""


def _along_an_index(case: Case) -> str:
    """A derivative of or by `h_{t+1}` beside one by `h_t`: each may depend on the one before."""
    moved: dict[str, set[Expr]] = {}
    for node in case.claim.nodes():
        for part in (node.operand, *node.by) if isinstance(node, Derivative) else ():
            match part:
                case Entry(base=Symbol(name=name), indices=(index,)):
                    moved.setdefault(name, set()).add(index)
                case _:
                    pass
    for name, indices in sorted(moved.items()):
        stems = [symbols(index) for index in indices]
        if any(a & b for a, b in combinations(stems, 2)):
            return f"the members of `{name}` may depend on each other"
    return ""


def _order_of_values(case: Case) -> str:
    """Eigenvalues of two matrices with one index: the text may count them in another order. If the
    sides differ in their sums over the index, no order makes them equal."""
    numbered = {
        (node.base, node.indices[0])
        for node in case.claim.nodes()
        if isinstance(node, Entry) and len(node.indices) == 1
        if isinstance(node.base, Call) and node.base.operator in _VALUES
    }
    letters = {index.name for _, index in numbered if isinstance(index, Symbol)}
    trial = case.trial
    if len(numbered) < 2 or len(letters) != 1 or trial is None:
        return ""
    index = (letters.pop(),)
    left, right = (
        Summation("sum", index, None, None, (), side, side.span)
        for side in (case.claim.left, case.claim.right)
    )
    summed = trial.outcome(case.model, replace(case.claim, left=left, right=right))
    said = "the eigenvalues of the two matrices may be counted in another order"
    return "" if isinstance(summed, Differs) else said


def _absurd(case: Case) -> str:
    """An inequality that a proof by contradiction arrives at."""
    ordered = case.claim.asserts is not Assertion.EQUAL
    absurd = ordered and _ABSURD.search(case.understanding.extraction.prose)
    return "the inequality may be meant to contradict something" if absurd else ""


def _primes(case: Case) -> str:
    derivations = case.understanding.extraction.derivations
    texts = [t.text for d in derivations for side in d.sides() for t in side.tokens]
    here = {token.text for side in (case.step.left, case.step.right) for token in side.tokens}
    primed = here & {"'", r"\prime"}
    turned = any(a == "^" and b in _TURNS for a, b in pairwise(t for t in texts if t != "{"))
    return "a prime may be part of a name" if primed and turned else ""


def _message(case: Case) -> str:
    return case.outcome.message if isinstance(case.outcome, Mismatch) else ""


def malformed(model: Model, outcome: Outcome, reading: Reading, place: Place, claim: Claim) -> bool:
    """Whether what is said to vanish has no shape: then the equation is none, whatever it poses.

    A letter of a function, which may be an operator, a member of a family, and a colon, which may
    stand behind a name, leave that open.
    """
    if not isinstance(outcome, Mismatch) or place in reading.apart:
        return False
    open_to = any(
        isinstance(node, Entry | Apply) or (isinstance(node, Call) and node.operator == "frobenius")
        for node in claim.nodes()
    )
    laws = [model.variables[key].law for key in keys_of(model, place)]
    functions = any(
        isinstance(law, Function) or (isinstance(law, Defined) and law.parameters) for law in laws
    )
    tensors = any(len(reading.shapes.get(key, SCALAR)) > 2 for key in keys_of(model, place))
    vanishes = is_zero(claim.left) or is_zero(claim.right)
    return vanishes and not functions and not open_to and not tensors


def _fails_alone(understanding: Understanding, choice: Choice, place: Place, claim: Claim) -> bool:
    """Whether a step fails by itself as well, with nothing but the definitions it uses.

    The chain rule in products of derivatives, and tensors, are left to a reader who knows the
    layout.
    """
    if any(
        isinstance(node, Product) and any(isinstance(f, Derivative) for f in node.factors)
        for node in claim.nodes()
    ):
        return False
    model = from_afar(understanding.model(choice.notation), place[0])
    for component in alone(model, place[0], place[1]):
        for reading in islice(readings(model, component, choice.layout), 1):
            if any(len(shape) > 2 for shape in reading.shapes.values()):
                return False
            seed = understanding.seeds[place[0]][place[1]]
            outcome = try_claim(model, reading, place, claim, seed)
            if not isinstance(outcome, Mismatch | Differs):
                return False
    return not _holds_freely(understanding, choice, place, claim)


def _holds_freely(understanding: Understanding, choice: Choice, place: Place, claim: Claim) -> bool:
    """Whether a step holds whatever its symbols are, their definitions left out.

    Of a step in entries it is enough that it has a shape then: definitions in whole vectors add
    numbers to these.
    """
    model = from_afar(without_laws(understanding.model(choice.notation)), place[0])
    seed = understanding.seeds[place[0]][place[1]]
    fits = Agrees | Differs if any(isinstance(n, Entry) for n in claim.nodes()) else Agrees
    return any(
        isinstance(try_claim(model, reading, place, claim, seed), fits)
        for component in alone(model, place[0], place[1])
        for reading in islice(readings(model, component, choice.layout), 1)
    )


def _ill_before(model: Model, answer: Answer, place: Place, derivation: Derivation) -> bool:
    """Whether the left side has no shape by itself, and the step before, which wrote it, was let
    pass as one that is posed."""
    number, index = place
    if place not in answer.used[index].left_ill or not index:
        return False
    before = model.meanings[number][index - 1]
    carried = derivation.steps[index - 1].right is derivation.steps[index].left
    if not carried or not isinstance(before, Claim) or not before.tentative:
        return False
    outcome, reading = answer.outcomes[index - 1], answer.used[index - 1]
    return not malformed(model, outcome, reading, (number, index - 1), before)


def _refers(step: Step) -> bool:
    """Whether the relation carries a reference to another equation."""
    return r"\eqref" in step.relation.text or r"\ref" in step.relation.text


def _mended(case: Case) -> str:
    """A bracket without a partner, which may have been meant elsewhere than it is read."""
    return case.claim.mended


def _of_unknown(case: Case) -> str:
    name = derives_unknown(case.model, case.claim)
    return f"nothing says what function `{name}` is" if name else ""


GUARDS = (
    Guard(Reason.UNREADABLE_NOTATION, None, _mended),
    Guard(Reason.UNKNOWN_SYMBOL, None, _rests_on_unread),
    Guard(Reason.UNKNOWN_SYMBOL, None, _mean),
    Guard(Reason.NO_VALID_SAMPLE, Differs, _whole),
    Guard(Reason.UNKNOWN_SYMBOL, Differs, _unlinked),
    Guard(Reason.UNKNOWN_SYMBOL, Differs, _of_unknown),
    Guard(Reason.AMBIGUOUS_SHAPE, None, _differential_once),
    Guard(Reason.AMBIGUOUS_SHAPE, Mismatch, _left_unfit),
    Guard(Reason.AMBIGUOUS_SHAPE, Mismatch, _lists),
    Guard(Reason.AMBIGUOUS_SHAPE, Mismatch, _quotients),
    Guard(Reason.AMBIGUOUS_SHAPE, Mismatch, _laid_out),
    Guard(Reason.AMBIGUOUS_SHAPE, Mismatch, _zeros),
    Guard(Reason.AMBIGUOUS_SHAPE, Mismatch, _primes),
    Guard(Reason.AMBIGUOUS_SHAPE, Mismatch, _applied),
    Guard(Reason.UNKNOWN_SYMBOL, None, _of_its_kind),
    Guard(Reason.AMBIGUOUS_SHAPE, Mismatch, _shapes_elsewhere),
    Guard(Reason.UNREADABLE_NOTATION, None, _unsaid),
    Guard(Reason.UNKNOWN_SYMBOL, None, _either),
    Guard(Reason.UNKNOWN_SYMBOL, None, _named),
    Guard(Reason.UNKNOWN_SYMBOL, None, _inverse),
    Guard(Reason.UNKNOWN_SYMBOL, Differs, _negative),
    Guard(Reason.UNKNOWN_SYMBOL, None, _reference),
    Guard(Reason.AMBIGUOUS_SHAPE, None, _gradient_at),
    Guard(Reason.AMBIGUOUS_SHAPE, None, _volume),
    Guard(Reason.UNREADABLE_NOTATION, None, _einstein),
    Guard(Reason.UNKNOWN_SYMBOL, None, _along_an_index),
    Guard(Reason.AMBIGUOUS_SHAPE, Differs, _order_of_values),
    Guard(Reason.UNKNOWN_SYMBOL, Differs, _absurd),
    Guard(Reason.UNKNOWN_SYMBOL, Differs, _said_of_defined),
    Guard(Reason.AMBIGUOUS_SHAPE, Differs, _loose),
    Guard(Reason.UNKNOWN_SYMBOL, Differs, _posed),
)
"""In order: the first that applies says why a claim is not checked."""

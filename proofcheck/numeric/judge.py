"""The verdict on every step: the best reading of each derivation, and what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from proofcheck.extraction.derivation import Derivation, Extraction, Step
from proofcheck.formula.expr import Apply, Call, Derivative, Dotted, Entry, Product, Symbol
from proofcheck.formula.notation import Notation
from proofcheck.formula.shape import pattern
from proofcheck.inference.context import is_restatement, understand
from proofcheck.inference.model import (
    Claim,
    Defined,
    Function,
    Introduction,
    Model,
    Posed,
    Unread,
)
from proofcheck.inference.patterns import is_zero
from proofcheck.inference.readings import (
    Component,
    Place,
    Reading,
    alone,
    components,
    free_leaves,
    keys_of,
    readings,
    without_laws,
)
from proofcheck.inference.reason import Reason
from proofcheck.numeric.bench import Benches
from proofcheck.numeric.choices import Choice, choices, reads_alike, usual
from proofcheck.numeric.complexes import can_be_complex, is_complex, needs_complex
from proofcheck.numeric.evaluation import differentiates_once
from proofcheck.numeric.layouts import Turned, minority
from proofcheck.numeric.trial import (
    Agrees,
    Differs,
    Mismatch,
    Outcome,
    Undecided,
    differentiates,
    on_solutions,
    rests_on_unread,
    retried,
    try_claim,
)
from proofcheck.numeric.verdict import Assumption, Judgement, Verdict

_WHOLE = frozenset(("factorial", "binomial"))
"""Operators whose arguments are whole numbers, as a rule, and are not drawn as such."""

Reconsider = Callable[[Model, Component, Reading, Place, Claim, str], Assumption | None]


@dataclass(slots=True)
class Understanding:
    """The models and readings of a document, made when they are first needed."""

    extraction: Extraction
    seeds: tuple[tuple[str, ...], ...]
    reconsider: Reconsider | None
    usual: Choice
    others: tuple[Choice, ...]
    integrates: bool = False
    sums_implied: bool = False  # whether a step held in which an index is summed without a sum
    posed: list[frozenset[str]] = field(default_factory=list)
    equations: list[Place] = field(default_factory=list)
    benches: Benches = field(default_factory=Benches)
    forced: frozenset[Place] = frozenset()
    restated: set[Place] = field(default_factory=set)
    turned: dict[Place, tuple[Turned, Judgement]] = field(default_factory=dict)
    models: dict[Notation | None, Model] = field(default_factory=dict)
    parts: dict[Notation | None, dict[Place, Component]] = field(default_factory=dict)
    own: dict[tuple[Notation | None, int], list[Component]] = field(default_factory=dict)
    read: dict[tuple[Choice, int], list[Reading]] = field(default_factory=dict)

    def model(self, notation: Notation | None) -> Model:
        """The model under a notation."""
        if notation not in self.models:
            self.models[notation] = understand(self.extraction, notation, self.forced)
        return self.models[notation]

    def component_at(self, notation: Notation | None, place: Place) -> Component | None:
        """The component that a step belongs to."""
        if notation not in self.parts:
            self.parts[notation] = {
                step: component
                for component in reversed(components(self.model(notation)))
                for step in component.places
            }
        return self.parts[notation].get(place)

    def readings(self, choice: Choice, place: Place) -> list[Reading]:
        """The readings of the component that a step belongs to, best first."""
        model = self.model(choice.notation)
        if choice.alone:
            if (choice.notation, place[0]) not in self.own:
                self.own[choice.notation, place[0]] = alone(model, place[0])
            parts = self.own[choice.notation, place[0]]
            component = next((part for part in parts if place in part.places), None)
        else:
            component = self.component_at(choice.notation, place)
        if component is None:
            return []
        key = (choice, id(component))  # `own` and `parts` keep it, so that no other takes its place
        if key not in self.read:
            found = readings(model, component, choice.layout)
            self.read[key] = [replace(r, tied=choice.tied) for r in islice(found, 4)]
        return self.read[key]


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcomes of a derivation's claims under one choice, by step."""

    choice: Choice
    rank: int
    outcomes: dict[int, Outcome]
    used: dict[int, Reading]

    @property
    def agreeing(self) -> int:
        """How many steps hold."""
        return sum(isinstance(outcome, Agrees) for outcome in self.outcomes.values())


def judge(
    extraction: Extraction, reconsider: Reconsider | None = None
) -> tuple[tuple[Judgement, ...], ...]:
    """One judgement for each step of each derivation.

    `reconsider` is asked, for a claim that fails, for an assumption under which it holds.
    """
    seeds = tuple(
        tuple(_seed(derivation, i) for i in range(len(derivation.steps)))
        for derivation in extraction.derivations
    )
    integrates = _integrates(extraction)
    first, others = usual(extraction), choices(extraction)
    understanding = Understanding(extraction, seeds, reconsider, first, others, integrates)
    judged = _judge_all(understanding)
    if understanding.restated:
        forced = frozenset(understanding.restated)
        again = Understanding(
            extraction, seeds, reconsider, first, others, integrates, forced=forced
        )
        judged = _judge_all(again)
    return judged


def _judge_all(understanding: Understanding) -> tuple[tuple[Judgement, ...], ...]:
    judged = tuple(
        _judge_derivation(understanding, number, derivation)
        for number, derivation in enumerate(understanding.extraction.derivations)
    )
    return _settled(understanding, judged) if understanding.turned else judged


def _settled(
    understanding: Understanding, judged: tuple[tuple[Judgement, ...], ...]
) -> tuple[tuple[Judgement, ...], ...]:
    """The judgements, with the steps in a layout that most of their part does not use."""
    parts: dict[int, set[int]] = {}
    for number, derivation in enumerate(understanding.extraction.derivations):
        parts.setdefault(derivation.scope, set()).add(number)
    odd = minority(
        (turned for turned, _ in understanding.turned.values()),
        parts,
        lambda number, layout: _only_usual(understanding, judged[number], number, layout),
    )
    return tuple(
        tuple(
            understanding.turned[number, index][1] if (number, index) in odd else judgement
            for index, judgement in enumerate(judgements)
        )
        for number, judgements in enumerate(judged)
    )


def _only_usual(
    understanding: Understanding, judged: Iterable[Judgement], number: int, layout: str
) -> int:
    """How many steps of a derivation hold as usual, and fail in another layout."""
    held = {i for i, j in enumerate(judged) if j.verdict is Verdict.HOLDS and not j.notes}
    if not held:
        return 0
    other = _answer(understanding, number, replace(understanding.usual, layout=layout), 0)
    return sum(isinstance(other.outcomes.get(i), Mismatch | Differs) for i in held)


def _turned(
    understanding: Understanding, answer: Answer, first: Answer, place: Place, step: Step
) -> None:
    """Keeps a step that holds in another layout than the usual one only, with what to say of it."""
    outcome = first.outcomes.get(place[1])
    choice, usual = answer.choice, understanding.usual
    told = understanding.extraction.layout is not None
    if told or choice.layout == usual.layout or choice.notation is not None:
        return
    if isinstance(outcome, Mismatch | Differs):
        scope = understanding.extraction.derivations[place[0]].scope
        message = f"{_sentence(step, outcome)} in the layout that the derivatives around it have"
        shown = outcome.counterexample if isinstance(outcome, Differs) else None
        understanding.turned[place] = (
            Turned(place, choice.layout, scope),
            Judgement(Verdict.CONDITIONAL, message=message, counterexample=shown, transposed=True),
        )


def _integrates(extraction: Extraction) -> bool:
    """Whether integrals occur in the document."""
    return any(
        token.text in (r"\int", r"\iint", "∫")
        for derivation in extraction.derivations
        for step in derivation.steps
        for side in (step.left, step.right)
        for token in side.tokens
    )


def _seed(derivation: Derivation, index: int) -> str:
    step = derivation.steps[index]
    words = [token.text for side in (step.left, step.right) for token in side.tokens]
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:12]


def _judge_derivation(
    understanding: Understanding, number: int, derivation: Derivation
) -> tuple[Judgement, ...]:
    first = _answer(understanding, number, understanding.usual, 0)
    answers = [first]
    if _has_failures(first):
        answers += _alternatives(understanding, number)
    most = max(answer.agreeing for answer in answers)
    best = [answer for answer in answers if answer.agreeing == most]
    return tuple(
        _judgement(understanding, best, first, (number, i), derivation)
        for i in range(len(derivation.steps))
    )


def _has_failures(answer: Answer) -> bool:
    return any(not isinstance(outcome, Agrees) for outcome in answer.outcomes.values())


def _alternatives(understanding: Understanding, number: int) -> Iterator[Answer]:
    for rank in (1, 2, 3):
        if any(
            len(understanding.readings(understanding.usual, (number, i))) > rank
            for i in range(len(understanding.seeds[number]))
        ):
            yield _answer(understanding, number, understanding.usual, rank)
    ill = _ill_shaped(understanding, number)
    for choice in understanding.others:
        if choice.alone and not ill:
            continue
        if _explains_nothing(understanding, number, choice):
            continue
        yield _answer(understanding, number, choice, 0)


def _explains_nothing(understanding: Understanding, number: int, choice: Choice) -> bool:
    """Whether nothing that a derivation rests on reads differently under a choice."""
    if choice.notation is None or choice.layout != understanding.usual.layout:
        return False
    return reads_alike(understanding.model(None), understanding.model(choice.notation), number)


def _ill_shaped(understanding: Understanding, number: int) -> bool:
    """Whether the first reading finds no shape for some step of a derivation."""
    return any(
        place in reading.ill or place in reading.blocked
        for place in ((number, i) for i in range(len(understanding.seeds[number])))
        for reading in understanding.readings(understanding.usual, place)[:1]
    )


def _answer(understanding: Understanding, number: int, choice: Choice, rank: int) -> Answer:
    model = understanding.model(choice.notation)
    outcomes: dict[int, Outcome] = {}
    used: dict[int, Reading] = {}
    posed = list(understanding.equations)
    solves = choice.solves and rank == 0
    for index, meaning in enumerate(model.meanings[number]):
        if not isinstance(meaning, Claim):
            continue
        place = (number, index)
        options = understanding.readings(choice, place)
        if not options:
            continue
        reading = options[min(rank, len(options) - 1)]
        used[index] = reading
        seed = understanding.seeds[number][index]
        bench = understanding.benches.get(model, reading, meaning, understanding.seeds[number][0])
        outcomes[index] = try_claim(model, reading, place, meaning, seed, bench=bench)
        if isinstance(outcomes[index], Differs):
            outcomes[index] = (
                retried(model, reading, place, meaning, seed)
                or (solves and on_solutions(model, reading, place, meaning, seed, posed))
                or outcomes[index]
            )
        if meaning.tentative and isinstance(outcomes[index], Differs):
            posed.append(place)
    return Answer(choice, rank, outcomes, used)


def _judgement(
    understanding: Understanding,
    best: list[Answer],
    first: Answer,
    place: Place,
    derivation: Derivation,
) -> Judgement:
    """What the best readings say; a step fails only if it does in all of them."""
    answer = next((a for a in best if _spares(understanding, a, first, place)), best[0])
    model = understanding.model(answer.choice.notation)
    meaning = model.meaning(place)
    match meaning:
        case Introduction():
            return Judgement(Verdict.DEFINITION)
        case Posed(key=key):
            if key:
                understanding.posed.append(frozenset((key,)))
            return Judgement(Verdict.ASSUMED)
        case Unread(reason=reason, message=message, place=where):
            return Judgement(Verdict.UNCHECKED, reason=reason, message=message, place=where)
        case Claim():
            judged = _of_claim(understanding, best, answer, place, meaning, derivation)
            shown = _shown(model, answer.used[place[1]], place)
            holds = judged.verdict is Verdict.HOLDS
            if holds:
                _turned(understanding, answer, first, place, derivation.steps[place[1]])
            notes = _notes(answer, first, place[1], meaning) if holds else ()
            return replace(judged, reading=shown, notes=notes)


def _of_claim(
    understanding: Understanding,
    best: list[Answer],
    answer: Answer,
    place: Place,
    claim: Claim,
    derivation: Derivation,
) -> Judgement:
    step = derivation.steps[place[1]]
    model = understanding.model(answer.choice.notation)
    outcome = answer.outcomes[place[1]]
    if claim.unequal:
        return _of_unequal(outcome)
    match outcome:
        case Agrees() if needs_complex(model, claim):
            return _of_conjugates(understanding, answer, place, claim, step)
        case Agrees(evidence=evidence):
            understanding.sums_implied |= claim.summed
            return Judgement(Verdict.HOLDS, evidence)
        case Undecided(reason=reason, message=message):
            return Judgement(Verdict.UNCHECKED, reason=reason, message=message)
        case Mismatch() | Differs() if claim.optimum:
            message = "the objectives differ, and their optima may be equal"
            return Judgement(Verdict.UNCHECKED, reason=Reason.UNSUPPORTED_FUNCTION, message=message)
        case Mismatch() | Differs() if claim.tentative and not _malformed(
            model, outcome, answer.used[place[1]], place, claim
        ):
            if is_restatement(claim) and place not in understanding.forced:
                understanding.restated.add(place)
            if isinstance(outcome, Differs):
                understanding.posed.append(free_leaves(model, claim))
                understanding.equations.append(place)
            return Judgement(Verdict.ASSUMED)
        case Mismatch() | Differs() if unread := rests_on_unread(model, claim):
            return Judgement(Verdict.UNCHECKED, reason=Reason.UNKNOWN_SYMBOL, message=unread)
        case Differs() if any(isinstance(n, Call) and n.operator in _WHOLE for n in claim.nodes()):
            message = "the step may hold for whole numbers only"
            return Judgement(Verdict.UNCHECKED, reason=Reason.NO_VALID_SAMPLE, message=message)
        case Differs() if claim.unlinked:
            message = "nothing says how what the sides differentiate by depends on each other"
            return Judgement(Verdict.UNCHECKED, reason=Reason.UNKNOWN_SYMBOL, message=message)
        case Mismatch() | Differs() if differentiates_once(claim):
            message = "one side has a derivative where the other has a differential"
            return Judgement(Verdict.UNCHECKED, reason=Reason.AMBIGUOUS_SHAPE, message=message)
        case Mismatch() if _ill_before(model, answer, place, derivation):
            message = f"its left side does not fit by itself: {outcome.message}"
            return Judgement(Verdict.UNCHECKED, reason=Reason.AMBIGUOUS_SHAPE, message=message)
        case Mismatch() if any(isinstance(n, Dotted) and n.is_matrix() for n in claim.nodes()):
            message = f"a list may be a row or a column, dots more or less: {outcome.message}"
            return Judgement(Verdict.UNCHECKED, reason=Reason.AMBIGUOUS_SHAPE, message=message)
        case Mismatch() if not _fails_alone(understanding, answer.choice, place, claim):
            message = f"its shapes may be others than elsewhere: {outcome.message}"
            return Judgement(Verdict.UNCHECKED, reason=Reason.AMBIGUOUS_SHAPE, message=message)
        case Mismatch() | Differs() if _refers(step):
            message = "the step rests on an equation that it refers to"
            return Judgement(Verdict.UNCHECKED, reason=Reason.UNKNOWN_SYMBOL, message=message)
        case Mismatch() | Differs() if understanding.integrates and differentiates(claim):
            message = "a differential may stand for a volume element here"
            return Judgement(Verdict.UNCHECKED, reason=Reason.AMBIGUOUS_SHAPE, message=message)
        case Mismatch() | Differs() if claim.summed and not understanding.sums_implied:
            message = "an index that stands twice in a product may be summed over"
            return Judgement(Verdict.UNCHECKED, reason=Reason.UNREADABLE_NOTATION, message=message)
        case Differs() if any(keys <= free_leaves(model, claim) for keys in understanding.posed):
            message = "the step may rest on an equation that the text poses"
            return Judgement(Verdict.UNCHECKED, reason=Reason.UNKNOWN_SYMBOL, message=message)
        case Mismatch() | Differs():
            assumption = _assumption(understanding, best, place)
            said = _sentence(step, outcome)
            shown = outcome.counterexample if isinstance(outcome, Differs) else None
            if assumption is not None:
                message = f"{said} unless {assumption.words}"
                return Judgement(
                    Verdict.CONDITIONAL,
                    message=message,
                    counterexample=shown,
                    transposed=assumption.transposed,
                )
            mismatch = isinstance(outcome, Mismatch)
            return Judgement(Verdict.FAILS, message=said, mismatch=mismatch, counterexample=shown)


def _malformed(
    model: Model, outcome: Outcome, reading: Reading, place: Place, claim: Claim
) -> bool:
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
    return (is_zero(claim.left) or is_zero(claim.right)) and not functions and not open_to


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
    model = understanding.model(choice.notation)
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
    model = without_laws(understanding.model(choice.notation))
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
    return not _malformed(model, outcome, reading, (number, index - 1), before)


def _refers(step: Step) -> bool:
    """Whether the relation carries a reference to another equation."""
    return r"\eqref" in step.relation.text or r"\ref" in step.relation.text


def _of_conjugates(
    understanding: Understanding, answer: Answer, place: Place, claim: Claim, step: Step
) -> Judgement:
    """What complex values say of a claim that holds for real ones."""
    model, reading = understanding.model(answer.choice.notation), answer.used[place[1]]
    if not can_be_complex(model, claim):
        message = "the sides agree for real values; complex ones are not tried"
        return Judgement(Verdict.UNCHECKED, reason=Reason.UNSUPPORTED_FUNCTION, message=message)
    seed = understanding.seeds[place[0]][place[1]]
    outcome = try_claim(model, reading, place, claim, seed, imaginary=True)
    match outcome:
        case Agrees(evidence=evidence):
            return Judgement(Verdict.HOLDS, evidence)
        case Differs(counterexample=shown) if is_complex(model, claim):
            message = _sentence(step, outcome)
            return Judgement(Verdict.FAILS, message=message, counterexample=shown)
        case _:
            message = "the sides agree for real values, and not for all complex ones"
            return Judgement(Verdict.UNCHECKED, reason=Reason.AMBIGUOUS_SHAPE, message=message)


def _sentence(step: Step, outcome: Mismatch | Differs) -> str:
    left, right = _short(step.left.text), _short(step.right.text)
    if isinstance(outcome, Mismatch):
        return f"the shapes of `{left}` and `{right}` don't fit: {outcome.message}"
    return f"`{right}` is not equal to `{left}`"


def _assumption(
    understanding: Understanding, best: list[Answer], place: Place
) -> Assumption | None:
    """The first assumption that saves a step in one of the best readings."""
    if understanding.reconsider is None:
        return None
    seed = understanding.seeds[place[0]][place[1]]
    for answer in best:
        model = understanding.model(answer.choice.notation)
        meaning = model.meanings[place[0]][place[1]]
        component = understanding.component_at(answer.choice.notation, place)
        if isinstance(meaning, Claim) and component is not None and place[1] in answer.used:
            reading = answer.used[place[1]]
            found = understanding.reconsider(model, component, reading, place, meaning, seed)
            if found is not None:
                return found
    return None


def _spares(understanding: Understanding, answer: Answer, first: Answer, place: Place) -> bool:
    """Whether a step does not fail in a reading: it holds, is not checked, or makes no claim.

    What is a claim in the first reading is none in another one only if it has no shapes here and
    some there.
    """
    meaning = understanding.model(answer.choice.notation).meanings[place[0]][place[1]]
    if not isinstance(meaning, Claim):
        return True
    usual = understanding.model(None).meanings[place[0]][place[1]]
    claimed = isinstance(usual, Claim) and not usual.tentative
    differs = isinstance(first.outcomes.get(place[1]), Differs)
    apart = isinstance(answer.outcomes.get(place[1]), Mismatch)
    apart = apart and not rests_on_unread(understanding.model(answer.choice.notation), meaning)
    if meaning.tentative and not (claimed and (differs or apart)):
        return True
    return isinstance(answer.outcomes.get(place[1]), Agrees | Undecided)


def _of_unequal(outcome: Outcome) -> Judgement:
    if isinstance(outcome, Differs):
        return Judgement(Verdict.HOLDS, "exact")
    if isinstance(outcome, Undecided):
        return Judgement(Verdict.UNCHECKED, reason=outcome.reason, message=outcome.message)
    message = "both sides are equal at every point tried"
    return Judgement(Verdict.UNCHECKED, reason=Reason.NO_VALID_SAMPLE, message=message)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"


def _shown(model: Model, reading: Reading, place: Place) -> tuple[tuple[str, str], ...]:
    keys = sorted(keys_of(model, place))
    return tuple(
        (model.variables[key].name, reading.show(key)) for key in keys if key in reading.shapes
    )


def _notes(answer: Answer, first: Answer, index: int, claim: Claim) -> tuple[str, ...]:
    notes: list[str] = []
    if answer is not first and not isinstance(first.outcomes.get(index), Agrees):
        notes.append(answer.choice.note or "a reading that is not the first by convention")
    outcome = answer.outcomes[index]
    if isinstance(outcome, Agrees):
        notes += outcome.notes
    if _contracts(answer.used[index], claim):
        notes.append("the product of derivatives is a double contraction")
    return tuple(notes)


def _contracts(reading: Reading, claim: Claim) -> bool:
    """Whether a matrix meets a tensor in a product."""

    def four(node: object) -> bool:
        return (
            isinstance(node, Derivative)
            and isinstance(node.operand, Symbol)
            and all(isinstance(by, Symbol) for by in node.by)
            and _is_matrix(reading, claim, node.operand.name)
            and all(_is_matrix(reading, claim, by.name) for by in node.by if isinstance(by, Symbol))
        )

    return any(
        isinstance(node, Product) and any(four(factor) for factor in node.factors)
        for node in claim.nodes()
    )


def _is_matrix(reading: Reading, claim: Claim, name: str) -> bool:
    shape = reading.shapes.get(claim.names.get(name, ""))
    return shape is not None and pattern(reading.unifier.resolve(shape)) == "M"

"""The verdict on every step: the best reading of each derivation, and what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from proofcheck.extraction.derivation import Derivation, Extraction, RelationKind, Step
from proofcheck.formula.expr import Call, Derivative, Product, Symbol, symbols
from proofcheck.formula.shape import pattern
from proofcheck.inference.context import is_restatement
from proofcheck.inference.formulas import Formulas
from proofcheck.inference.model import (
    Assertion,
    Claim,
    Introduction,
    Malformed,
    Model,
    Posed,
    Unread,
)
from proofcheck.inference.observed import observed, with_data_fixed
from proofcheck.inference.readings import Component, Place, Reading, free_leaves, keys_of
from proofcheck.inference.reason import Reason
from proofcheck.inference.shaping import retyped
from proofcheck.inference.symbol_table import is_solved_elsewhere
from proofcheck.numeric.against_law import against_law
from proofcheck.numeric.answers import alternatives, answer_of, best_of
from proofcheck.numeric.blame import blamed
from proofcheck.numeric.by_definition import with_definitions
from proofcheck.numeric.certificate import shape_certificate
from proofcheck.numeric.choices import choices, usual
from proofcheck.numeric.complexes import (
    can_be_complex,
    is_complex,
    needs_complex,
    only_complex,
    reals,
)
from proofcheck.numeric.degenerate import differs_degenerate, needs_degenerate
from proofcheck.numeric.effort import bounded
from proofcheck.numeric.guards import Case, excuse, malformed, says_its_kind
from proofcheck.numeric.learned import NOTHING, Learned
from proofcheck.numeric.means import MEANS, tried_with_means
from proofcheck.numeric.meant import judge_meant
from proofcheck.numeric.misfits import is_misfit
from proofcheck.numeric.normal_form import proves
from proofcheck.numeric.said import Trial
from proofcheck.numeric.sectioned import NOTE, fits_apart, holds_apart
from proofcheck.numeric.sentences import disordered, sentence, shortened
from proofcheck.numeric.shrinking import smaller
from proofcheck.numeric.solved import judge_solution
from proofcheck.numeric.sparing import spares
from proofcheck.numeric.supposing import in_its_case
from proofcheck.numeric.transformed import with_transformed
from proofcheck.numeric.trial import (
    Agrees,
    Differs,
    Mismatch,
    Outcome,
    Undecided,
    try_claim,
)
from proofcheck.numeric.turning import keep_turned, settled
from proofcheck.numeric.twice import with_repetitions
from proofcheck.numeric.understanding import Answer, Known, Remedies, Understanding
from proofcheck.numeric.verdict import (
    Assumption,
    Broken,
    Counterexample,
    Judgement,
    Repair,
    Verdict,
)
from proofcheck.numeric.written_out import with_laws

MOST_REPAIRS = 100
"""How many failing steps of a document a correction is looked for."""
_ONLY_LINE = "the line after it follows from its left side: only this line is wrong"


def judge(
    extraction: Extraction,
    remedies: Remedies | None = None,
    salt: str = "",
    known: Known | None = None,
) -> tuple[tuple[Judgement, ...], ...]:
    """One judgement for each step of each derivation.

    `remedies` are asked, for a claim that fails, what would save it. Another `salt` draws other
    points; what is `known` of a document that was judged with one is taken over, and added to.
    """
    return judge_in_turn(extraction, remedies, salt, known)[0]


def judge_in_turn(
    extraction: Extraction,
    remedies: Remedies | None = None,
    salt: str = "",
    known: Known | None = None,
) -> tuple[tuple[tuple[Judgement, ...], ...], tuple[Learned, ...]]:
    """The judgements, and for each derivation what those before it have shown."""
    formulas = known.formulas if known else Formulas()
    understanding = _understanding(extraction, remedies, formulas, salt=salt, known=known)
    judged, learned = _judge_all(understanding)
    if understanding.restated:
        first, forced = understanding, frozenset(understanding.restated)
        understanding = _understanding(extraction, remedies, formulas, forced, salt, known)
        again, learned = _judge_all(understanding)
        judged = blamed(first, again)
    judged = with_definitions(understanding, judged)
    read = understanding.formulas

    def anew(other: Extraction, number: int) -> tuple[Judgement, ...]:
        return judge_one(other, number, formulas=read)

    judged = with_laws(understanding, judged, anew)
    judged = with_transformed(understanding, judged, anew)
    return with_repetitions(understanding, judged), learned


def judge_one(
    extraction: Extraction,
    number: int,
    learned: Learned = NOTHING,
    formulas: Formulas | None = None,
) -> tuple[Judgement, ...]:
    """The judgements on the steps of one derivation, with no remedies, behind those that have
    shown what is `learned`; most `formulas` may be known from another document."""
    formulas = formulas or Formulas()
    understanding = _understanding(extraction, None, formulas, learned.forced)
    understanding.recall(learned)
    derivation = extraction.derivations[number]
    judged = _judge_derivation(understanding, number, derivation)
    if understanding.restated:
        forced = learned.forced | understanding.restated
        again = _understanding(extraction, None, formulas, forced)
        again.recall(learned)
        judged = _judge_derivation(again, number, derivation)
    return judged


def _understanding(
    extraction: Extraction,
    remedies: Remedies | None,
    formulas: Formulas,
    forced: frozenset[Place] = frozenset(),
    salt: str = "",
    known: Known | None = None,
) -> Understanding:
    seeds = tuple(
        tuple(_seed(derivation, i, salt) for i in range(len(derivation.steps)))
        for derivation in extraction.derivations
    )
    first, others = usual(extraction), choices(extraction)
    found = Understanding(
        extraction,
        seeds,
        remedies,
        first,
        others,
        formulas,
        _integrates(extraction),
        forced=forced,
    )
    if known is not None:
        found.share(known.readings.setdefault(forced, found))
    return found


def _judge_all(
    understanding: Understanding,
) -> tuple[tuple[tuple[Judgement, ...], ...], tuple[Learned, ...]]:
    rows: list[tuple[Judgement, ...]] = []
    learned: list[Learned] = []
    for number, derivation in enumerate(understanding.extraction.derivations):
        learned.append(understanding.learned())
        rows.append(_judge_derivation(understanding, number, derivation))
    judged = tuple(rows)
    if understanding.turned:
        judged = settled(understanding, judged)
    return judged, tuple(learned)


def _integrates(extraction: Extraction) -> bool:
    """Whether integrals occur in the document."""
    return any(
        token.text in (r"\int", r"\iint", "∫")
        for derivation in extraction.derivations
        for step in derivation.steps
        for side in (step.left, step.right)
        for token in side.tokens
    )


def _seed(derivation: Derivation, index: int, salt: str) -> str:
    step = derivation.steps[index]
    words = [token.text for side in (step.left, step.right) for token in side.tokens]
    return hashlib.sha256(f"{salt}{' '.join(words)}".encode()).hexdigest()[:12]


def _judge_derivation(
    understanding: Understanding, number: int, derivation: Derivation
) -> tuple[Judgement, ...]:
    first = answer_of(understanding, number, understanding.usual, 0)
    best = [first]
    if _has_failures(first):
        others = alternatives(understanding, number)
        best = best_of(understanding, number, [first, *others])
    judged: list[Judgement] = []
    for index in range(len(derivation.steps)):
        place = (number, index)
        with bounded(understanding.effort(place)):
            judged.append(_judgement(understanding, best, first, place, derivation, judged))
        if judged[-1].inherited:
            judged[-2] = replace(judged[-2], notes=(*judged[-2].notes, _ONLY_LINE))
    return tuple(judged)


def _has_failures(answer: Answer) -> bool:
    return any(not isinstance(outcome, Agrees) for outcome in answer.outcomes.values())


def _judgement(
    understanding: Understanding,
    best: list[Answer],
    first: Answer,
    place: Place,
    derivation: Derivation,
    before: list[Judgement],
) -> Judgement:
    """What the best readings say; a step fails only if it does in all of them."""
    differs = isinstance(first.outcomes.get(place[1]), Differs)
    answer = next((a for a in best if spares(understanding, a, differs, place)), best[0])
    model = understanding.model(answer.choice.notation)
    meaning = model.meaning(place)
    match meaning:
        case Introduction(key=key):
            step = derivation.steps[place[1]]
            judged = judge_solution(understanding, answer, place, key, step)
            if judged.verdict is not Verdict.DEFINITION:
                return judged
            return judge_meant(understanding, answer.choice, place, step) or judged
        case Posed(key=key):
            if key:
                understanding.posed.append(frozenset((key,)))
            return Judgement(Verdict.ASSUMED)
        case Unread(reason=reason, message=message, place=where):
            return Judgement(Verdict.UNCHECKED, reason=reason, message=message, place=where)
        case Malformed(message=message, shapes=shapes):
            return Judgement(Verdict.FAILS, message=message, mismatch=shapes)
        case Claim():
            if not isinstance(answer.outcomes.get(place[1]), Agrees):
                if apart := holds_apart(understanding, place):
                    notes = (NOTE, *apart.notes)
                    return Judgement(Verdict.HOLDS, apart.evidence, tried=apart.tried, notes=notes)
            judged = _of_claim(understanding, best, answer, place, meaning, derivation, before)
            shown = _shown(model, answer.used[place[1]], place)
            holds = judged.verdict is Verdict.HOLDS
            if holds and _is_fitted(model, answer, first, place):
                message = "its letters would have to mean something else than elsewhere"
                return Judgement(Verdict.UNCHECKED, reason=Reason.AMBIGUOUS_SHAPE, message=message)
            if holds:
                keep_turned(understanding, answer, first, place, derivation.steps[place[1]])
            notes = _notes(answer, first, place[1], meaning) if holds else judged.notes
            return replace(judged, reading=shown, notes=notes)


def _is_fitted(model: Model, answer: Answer, first: Answer, place: Place) -> bool:
    """Whether letters are of a plainer kind than elsewhere, a number and not a vector, for the sake
    of a right side alone: the left one has a shape by what they are, and the step is wrong then."""
    usual, used = first.used.get(place[1]), answer.used[place[1]]
    wrong = isinstance(first.outcomes.get(place[1]), Mismatch | Differs)
    if not answer.choice.alone or not wrong or usual is None or place in usual.left_ill:
        return False
    mine = keys_of(model, place) & usual.kinds.keys()
    plainer = ("S", "C", "M")
    return any(
        plainer.index(used.kinds[key]) < plainer.index(usual.kinds[key])
        for key in mine
        if used.kinds.get(key) in plainer and usual.kinds[key] in plainer
    )


def _of_claim(
    understanding: Understanding,
    best: list[Answer],
    answer: Answer,
    place: Place,
    claim: Claim,
    derivation: Derivation,
    before: list[Judgement],
) -> Judgement:
    outcome = answer.outcomes[place[1]]
    match claim.asserts:
        case Assertion.EQUAL:
            return _of_equality(understanding, best, answer, place, claim, derivation, before)
        case Assertion.UNEQUAL:
            return _of_unequal(outcome)
        case Assertion.LESS | Assertion.LESS_EQUAL | Assertion.GREATER | Assertion.GREATER_EQUAL:
            return _of_order(understanding, best, answer, place, claim, derivation)
        case _:
            assert_never(claim.asserts)


def _of_equality(
    understanding: Understanding,
    best: list[Answer],
    answer: Answer,
    place: Place,
    claim: Claim,
    derivation: Derivation,
    before: list[Judgement],
) -> Judgement:
    step = derivation.steps[place[1]]
    model = understanding.model(answer.choice.notation)
    outcome = answer.outcomes[place[1]]
    if not isinstance(outcome, Agrees) and not step.posed:
        if against := _against_law(understanding, best, place):
            return _contradicting(step, against)
    match outcome:
        case Agrees() if needs_complex(model, claim):
            return _of_conjugates(understanding, answer, place, claim, step)
        case Agrees() if needs_degenerate(claim) and differs_degenerate(
            model, answer.used[place[1]], place, claim, _seed(derivation, place[1], "rank")
        ):
            message = "the sides agree for matrices of full rank, and not for others"
            return Judgement(Verdict.UNCHECKED, reason=Reason.NO_VALID_SAMPLE, message=message)
        case Agrees(evidence=evidence, tried=tried, notes=notes):
            understanding.sums_implied |= claim.summed
            understanding.means |= notes == MEANS
            if _is_proved(understanding, answer, place, claim):
                return Judgement(Verdict.HOLDS, "proved")
            return Judgement(Verdict.HOLDS, evidence, tried=tried)
        case Undecided(reason=reason, message=message):
            return Judgement(Verdict.UNCHECKED, reason=reason, message=message)
        case Mismatch() | Differs() if claim.optimum:
            message = "the objectives differ, and their optima may be equal"
            return Judgement(Verdict.UNCHECKED, reason=Reason.UNSUPPORTED_FUNCTION, message=message)
        case Mismatch() | Differs() if claim.tentative and not (
            (
                malformed(model, outcome, answer.used[place[1]], place, claim)
                or is_misfit(understanding, answer, place, claim, step)
            )
            and not any(isinstance(a.outcomes.get(place[1]), Differs) for a in _crossing(best))
            and not fits_apart(understanding, place)
        ):
            again = is_restatement(claim) or _poses_anew(model, claim, derivation.scope)
            if again and place not in understanding.forced:
                understanding.restated.add(place)
            if _after_slip(derivation, place[1], before):
                understanding.doubted.add(place)
            elif isinstance(outcome, Differs):
                understanding.equations.append(place)
            elif _is_hypothesis(step) and (keys := free_leaves(model, claim)):
                understanding.posed.append(keys)  # what it asks of them has no shapes
            return Judgement(Verdict.ASSUMED)
        case Mismatch() | Differs():
            accused = Case(understanding, answer, place, claim, derivation, outcome)
            if found := excuse(accused) or _excused_elsewhere(accused, best):
                return Judgement(Verdict.UNCHECKED, reason=found[0], message=found[1])
            if only_complex(model, claim) and (
                isinstance(outcome, Differs) or _of_unsaid_kind(model, claim)
            ):
                return _at_complex_only(model, claim, step, outcome)
            near, far = _slipped(derivation, place[1], before)
            if (index := _follows(understanding, best, place, near)) is not None:
                shown = _counterexample(understanding, best, place, outcome)
                return _inherited(step, derivation.steps[index], outcome, shown)
            judged = _accused(understanding, best, place, step, outcome)
            if (index := _follows(understanding, best, place, far)) is not None:
                other = shortened(derivation.steps[index].left.text)
                note = f"it is equal to `{other}`, before an earlier slip: two slips cancel"
                return replace(judged, notes=(*judged.notes, note))
            return judged


def _excused_elsewhere(accused: Case, best: list[Answer]) -> tuple[Reason, str] | None:
    """Why a step that has no shapes is not accused by the first of the best readings in which it
    has some: it does not fail there."""
    understanding, place = accused.understanding, accused.place
    for answer in _crossing(best) if isinstance(accused.outcome, Mismatch) else ():
        outcome = answer.outcomes.get(place[1])
        meaning = understanding.model(answer.choice.notation).meaning(place)
        if isinstance(outcome, Differs) and isinstance(meaning, Claim):
            return excuse(replace(accused, answer=answer, claim=meaning, outcome=outcome))
    return None


def _crossing(best: list[Answer]) -> list[Answer]:
    """The answers in which signs are products of vectors: what has no shapes by other products may
    have some by these."""
    return [a for a in best if a.choice.notation is not None and a.choice.notation.signs]


def _is_hypothesis(step: Step) -> bool:
    """Whether the words before an equation pose it: "with", "let", "if"."""
    return (step.posed or step.announced) and step.relation.kind is RelationKind.EQUAL


def _against_law(understanding: Understanding, best: list[Answer], place: Place) -> Differs | None:
    """How a step contradicts the law that the text gives, in all of the best readings."""
    seed, prose = understanding.seeds[place[0]][place[1]], understanding.extraction.words
    found = [
        against_law(Trial(model, component, reading, place, claim, seed), prose)
        for model, component, reading, claim in _claims(understanding, best, place)
    ]
    return found[0] if found and all(found) else None


def _contradicting(step: Step, outcome: Differs) -> Judgement:
    """What is said of a step that contradicts a law of the text."""
    note = "for the mean and the covariance that the text gives"
    shown = outcome.counterexample
    return Judgement(
        Verdict.FAILS, message=sentence(step, outcome), counterexample=shown, notes=(note,)
    )


def _poses_anew(model: Model, claim: Claim, scope: int) -> bool:
    """Whether an equation that is posed speaks of what solved those of another part."""
    said = (symbols(claim.left) | symbols(claim.right)) & claim.names.keys()
    return any(is_solved_elsewhere(model.variables[claim.names[name]], scope) for name in said)


def _after_slip(derivation: Derivation, index: int, before: list[Judgement]) -> bool:
    """Whether the left side of a step is the right one of a step that failed."""
    carried = index and derivation.steps[index - 1].right is derivation.steps[index].left
    return bool(carried) and before[index - 1].verdict is Verdict.FAILS


def _is_proved(understanding: Understanding, answer: Answer, place: Place, claim: Claim) -> bool:
    """Whether a claim that agrees at every point tried has sides of equal normal forms."""
    notation = answer.choice.notation
    model = with_data_fixed(understanding.model(notation), claim, understanding.data(notation))
    return proves(model, answer.used[place[1]], place, claim)


def _slipped(
    derivation: Derivation, index: int, before: list[Judgement]
) -> tuple[list[int], list[int]]:
    """The steps of a chain that failed: those right before a step, and earlier ones.

    The left sides of the former should be equal to that of the step, whose own is wrong.
    """
    near: list[int] = []
    far: list[int] = []
    while index > 0 and derivation.steps[index - 1].right is derivation.steps[index].left:
        index -= 1
        failed = before[index].verdict is Verdict.FAILS
        if failed and not far and len(near) == len(before) - 1 - index:
            near.append(index)
        elif failed:
            far.append(index)
        if before[index].inherited:
            break
    return near, far


def _follows(
    understanding: Understanding, best: list[Answer], place: Place, earlier: list[int]
) -> int | None:
    """The step, of some that failed, whose left side the right side of this one is equal to."""
    seed = understanding.seeds[place[0]][place[1]]
    for index in earlier:
        for model, component, reading, claim in _claims(understanding, best, place):
            other = model.meaning((place[0], index))
            if isinstance(other, Claim):
                meant = replace(claim, left=other.left)
                changed, typed = retyped(model, component, reading, place, meant)
                if isinstance(try_claim(changed, typed, place, meant, seed), Agrees):
                    return index
                told = tried_with_means(changed, typed, place, meant, seed)
                if understanding.means and isinstance(told, Agrees):
                    return index
    return None


def _counterexample(
    understanding: Understanding, best: list[Answer], place: Place, outcome: Mismatch | Differs
) -> Counterexample | None:
    """The values at which a step fails, or the shapes with which it does."""
    if isinstance(outcome, Differs):
        return outcome.counterexample
    for model, _, reading, claim in _claims(understanding, best, place):
        if place in reading.ill and understanding.remedies is not None:
            shown = shape_certificate(model, reading, claim)
            return Counterexample((), None, None, "", shown) if shown else None
    return None


def _inherited(
    step: Step, slipped: Step, outcome: Mismatch | Differs, shown: Counterexample | None
) -> Judgement:
    """What is said of a step that fails since the line before it is wrong."""
    note = f"it follows from `{shortened(slipped.left.text)}`, before the slip"
    return Judgement(
        Verdict.FAILS,
        message=f"{sentence(step, outcome)}, which is wrong",
        mismatch=isinstance(outcome, Mismatch),
        counterexample=shown,
        inherited=True,
        notes=(note,),
    )


def _accused(
    understanding: Understanding,
    best: list[Answer],
    place: Place,
    step: Step,
    outcome: Mismatch | Differs,
) -> Judgement:
    """What is said of a claim that fails, or holds under an assumption that nobody stated."""
    assumption = _assumption(understanding, best, place)
    said = sentence(step, outcome)
    shown = _counterexample(understanding, best, place, outcome)
    if assumption is not None and assumption.transposed:
        message = f"{said} unless {assumption.words}"
        return Judgement(
            Verdict.CONDITIONAL, message=message, counterexample=shown, transposed=True
        )
    repair = _repair(understanding, best, place)
    if isinstance(outcome, Differs) and not outcome.kept:
        shown = _smaller(understanding, best, place, outcome.counterexample)
    if assumption is not None:
        message = f"{said} unless {assumption.words}"
        return Judgement(Verdict.CONDITIONAL, message=message, counterexample=shown, repair=repair)
    return Judgement(
        Verdict.FAILS,
        message=said,
        mismatch=isinstance(outcome, Mismatch),
        counterexample=shown,
        repair=repair,
        notes=(
            *(
                claim.compared
                for *_, claim in _claims(understanding, best[:1], place)
                if claim.compared
            ),
            *_hints(understanding, best, place, repair),
            *_explained(understanding, best, place, step, outcome),
        ),
    )


def _smaller(
    understanding: Understanding, best: list[Answer], place: Place, shown: Counterexample
) -> Counterexample:
    """The counterexample in plainer numbers, where a person will read it."""
    if understanding.remedies is None:
        return shown
    model, _, reading, claim = next(_claims(understanding, best, place))
    return smaller(model, reading, place, claim, shown)


def _explained(
    understanding: Understanding,
    best: list[Answer],
    place: Place,
    step: Step,
    outcome: Mismatch | Differs,
) -> Iterator[str]:
    """What helps to find the slip: the terms that differ, and what else was tried."""
    if understanding.remedies is None:
        return
    model, _, reading, claim = next(_claims(understanding, best, place))
    if isinstance(outcome, Differs) or place in reading.ill:
        terms = understanding.remedies.explain(model, reading, place, claim, step)
        if terms is not None:
            yield terms
    derived = any(isinstance(node, Derivative) for node in claim.nodes())
    others = [a.choice for a in best[1:] if a.choice.notation is not None or derived]
    tried = dict.fromkeys(choice.note for choice in others if choice.note)
    if tried:
        plural = "" if len(tried) == 3 else "s"
        more = f", and in {len(tried) - 2} more reading{plural}" if len(tried) > 2 else ""
        yield f"it fails as well with {' and with '.join(list(tried)[:2])}{more}"


def _of_conjugates(
    understanding: Understanding, answer: Answer, place: Place, claim: Claim, step: Step
) -> Judgement:
    """What complex values say of a claim that holds for real ones."""
    model, reading = understanding.model(answer.choice.notation), answer.used[place[1]]
    if not can_be_complex(model, claim):
        message = "the sides agree for real values; complex ones are not tried"
        return Judgement(Verdict.UNCHECKED, reason=Reason.UNSUPPORTED_FUNCTION, message=message)
    outcome = _at_complex_values(understanding, model, reading, place, claim)
    component = understanding.component_at(answer.choice.notation, place)
    if not isinstance(outcome, Agrees) and component is not None:
        seed, where = understanding.seeds[place[0]][place[1]], step.left.span
        told = model, component, reading, place, claim, seed, where
        outcome = in_its_case(*told, imaginary=understanding.conjugated or "left") or outcome
    match outcome:
        case Agrees(evidence=evidence):
            return Judgement(Verdict.HOLDS, evidence)
        case Undecided(message=message):
            said = f"the sides agree for real values; at complex ones, {message}"
            return Judgement(Verdict.UNCHECKED, reason=outcome.reason, message=said)
        case Differs(counterexample=shown) if (
            is_complex(model, claim) and not _is_inner(claim) and not says_its_kind(claim)
        ):
            message = sentence(step, outcome)
            return Judgement(Verdict.FAILS, message=message, counterexample=shown)
        case _:
            message = "the sides agree for real values, and not for all complex ones"
            return Judgement(Verdict.UNCHECKED, reason=Reason.AMBIGUOUS_SHAPE, message=message)


def _of_unsaid_kind(model: Model, claim: Claim) -> bool:
    """Whether nothing says of a claim what in it is complex and what is real."""
    return not (is_complex(model, claim) or reals(model, claim))


def _at_complex_only(
    model: Model, claim: Claim, step: Step, outcome: Differs | Mismatch
) -> Judgement:
    """What is said of a claim about complex numbers that differs there, or fits by no shapes: a
    star may then be the conjugate."""
    if isinstance(outcome, Mismatch) or _is_inner(claim) or _of_unsaid_kind(model, claim):
        message = "the sides differ at complex values, and nothing says what is complex"
        return Judgement(Verdict.UNCHECKED, reason=Reason.AMBIGUOUS_SHAPE, message=message)
    message, shown = sentence(step, outcome), outcome.counterexample
    return Judgement(Verdict.FAILS, message=message, counterexample=shown)


def _at_complex_values(
    understanding: Understanding, model: Model, reading: Reading, place: Place, claim: Claim
) -> Outcome:
    """What complex values say of a claim; the first that holds with one argument of its inner
    products conjugated, and not with the other, says which one is in the whole document."""
    seed = understanding.seeds[place[0]][place[1]]
    open_ = _is_inner(claim) and not understanding.conjugated
    outcomes = {
        side: try_claim(model, reading, place, claim, seed, imaginary=side)
        for side in (("left", "right") if open_ else (understanding.conjugated or "left",))
    }
    agreeing = [side for side, outcome in outcomes.items() if isinstance(outcome, Agrees)]
    if open_ and len(agreeing) == 1:
        understanding.conjugated = agreeing[0]
    return outcomes[agreeing[0]] if agreeing else next(iter(outcomes.values()))


def _is_inner(claim: Claim) -> bool:
    return any(isinstance(n, Call) and n.operator == "inner product" for n in claim.nodes())


def _assumption(
    understanding: Understanding, best: list[Answer], place: Place
) -> Assumption | None:
    """The first assumption that saves a step in one of the best readings."""
    if understanding.remedies is None:
        return None
    seed = understanding.seeds[place[0]][place[1]]
    reconsider = understanding.remedies.reconsider
    for model, component, reading, claim in _claims(understanding, best, place):
        tried = with_data_fixed(model, claim, observed(model))
        found = reconsider(model, tried, component, reading, place, claim, seed)
        if found is not None:
            return found
    return None


def _repair(understanding: Understanding, best: list[Answer], place: Place) -> Repair | None:
    """The first correction of a step in one of the best readings."""
    if understanding.remedies is None or understanding.repairs >= MOST_REPAIRS:
        return None
    understanding.repairs += 1
    extraction, mend = understanding.extraction, understanding.remedies.mend
    options = [
        (answer.choice.note, found)
        for answer in best
        for found in _claims(understanding, [answer], place)
    ]
    options.sort(key=lambda option: place in option[1][2].ill)
    for note, (model, component, reading, claim) in options[:2]:
        found = mend(extraction, model, component, reading, place, claim, note)
        if found is not None:
            return found
    return None


def _hints(
    understanding: Understanding, best: list[Answer], place: Place, repair: Repair | None
) -> Iterator[str]:
    """What else is said of a step without a correction; takes in that its right side is wrong."""
    model, component, reading, claim = next(_claims(understanding, best, place))
    wrong = claim.left in understanding.wrong
    understanding.wrong.add(claim.right)
    if repair is None and understanding.remedies and understanding.repairs < MOST_REPAIRS:
        hint, extraction = understanding.remedies.hint, understanding.extraction
        found = hint(extraction, model, component, reading, place, claim, wrong)
        if found is not None:
            yield found


def _claims(
    understanding: Understanding, best: list[Answer], place: Place
) -> Iterator[tuple[Model, Component, Reading, Claim]]:
    """A step as the best readings understand it."""
    for answer in best:
        model = understanding.model(answer.choice.notation)
        meaning = model.meanings[place[0]][place[1]]
        component = understanding.component_at(answer.choice.notation, place)
        if isinstance(meaning, Claim) and component is not None and place[1] in answer.used:
            yield model, component, answer.used[place[1]], meaning


def _of_order(
    understanding: Understanding,
    best: list[Answer],
    answer: Answer,
    place: Place,
    claim: Claim,
    derivation: Derivation,
) -> Judgement:
    """What is said of an inequality: one that may be a constraint and is not always true is one."""
    match outcome := answer.outcomes[place[1]]:
        case Agrees(evidence=evidence, tried=tried):
            return Judgement(Verdict.HOLDS, evidence, tried=tried)
        case Undecided(reason=Reason.UNKNOWN_SYMBOL) if claim.tentative:
            return Judgement(Verdict.ASSUMED)
        case Undecided(reason=reason, message=message):
            return Judgement(Verdict.UNCHECKED, reason=reason, message=message)
        case Mismatch() | Differs() if claim.tentative:
            return Judgement(Verdict.ASSUMED)
        case Mismatch() | Differs():
            accused = Case(understanding, answer, place, claim, derivation, outcome)
            if found := excuse(accused):
                return Judgement(Verdict.UNCHECKED, reason=found[0], message=found[1])
            step = derivation.steps[place[1]]
            shown = outcome.counterexample if isinstance(outcome, Differs) else None
            return Judgement(
                Verdict.FAILS,
                message=disordered(step),
                mismatch=isinstance(outcome, Mismatch),
                counterexample=shown and _smaller(understanding, best, place, shown),
                broken=Broken.ORDER,
            )


def _of_unequal(outcome: Outcome) -> Judgement:
    if isinstance(outcome, Differs):
        return Judgement(Verdict.HOLDS, "exact")
    if isinstance(outcome, Undecided):
        return Judgement(Verdict.UNCHECKED, reason=outcome.reason, message=outcome.message)
    message = "both sides are equal at every point tried"
    return Judgement(Verdict.UNCHECKED, reason=Reason.NO_VALID_SAMPLE, message=message)


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

r"""What a document says twice of one quantity: the theorem, and what its proof arrives at.

`\mathrm{H}(X) = T` in a theorem and `\mathrm{H}(X) = A = B` in its proof are both definitions as
far as their letters go. An equation that says what an earlier one of its part says of the same left
side holds, and so does a theorem that says what a chain of its proof ends with, if every step of it
holds. A theorem that says something else than such a chain, whose first step is borne out too, is
wrong: two equations speak against one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import combinations, islice

from proofcheck.document.tokens import Token
from proofcheck.extraction.derivation import RelationKind, Step
from proofcheck.formula.expr import Cases, Comparison, Expr, Moment, symbols, walk
from proofcheck.inference.model import Claim, Defined, Free, Introduction, Model, Names
from proofcheck.inference.readings import Place, leaves
from proofcheck.inference.scopes import reaches
from proofcheck.numeric.blame import Judged
from proofcheck.numeric.meant import Meant, outcome_of
from proofcheck.numeric.sentences import shortened
from proofcheck.numeric.trial import Agrees, Differs, Outcome
from proofcheck.numeric.understanding import Understanding
from proofcheck.numeric.verdict import Judgement, Verdict

_MOST_TRIED = 3
_MOST_PAIRS = 6
_SIMILAR = 0.8
_OPEN = (Verdict.DEFINITION, Verdict.ASSUMED)
_GRANTED = re.compile(r"independen|uncorrelat|\bzero\b|assum|identically", re.IGNORECASE)
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One value that the document gives a left side: that of an equation, or of the end of the
    chain that it begins, at `place`."""

    start: Place
    place: Place
    expr: Expr
    names: Names
    text: Key
    final: bool


def with_repetitions(understanding: Understanding, judged: Judged) -> Judged:
    """The judgements, with equations that hold since others say so of the same left side."""
    rows = [list(row) for row in judged]
    told: dict[Key, list[Said]] = {}
    for said, key in _all_said(understanding, judged):
        told.setdefault(key, []).append(said)
    for number, row in enumerate(rows):
        for index, found in enumerate(row):
            step = understanding.extraction.derivations[number].steps[index]
            if found.verdict in _OPEN and not (step.announced or step.posed):
                others = told.get(_text(step.left.tokens), [])
                row[index] = _repeated(understanding, (number, index), others) or found
    for said, key in _all_said(understanding, judged):
        number, index = said.place
        if said.place == said.start and rows[number][index].verdict in _OPEN:
            wrong = _contradicted(understanding, rows, said, told[key])
            wrong = wrong or _outvoted(understanding, said, told[key])
            rows[number][index] = wrong or rows[number][index]
            if wrong is None:
                _note_contradiction(understanding, rows, said, told[key])
    return tuple(map(tuple, rows))


def _all_said(understanding: Understanding, judged: Judged) -> Iterator[tuple[Said, Key]]:
    """Every value of every left side that begins a chain."""
    model = understanding.model(None)
    for number, derivation in enumerate(understanding.extraction.derivations):
        key: Key = ()
        start = (number, 0)
        sound = True
        for index, step in enumerate(derivation.steps):
            carried = index > 0 and derivation.steps[index - 1].right is step.left
            equal = step.relation.kind in (RelationKind.EQUAL, RelationKind.DEFINE)
            if not carried:
                key, start, sound = _text(step.left.tokens), (number, index), equal
            elif not equal or judged[number][index].verdict is not Verdict.HOLDS:
                sound = False
            read = _value(model, (number, index))
            if sound and key and read is not None:
                place = number, index
                final = not _goes_on(derivation.steps, index)
                yield Said(start, place, *read, _text(step.right.tokens), final), key


def _goes_on(steps: Sequence[Step], index: int) -> bool:
    """Whether the next step of a chain begins where a step ends."""
    return index + 1 < len(steps) and steps[index + 1].left is steps[index].right


def _text(tokens: Sequence[Token]) -> Key:
    """What a side is known by."""
    return tuple(token.text for token in tokens if token.text.strip())


def _value(model: Model, place: Place) -> tuple[Expr, Names] | None:
    """The right side of a step."""
    match model.meaning(place):
        case Claim(right=right, names=names):
            return right, names
        case Introduction(key=key):
            law = model.variables[key].law
            if isinstance(law, Defined) and not law.indices:
                return law.expr, law.names
            return None
        case _:
            return None


def _repeated(understanding: Understanding, place: Place, others: list[Said]) -> Judgement | None:
    """The judgement on an equation that says what another does; None where none does."""
    mine = next((said for said in others if said.place == place == said.start), None)
    if mine is None:
        return None
    for other in _candidates(understanding, mine, others):
        found = _compared(understanding, mine, other)
        if isinstance(found, Agrees):
            said = shortened(_step(understanding, other).right.text)
            note = f"it is `{said}`, which the text says of the same left side"
            return Judgement(
                Verdict.HOLDS, found.evidence, notes=(note, *found.notes), tried=found.tried
            )
    return None


def _candidates(understanding: Understanding, mine: Said, others: list[Said]) -> list[Said]:
    """The values that may bear an equation out: earlier ones, the nearest first, and for a theorem
    the ends of the chains of its proof, the last first."""
    derivations, parts = understanding.extraction.derivations, understanding.extraction.parts
    here = derivations[mine.place[0]].scope
    before = [
        said
        for said in reversed(others)
        if said.start < mine.start
        and said.text != mine.text
        and reaches(parts, derivations[said.place[0]].scope, here)
    ]
    behind = [
        said
        for said in reversed(others)
        if said.start > mine.start
        and said.place != said.start
        and parts[here] == "statement"
        and parts[derivations[said.place[0]].scope] == "proof"
        and reaches(parts, here, derivations[said.place[0]].scope)
    ]
    stated = [said for said in before[_MOST_TRIED:] if _is_stated(understanding, said)]
    return [*before[:_MOST_TRIED], *stated[:_MOST_TRIED], *behind[:_MOST_TRIED]]


def _is_stated(understanding: Understanding, said: Said) -> bool:
    """Whether a theorem says so."""
    scope = understanding.extraction.derivations[said.place[0]].scope
    return understanding.extraction.parts[scope] == "statement"


def _compared(understanding: Understanding, mine: Said, other: Said) -> Outcome | None:
    """What the two values come to as the sides of one equation, where the letters of both mean the
    same."""
    model = understanding.model(None)
    if _is_circular(model, mine, other):
        return None
    both = (symbols(mine.expr) & mine.names.keys()) & (symbols(other.expr) & other.names.keys())
    if any(mine.names[name] != other.names[name] for name in both):
        return None
    names = {**other.names, **mine.names}
    names |= {name: other.names[name] for name in symbols(other.expr) if name in other.names}
    claim = Claim(mine.expr, other.expr, names, frozenset(), {}, True)
    return outcome_of(understanding, understanding.usual, mine.place, Meant(model, claim, ""))


def _contradicted(
    understanding: Understanding, rows: list[list[Judgement]], mine: Said, others: list[Said]
) -> Judgement | None:
    """The judgement on a theorem that says something else than its proof, of which the first step
    is borne out; None where it does not, or where the proof may speak of a case."""
    found = _contradiction(understanding, mine, others)
    if found is None or rows[found[0].start[0]][found[0].start[1]].verdict is not Verdict.HOLDS:
        return None
    step = _step(understanding, mine)
    left, right = shortened(step.left.text), shortened(step.right.text)
    end = shortened(_step(understanding, found[0]).right.text)
    message = f"`{right}` is not what the proof makes of `{left}`, `{end}`"
    return Judgement(Verdict.FAILS, message=message, counterexample=found[1].counterexample)


def _note_contradiction(
    understanding: Understanding, rows: list[list[Judgement]], mine: Said, others: list[Said]
) -> None:
    """Notes on both lines that a theorem and its proof say different things, where nothing says
    which of them is wrong."""
    found = _contradiction(understanding, mine, others)
    if found is None:
        return
    stated, end = (_step(understanding, said).right.text for said in (mine, found[0]))
    for (number, index), note in (
        (mine.place, f"the proof arrives at another value, `{shortened(end)}`"),
        (found[0].place, f"the theorem says another value, `{shortened(stated)}`"),
    ):
        told = rows[number][index]
        rows[number][index] = replace(told, notes=(*told.notes, note))


def _contradiction(
    understanding: Understanding, mine: Said, others: list[Said]
) -> tuple[Said, Differs] | None:
    """The end of the last chain of the proof of a theorem that says another value."""
    derivations, parts = understanding.extraction.derivations, understanding.extraction.parts
    here = derivations[mine.place[0]].scope
    step = _step(understanding, mine)
    if parts[here] != "statement" or step.announced or step.posed:
        return None
    stated = [o for o in others if derivations[o.place[0]].scope == here and o.start == o.place]
    last = max((o.start for o in others), default=mine.start)
    ends = [
        o
        for o in others
        if o.start == last > mine.start
        and o.final
        and o.place != o.start
        and parts[derivations[o.place[0]].scope] == "proof"
        and reaches(parts, here, derivations[o.place[0]].scope)
    ]
    if len(stated) != 1 or len(ends) != 1 or not _is_alike(understanding, mine, ends[0]):
        return None
    found = _compared(understanding, mine, ends[0])
    return (ends[0], found) if isinstance(found, Differs) else None


def _outvoted(understanding: Understanding, mine: Said, others: list[Said]) -> Judgement | None:
    """The judgement on an equation that is nearly what two others say, which agree in different
    words; None where there are no two."""
    step = _step(understanding, mine)
    if step.announced or step.posed:
        return None
    near = [o for o in others if o.start != mine.start and _is_near(understanding, mine, o)]
    for one, other in islice(combinations(near, 2), _MOST_PAIRS):
        if one.start[0] == other.start[0] or one.text == other.text:
            continue
        if not any(_is_similar(mine, said) for said in (one, other)):
            continue
        if all(_differs(understanding, mine, said) for said in (one, other)) and isinstance(
            _compared(understanding, one, other), Agrees
        ):
            found = _compared(understanding, mine, one)
            if isinstance(found, Differs):
                return _contrary(understanding, mine, one, found)
    return None


def _is_near(understanding: Understanding, mine: Said, other: Said) -> bool:
    """Whether what a value is said of is the same in the part of another one."""
    derivations, parts = understanding.extraction.derivations, understanding.extraction.parts
    here, there = sorted(derivations[said.place[0]].scope for said in (mine, other))
    whole = other.place == other.start or other.final
    return whole and other.text != mine.text and reaches(parts, here, there)


def _is_similar(mine: Said, other: Said) -> bool:
    """Whether one text is the other but for a slip."""
    return SequenceMatcher(None, mine.text, other.text, autojunk=False).ratio() >= _SIMILAR


def _differs(understanding: Understanding, mine: Said, other: Said) -> bool:
    alike = _is_alike(understanding, mine, other)
    return alike and isinstance(_compared(understanding, mine, other), Differs)


def _contrary(understanding: Understanding, mine: Said, other: Said, found: Differs) -> Judgement:
    """What is said of an equation that two others speak against."""
    step, elsewhere = _step(understanding, mine), _step(understanding, other)
    left, right, said = (shortened(side.text) for side in (step.left, step.right, elsewhere.right))
    message = f"`{right}` is not what `{left}` is elsewhere, `{said}`"
    return Judgement(Verdict.FAILS, message=message, counterexample=found.counterexample)


def _step(understanding: Understanding, said: Said) -> Step:
    """The step that gives a value."""
    number, index = said.place
    return understanding.extraction.derivations[number].steps[index]


def _is_alike(understanding: Understanding, mine: Said, other: Said) -> bool:
    """Whether two values rest on the same free letters, are of no case, and take no law for
    granted that the text only says in words."""
    model = understanding.model(None)
    free = [
        {k for k in leaves(model, said.expr, said.names) if _is_free(model, k)}
        for said in (mine, other)
    ]
    nodes = [*walk(mine.expr), *walk(other.expr)]
    cases = any(isinstance(node, Cases | Comparison) for node in nodes)
    moments = any(isinstance(node, Moment) for node in nodes)
    granted = moments and bool(_GRANTED.search(understanding.extraction.prose))
    return free[0] == free[1] and not cases and not granted


def _is_free(model: Model, key: str) -> bool:
    return isinstance(model.variables[key].law, Free)


def _is_circular(model: Model, mine: Said, other: Said) -> bool:
    """Whether one of two values rests on the symbol that they are said to be."""
    keys = {
        meaning.key
        for said in (mine, other)
        if isinstance(meaning := model.meaning(said.start), Introduction)
    }
    return any(keys & leaves(model, said.expr, said.names) for said in (mine, other))

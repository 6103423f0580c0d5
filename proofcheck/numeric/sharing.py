"""The choices of a reading, tried by several processes at once.

What one step shows may decide what is said of a later one, so the derivations of a document are
judged in order. But what the claims of a derivation come to under one choice of notation and layout
is settled by what was shown before it, whatever they come to under another one: that is what
processes share. Each has the models of its choices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from proofcheck.inference.readings import Reading
from proofcheck.numeric.choices import Choice
from proofcheck.numeric.effort import MOST_NODES, afresh, charged
from proofcheck.numeric.hands import Crew, Found, Question, Reply, current
from proofcheck.numeric.sparing import spares, standing_of
from proofcheck.numeric.trial import Differs
from proofcheck.numeric.understanding import Answer, Understanding

FEWEST_STEPS = 40
"""A document with fewer steps is not shared: all of it takes less than its processes would."""
Under = Callable[[Understanding, int, bool, Iterable[int]], dict[int, Answer]]


@dataclass(frozen=True, slots=True)
class Used(Mapping[int, Reading]):
    """The readings of some steps of a derivation under a choice, found when they are asked for."""

    understanding: Understanding
    choice: Choice
    number: int
    steps: frozenset[int]

    def __getitem__(self, index: int) -> Reading:
        if index not in self.steps:
            raise KeyError(index)
        return self.understanding.readings(self.choice, (self.number, index))[0]

    def __iter__(self) -> Iterator[int]:
        return iter(self.steps)

    def __len__(self) -> int:
        return len(self.steps)


def shared(
    understanding: Understanding, number: int, first: Answer, ill: bool, under: Under
) -> dict[int, Answer] | None:
    """The answers under all choices but the usual one, by their numbers; `under` gives those under
    some of them in one process.

    None where no process helps or one is lost, and where all choices together cost a step more than
    it may, since it matters then in which order they are tried.
    """
    crew = _crew(understanding, under)
    if not crew.hands:
        return None
    places = ((number, index) for index in range(len(understanding.seeds[number])))
    efforts = [charged(understanding.effort(place)) for place in places]
    before = [effort.left for effort in efforts]
    differing = frozenset(i for i, found in first.outcomes.items() if isinstance(found, Differs))
    for hand in crew.hands:
        hand.ask(Question(number, ill, differing, understanding.learned()))
    answers = under(understanding, number, ill, sorted(crew.own))
    replies = [hand.reply() for hand in crew.hands]
    for found in (found for reply in replies for found in reply or ()):
        answers[found.choice] = _answer(understanding, number, found)
        for index, cost in found.cost:
            efforts[index].left -= cost
    if None in replies:
        understanding.close()
    elif all(effort.left >= 0 for effort in efforts):
        return answers
    for effort, left in zip(efforts, before, strict=True):
        effort.left = left
    return None


def _answer(understanding: Understanding, number: int, found: Found) -> Answer:
    """What another process found, with readings of this one."""
    choice, outcomes = understanding.others[found.choice], dict(found.outcomes)
    used = Used(understanding, choice, number, frozenset(outcomes))
    return Answer(choice, 0, outcomes, used, found.spared, found.standing)


def _crew(understanding: Understanding, under: Under) -> Crew:
    """The processes that share the work on a document, started when they are first needed."""
    if understanding.crew is None:
        hands, others = current(), understanding.others
        long = sum(map(len, understanding.seeds)) >= FEWEST_STEPS
        own, *parts = shares(others, hands.most + 1 if hands is not None and long else 1)
        started = [
            hands.start(partial(_served, understanding, sorted(part), under))
            for part in parts
            if hands is not None and part
        ]
        understanding.crew = Crew(own, tuple(started))
    return understanding.crew


def _served(
    understanding: Understanding, chosen: Sequence[int], under: Under, question: Question
) -> Reply:
    """The answer of a process to what the one that judges asks."""
    understanding.recall(question.learned)
    found: list[Found] = []
    for choice in chosen:
        understanding.efforts.clear()
        with afresh():
            answers = under(understanding, question.number, question.ill, (choice,))
        cost = tuple((i, MOST_NODES - e.left) for (_, i), e in understanding.efforts.items())
        for answer in answers.values():
            spared = _spared(understanding, answer, question)
            standing = standing_of(understanding, question.number, answer)
            found.append(Found(choice, tuple(answer.outcomes.items()), cost, spared, standing))
    return tuple(found)


def _spared(understanding: Understanding, answer: Answer, question: Question) -> frozenset[int]:
    """The steps that do not fail in an answer."""
    return frozenset(
        index
        for index in range(len(understanding.seeds[question.number]))
        if spares(understanding, answer, index in question.differing, (question.number, index))
    )


def shares(choices: Sequence[Choice], count: int) -> tuple[frozenset[int], ...]:
    """The choices for each of so many processes, by their numbers, those of the judge first.

    Choices with one notation go together, since they have a model in common. Each process has as
    many of these, and of those of layout, since the judge can only wait for the others.
    """
    notations = dict.fromkeys(choice.notation for choice in choices if choice.notation is not None)
    turns = {notation: turn for turn, notation in enumerate(notations)}
    found: list[list[int]] = [[] for _ in range(count)]
    layouts = 0
    for number, choice in enumerate(choices):
        if choice.notation is None:
            layouts += 1
        turn = layouts if choice.notation is None else turns[choice.notation]
        found[turn % count].append(number)
    return tuple(map(frozenset, found))

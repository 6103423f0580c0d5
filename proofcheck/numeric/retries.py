"""What a claim that does not simply hold may be meant to say: each way to try it is one row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from proofcheck.document.source import Span
from proofcheck.inference.model import Claim, Model
from proofcheck.inference.readings import Component, Place, Reading
from proofcheck.inference.reason import Reason
from proofcheck.numeric.along import along_gradients
from proofcheck.numeric.by_law import by_law
from proofcheck.numeric.choices import Choice
from proofcheck.numeric.dimensions import in_few_dimensions
from proofcheck.numeric.implications import implied
from proofcheck.numeric.means import speaks_of_means, tried_with_means
from proofcheck.numeric.parameters import by_moments
from proofcheck.numeric.said import Trial, as_said
from proofcheck.numeric.samples import speaks_of_samples, tried_with_statistics
from proofcheck.numeric.supposing import for_its_indices, in_its_case
from proofcheck.numeric.trial import (
    Agrees,
    Differs,
    Mismatch,
    Outcome,
    Undecided,
    as_meant,
    bound_by_law,
    doubled,
    has_zero,
    on_solutions,
    try_claim,
)
from proofcheck.numeric.understanding import Understanding
from proofcheck.numeric.unnamed import as_customary
from proofcheck.numeric.whatever import whatever


@dataclass(frozen=True, slots=True)
class Situation:
    """A claim in one reading of its document, and the equations that the text poses before it."""

    understanding: Understanding
    choice: Choice
    rank: int
    place: Place
    claim: Claim
    reading: Reading
    posed: Sequence[Place]

    @property
    def model(self) -> Model:
        """The model that the claim is tried in."""
        return self.understanding.model(self.choice.notation)

    @property
    def seed(self) -> str:
        """From what its points are drawn."""
        return self.understanding.seeds[self.place[0]][self.place[1]]

    @property
    def component(self) -> Component | None:
        """The steps whose shapes hang together with those of the claim."""
        return self.understanding.component_at(self.choice.notation, self.place)

    @property
    def trial(self) -> Trial | None:
        """The claim with what it takes to try another one in its place."""
        if self.component is None:
            return None
        return Trial(self.model, self.component, self.reading, self.place, self.claim, self.seed)

    @property
    def where(self) -> Span:
        """Where its left side stands."""
        derivation = self.understanding.extraction.derivations[self.place[0]]
        return derivation.steps[self.place[1]].left.span

    @property
    def solves(self) -> bool:
        """Whether the claim may rest on what the text poses, in the reading at hand."""
        return self.choice.solves and self.rank == 0


@dataclass(frozen=True, slots=True)
class Retry:
    """One way to try a claim again; `over` are the outcomes it is asked about.

    `tried` gives what the claim comes to then, or None where this way says nothing of it.
    """

    over: tuple[type[Outcome], ...]
    tried: Callable[[Situation], Outcome | None]


def retried(situation: Situation, outcome: Outcome) -> Outcome:
    """The outcome of a claim, tried in each way that it may be meant until it holds."""
    for retry in RETRIES:
        if isinstance(outcome, retry.over):
            outcome = retry.tried(situation) or outcome
    return outcome


def _as_meant(at: Situation) -> Outcome | None:
    return as_meant(at.model, at.reading, at.place, at.claim, at.seed)


def _bound_by_law(at: Situation) -> Outcome | None:
    return bound_by_law(at.model, at.reading, at.place, at.claim, at.seed, at.posed)


def _on_solutions(at: Situation) -> Outcome | None:
    if not at.solves:
        return None
    rest = at.seed, at.posed
    found = on_solutions(at.model, at.reading, at.place, at.claim, *rest)
    if found is None or has_zero(at.claim):
        return found
    if on_solutions(at.model, at.reading, at.place, doubled(at.claim), *rest) is None:
        return found
    message = "both sides are zero where the equations hold that the text poses"
    return Undecided(Reason.UNKNOWN_SYMBOL, message)


def _implied(at: Situation) -> Outcome | None:
    if not at.solves:
        return None
    return implied(at.model, at.reading, at.place, at.claim, at.seed, at.posed)


def _with_means(at: Situation) -> Outcome | None:
    """With bars for means; that it differs counts only where they are."""
    found = tried_with_means(at.model, at.reading, at.place, at.claim, at.seed)
    told = at.understanding.means or speaks_of_means(at.understanding.extraction.words)
    return found if told or isinstance(found, Agrees) else None


def _with_statistics(at: Situation) -> Outcome | None:
    """With statistics of samples, where the words speak of such."""
    extraction = at.understanding.extraction
    if not speaks_of_samples(extraction.words):
        return None
    written = "".join(
        token.text.strip()
        for derivation in extraction.derivations
        for side in derivation.sides()
        for token in side.tokens
    )
    return tried_with_statistics(at.model, at.reading, at.place, at.claim, at.seed, written)


def _by_moments(at: Situation) -> Outcome | None:
    if at.component is None:
        return None
    return by_moments(at.model, at.component, at.reading, at.place, at.claim, at.seed)


def _by_law(at: Situation) -> Outcome | None:
    """By the means and covariances that the text gives; that it differs there says nothing yet."""
    found = by_law(at.trial) if at.trial is not None else None
    return found if isinstance(found, Agrees) else None


def _at_its_indices(at: Situation) -> Outcome | None:
    """For indices as the text supposes them at its step: "for i ≠ j"."""
    told = at.understanding.extraction.index_cases
    if not told:
        return None
    start = at.where.start
    return for_its_indices(at.model, at.reading, at.place, at.claim, at.seed, told, start)


def _in_its_case(at: Situation) -> Outcome | None:
    """In the case that the text supposes at its step: "if A is symmetric"."""
    if not at.model.suppositions or at.component is None:
        return None
    return in_its_case(at.model, at.component, at.reading, at.place, at.claim, at.seed, at.where)


def _as_said(at: Situation) -> Outcome | None:
    """For what the text says of symbols beyond their definitions."""
    found = as_said(at.trial) if at.trial is not None and not at.rank else None
    return found if isinstance(found, Agrees) else None


def _instead(at: Situation) -> Outcome | None:
    """Whether two sides may be meant to be proportional in another variable, in which they are."""
    for other in at.claim.others:
        found = try_claim(at.model, at.reading, at.place, other, at.seed)
        if not isinstance(found, Differs | Mismatch):
            said = "the sides may be meant as functions of another variable"
            return Undecided(Reason.UNKNOWN_SYMBOL, said)
    return None


def _as_customary(at: Situation) -> Outcome | None:
    """With functions that nothing is said of as they usually are: `\\sigma`."""
    return as_customary(at.trial) if at.trial is not None else None


def _along_gradients(at: Situation) -> Outcome | None:
    """Where only that moves of which it names the gradients."""
    return along_gradients(at.trial) if at.trial is not None else None


def _whatever(at: Situation) -> Outcome | None:
    """Whatever that is which cannot be evaluated."""
    return whatever(at.trial) if at.trial is not None else None


def _in_few_dimensions(at: Situation) -> Outcome | None:
    """In the two or three dimensions that the text speaks of."""
    if at.trial is None:
        return None
    return in_few_dimensions(at.trial, at.understanding.extraction.words)


RETRIES = (
    Retry((Agrees,), _bound_by_law),
    Retry((Differs,), _instead),
    Retry((Differs,), _as_meant),
    Retry((Differs,), _on_solutions),
    Retry((Differs,), _implied),
    Retry((Differs,), _with_means),
    Retry((Differs,), _with_statistics),
    Retry((Differs, Mismatch, Undecided), _by_law),
    Retry((Differs,), _by_moments),
    Retry((Differs, Mismatch, Undecided), _at_its_indices),
    Retry((Differs, Mismatch), _in_its_case),
    Retry((Differs,), _as_said),
    Retry((Differs,), _along_gradients),
    Retry((Undecided,), _whatever),
    Retry((Differs, Undecided), _as_customary),
    Retry((Differs,), _in_few_dimensions),
)
"""In order: the first in which a claim holds ends the search."""

"""Steps that hold in two or three dimensions: "in three dimensions", "in the plane"."""

from __future__ import annotations

import re
from dataclasses import replace

from proofcheck.formula.shape import Dimension
from proofcheck.inference.readings import keys_of
from proofcheck.inference.unification import ShapeMismatch, Unsolved
from proofcheck.numeric.said import Trial
from proofcheck.numeric.trial import Agrees, Outcome, try_claim

_WORDS = {
    2: re.compile(r"\btwo[- ]dimension|\b2-?d\b|\b2[- ]dimension|\bin the plane\b|\btwo by two\b"),
    3: re.compile(r"\bthree[- ]dimension|\b3-?d\b|\b3[- ]dimension|\bthree[- ]space\b"),
}


def in_few_dimensions(trial: Trial, words: str) -> Agrees | None:
    """How a claim that differs holds in the two or three dimensions that the words speak of; None
    where it does not."""
    for size, pattern in _WORDS.items():
        if pattern.search(words) and isinstance(found := _in_size(trial, size), Agrees):
            spelled = "two" if size == 2 else "three"
            return replace(found, notes=(*found.notes, f"in {spelled} dimensions"))
    return None


def _in_size(trial: Trial, size: int) -> Outcome | None:
    """What a claim comes to where every length is this one that may be; None where none may."""
    reading, unifier = trial.reading, trial.reading.unifier
    keys = keys_of(trial.model, trial.place) & reading.shapes.keys()
    open_ = {
        axis
        for key in keys
        for axis in unifier.resolve(reading.shapes[key])
        if isinstance(axis, Dimension)
    }
    if not open_:
        return None
    state = unifier.save()
    try:
        for axis in open_:
            unifier.unify(axis, size)
        return try_claim(trial.model, reading, trial.place, trial.claim, trial.seed)
    except (ShapeMismatch, Unsolved):
        return None
    finally:
        unifier.restore(state)

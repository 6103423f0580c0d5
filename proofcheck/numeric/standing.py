"""What makes the answers of some readings rivals of one another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is against the reading of an answer: what convention has against the kinds of the
    symbols, whether the shapes of all claims fit, and whether one rests on what has none."""

    strain: float
    shaped: bool
    blocked: bool

"""What can be said of a step, and on what evidence."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from proofcheck.document.source import Span
from proofcheck.inference.reason import Reason


class Verdict(enum.StrEnum):
    """The answer for one step."""

    HOLDS = "holds"
    FAILS = "fails"
    CONDITIONAL = "conditional"
    DEFINITION = "definition"
    ASSUMED = "assumed"
    UNCHECKED = "unchecked"


class Broken(enum.Enum):
    """What a step that fails claims, where that is not that its sides are equal."""

    ORDER = "an inequality"
    IMPLICATION = "that it follows from an equation that is posed"


@dataclass(frozen=True, slots=True)
class Binding:
    """A symbol, as the author wrote it, and a value: rows of exact numbers or of balls, as text.

    A scalar is one row of one number.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Counterexample:
    """Exact values of the symbols at which both sides differ, and what the sides are there.

    `left` and `right` are None where the shapes alone differ. `certificate` is JSON with all
    that another program needs to compute both sides, see `numeric/certificate`; or empty.
    """

    symbols: tuple[Binding, ...]
    left: Binding | None
    right: Binding | None
    seed: str
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a step that holds was tried at: the lengths of the axes at each point.

    `bits` is the least precision of the balls, 0 for rationals. `chance` bounds the probability
    that sides which differ at these sizes agree at all points; None where no bound is known.
    """

    sizes: tuple[tuple[int, ...], ...]
    bits: int = 0
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class Assumption:
    """What a step would hold under, in words that go on from "unless".

    `transposed` says that it is the other layout of a derivative.
    """

    words: str
    transposed: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """Other characters in the place of a span of the file.

    A piece is new text, or the characters of another span.
    """

    span: Span
    pieces: tuple[Span | str, ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """Edits of the right side after which a step holds, and what they do, in a few words."""

    words: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one step with its evidence.

    `evidence` is `proved`, `exact`, `ball`, `sampled` or empty. `reading` gives each symbol's kind
    and shape (`matrix(m,n)`); `notes` name choices that are not the conventional ones, or say
    more of a step that fails. `message`
    is one sentence for `fails`, `conditional` and `unchecked`. `mismatch` is true where the
    shapes of the sides differ; `transposed` that they are equal up to the layout of a derivative.
    `repair` is a correction of the right side. `inherited` says of a step that fails that only its
    left side is wrong, of which the step before is accused: `notes` then say what it is equal to.
    `place` has the characters that could not be understood, if these
    are why a step is `unchecked`. `tried` says at what points a step holds that is not `proved`.
    `broken` says of a step that fails what it claims beside equality.
    """

    verdict: Verdict
    evidence: str = ""
    reading: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    reason: Reason | None = None
    message: str = ""
    mismatch: bool = False
    transposed: bool = False
    counterexample: Counterexample | None = None
    repair: Repair | None = None
    inherited: bool = False
    place: Span | None = None
    tried: Tried | None = None
    broken: Broken | None = None


__all__ = [
    "Assumption",
    "Binding",
    "Broken",
    "Counterexample",
    "Edit",
    "Judgement",
    "Reason",
    "Repair",
    "Tried",
    "Verdict",
]

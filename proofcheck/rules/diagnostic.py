"""A finding: one place, one rule, one sentence."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from proofcheck.document.source import Span
from proofcheck.numeric.verdict import Counterexample
from proofcheck.rules.fix import Fix


class Severity(enum.StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What the author is told. `span` is the right side of the step; `help` is a way out.

    `notes` say more of the slip, a sentence each. `fix` is a correction of the file
    after which the step holds.
    """

    rule: str
    severity: Severity
    message: str
    help: str
    span: Span
    counterexample: Counterexample | None = None
    notes: tuple[str, ...] = ()
    fix: Fix | None = None

"""What a run found, ready to be written in any form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from proofcheck.document.source import Source
from proofcheck.extraction.derivation import Derivation, Step
from proofcheck.numeric.verdict import Judgement, Verdict
from proofcheck.rules.diagnostic import Diagnostic
from proofcheck.rules.fix import Fix
from proofcheck.rules.revealed import RevealedPart


@dataclass(frozen=True, slots=True)
class CheckedStep:
    """A step, its judgement, and the finding its judgement amounts to, reported or not.

    `fix` is a correction of its right side.
    """

    step: Step
    judgement: Judgement
    finding: Diagnostic | None
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class CheckedDerivation:
    """A derivation whose steps have been judged, in its order."""

    derivation: Derivation
    steps: tuple[CheckedStep, ...]


@dataclass(frozen=True, slots=True)
class FileReport:
    """All that was found in one file.

    `diagnostics` are the findings to report, in the order of the file; `allowed` counts those that
    a directive in the file keeps from being reported, `known` those that a baseline does, and
    `unchanged` those on lines that did not change. `revealed` is what was understood of the
    symbols, part by part, if the settings ask for it. `others` are steps of which nothing but the
    verdict is kept, by verdict.
    """

    path: str
    source: Source
    derivations: tuple[CheckedDerivation, ...]
    diagnostics: tuple[Diagnostic, ...]
    allowed: int = 0
    revealed: tuple[RevealedPart, ...] = ()
    known: int = 0
    unchanged: int = 0
    others: Counter[Verdict] = field(default_factory=Counter)

    def tally(self) -> Counter[Verdict]:
        """How many steps have each verdict."""
        return self.others + Counter(checked.judgement.verdict for checked in self.steps())

    def steps(self) -> Iterator[CheckedStep]:
        """The steps of all derivations, in the order of the file."""
        for derivation in self.derivations:
            yield from derivation.steps


@dataclass(frozen=True, slots=True)
class Failure:
    """A path for which the program could not do its work, and why, in one sentence."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that a run found, files in the order they were given, and what it failed to do."""

    files: tuple[FileReport, ...]
    failures: tuple[Failure, ...] = ()

    def tally(self) -> Counter[Verdict]:
        """How many steps of all files have each verdict."""
        return sum((file.tally() for file in self.files), Counter())

    @property
    def status(self) -> int:
        """The exit status: 0 nothing found, 1 something found, 2 some work could not be done."""
        if self.failures:
            return 2
        return 1 if any(file.diagnostics for file in self.files) else 0

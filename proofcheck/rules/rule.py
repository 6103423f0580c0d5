"""What a rule is: a name, a weight, a page, and a sentence for each step it concerns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from proofcheck.document.source import Span
from proofcheck.extraction.derivation import Step
from proofcheck.numeric.verdict import Counterexample, Judgement
from proofcheck.rules.diagnostic import Diagnostic, Severity

_QUOTED = 72


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding.

    `name` is in kebab-case and reads well after "allow". `describe` gives the sentence for a step
    that the rule concerns and None for any other. `page` is Markdown: what the rule finds, why it
    matters, an example, what to write instead, when it is silent. A rule that is not `default` is
    reported only where the settings ask for it.
    """

    name: str
    severity: Severity
    default: bool
    help: str
    page: str
    describe: Callable[[Step, Judgement], str | None]

    def find(self, step: Step, judgement: Judgement) -> Diagnostic | None:
        """The finding on a step, if this rule concerns it."""
        message = self.describe(step, judgement)
        if message is None:
            return None
        place = judgement.place or step.right.span
        return self.at(place, message, judgement.counterexample, judgement.notes)

    def at(
        self,
        span: Span,
        message: str,
        counterexample: Counterexample | None = None,
        notes: tuple[str, ...] = (),
    ) -> Diagnostic:
        """A finding of this rule at `span`."""
        return Diagnostic(self.name, self.severity, message, self.help, span, counterexample, notes)

    def title(self) -> str:
        """The first sentence of the page."""
        return self.page.strip().partition("\n")[0]


def quote(latex: str) -> str:
    """LaTeX between backquotes on one line, its middle left out where it is long."""
    line = " ".join(latex.split())
    if len(line) > _QUOTED:
        half = _QUOTED // 2 - 1
        line = f"{line[:half]} … {line[-half:]}"
    return f"`{line}`"


def silence(rule: str) -> str:
    """How a finding of `rule` that is no mistake is silenced: by a comment in the document."""
    return f"comment `proofcheck: allow[{rule}]`"

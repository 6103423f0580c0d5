"""Which findings are reported, by the user's settings and the author's directives."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from proofcheck.config import Settings
from proofcheck.document.directives import Allow, Directive, Switch
from proofcheck.document.source import Source, Span
from proofcheck.rules.diagnostic import Diagnostic
from proofcheck.rules.registry import BY_NAME


@dataclass(frozen=True, slots=True)
class Silences:
    """What directives silence: stretches of the file, and pairs of a rule and a place."""

    stretches: tuple[tuple[float, float], ...]
    allowed: frozenset[tuple[str, Span]]

    def covers(self, finding: Diagnostic) -> bool:
        """Whether a finding is silenced."""
        start = finding.span.start
        return (finding.rule, finding.span) in self.allowed or any(
            first <= start < last for first, last in self.stretches
        )


def select(
    findings: Iterable[Diagnostic], silences: Silences, settings: Settings
) -> tuple[tuple[Diagnostic, ...], int]:
    """The findings to report, in the order of the file, and how many were silenced."""
    wanted = [
        finding
        for finding in findings
        if settings.selects(finding.rule, BY_NAME[finding.rule].default)
    ]
    reported = [finding for finding in wanted if not silences.covers(finding)]
    reported.sort(key=lambda finding: (finding.span, finding.rule))
    return tuple(reported), len(wanted) - len(reported)


def silences(directives: Sequence[Directive], places: Iterable[Span], source: Source) -> Silences:
    """What the directives of a document silence, where `places` are all that a rule can find."""
    ordered = sorted(set(places))
    allowed = {
        (rule, place)
        for directive in directives
        if isinstance(directive, Allow)
        for place in _reach(directive.span, ordered, source)
        for rule in directive.rules
    }
    return Silences(tuple(_stretches(directives)), frozenset(allowed))


def _stretches(directives: Iterable[Directive]) -> Iterator[tuple[float, float]]:
    """From each `off` to the `on` that follows, or to the end of the file."""
    start: int | None = None
    for switch in (directive for directive in directives if isinstance(directive, Switch)):
        if not switch.on and start is None:
            start = switch.span.start
        elif switch.on and start is not None:
            yield start, switch.span.start
            start = None
    if start is not None:
        yield start, math.inf


def _reach(directive: Span, places: Sequence[Span], source: Source) -> Sequence[Span]:
    """The places on the line of a directive or, where there are none, the next place."""
    line = source.position(directive.start).line
    beside = [place for place in places if source.position(place.start).line == line]
    return beside or [place for place in places if place.start > directive.start][:1]

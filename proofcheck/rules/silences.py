"""What the author's directives silence."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from proofcheck.document.directives import Allow, Directive, Switch
from proofcheck.document.source import Source, Span
from proofcheck.rules.diagnostic import Diagnostic

Finding = tuple[str, Span]
"""A rule and a place."""


@dataclass(frozen=True, slots=True)
class Silences:
    """What directives silence, each with its directive: stretches of the file, and findings."""

    stretches: tuple[tuple[Switch, float], ...] = ()
    allowed: tuple[tuple[Allow, frozenset[Finding]], ...] = ()

    def covers(self, finding: Diagnostic) -> bool:
        """Whether a finding is silenced."""
        found = (finding.rule, finding.span)
        return any(found in reached for _, reached in self.allowed) or any(
            switch.span.end <= finding.span.start < end for switch, end in self.stretches
        )


def silences(directives: Sequence[Directive], places: Iterable[Span], source: Source) -> Silences:
    """What the directives of a document silence, where `places` are all that a rule can find."""
    ordered = sorted(set(places))
    allowed = (
        (directive, _reached(directive, ordered, source))
        for directive in directives
        if isinstance(directive, Allow)
    )
    return Silences(tuple(_stretches(directives)), tuple(allowed))


def _stretches(directives: Iterable[Directive]) -> Iterator[tuple[Switch, float]]:
    """Each `off`, and where its `on` or the end of the file ends it."""
    off: Switch | None = None
    for switch in (directive for directive in directives if isinstance(directive, Switch)):
        if not switch.on and off is None:
            off = switch
        elif switch.on and off is not None:
            yield off, switch.span.start
            off = None
    if off is not None:
        yield off, math.inf


def _reached(directive: Allow, places: Sequence[Span], source: Source) -> frozenset[Finding]:
    """The findings on the line of a directive or, where there are none, at the next place."""
    start = directive.span.start
    line = source.position(start).line
    beside = [place for place in places if source.position(place.start).line == line]
    reached = beside or [place for place in places if place.start > start][:1]
    return frozenset((rule, place) for rule in directive.rules for place in reached)

"""Which findings are reported, by the user's settings and the author's directives."""

from __future__ import annotations

from collections.abc import Iterable

from proofcheck.config import Settings
from proofcheck.rules.diagnostic import Diagnostic
from proofcheck.rules.registry import BY_NAME
from proofcheck.rules.silences import Silences

_NONE = Silences()


def select(
    findings: Iterable[Diagnostic], settings: Settings, silences: Silences = _NONE
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

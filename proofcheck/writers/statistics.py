"""How many findings each rule has."""

from __future__ import annotations

from collections import Counter

from proofcheck.rules.registry import BY_NAME
from proofcheck.rules.report import Report
from proofcheck.writers.glyphs import shorten

_WIDTH = 100


def write(report: Report, width: int = _WIDTH) -> str:
    """One line a rule that found something, the one with the most findings first."""
    counts = Counter(found.rule for file in report.files for found in file.diagnostics)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    digits = max((len(str(count)) for _, count in ordered), default=0)
    names = max((len(name) for name, _ in ordered), default=0)
    lines = (
        f"{count:>{digits}}  {name:{names}}  {BY_NAME[name].title()}" for name, count in ordered
    )
    return "".join(f"{shorten(line, width)}\n" for line in lines)

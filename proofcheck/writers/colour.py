"""Colours, where there is a terminal that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from proofcheck.rules.diagnostic import Severity

_SEVERITY = {Severity.ERROR: "1;31", Severity.WARNING: "1;33"}


@dataclass(frozen=True, slots=True)
class Palette:
    """Paints text, or leaves it alone where `enabled` is false."""

    enabled: bool = False

    def bold(self, text: str) -> str:
        """A place in a file."""
        return self._paint("1", text)

    def faint(self, text: str) -> str:
        """What surrounds a finding."""
        return self._paint("2", text)

    def weigh(self, severity: Severity, text: str) -> str:
        """What is wrong, in the colour of its weight."""
        return self._paint(_SEVERITY[severity], text)

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.enabled else text


def palette(stream: TextIO, environment: Mapping[str, str]) -> Palette:
    """Colours for a terminal, unless `NO_COLOR` is set to anything or `TERM` is `dumb`."""
    refused = environment.get("NO_COLOR") or environment.get("TERM") == "dumb"
    return Palette(stream.isatty() and not refused)

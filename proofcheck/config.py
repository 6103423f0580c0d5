"""What a user can choose about a run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of one run.

    Rules are `enabled` or `disabled` against their default. `reveal` asks for what was understood
    of each symbol. `preamble` is LaTeX, of directives and definitions, that holds in every document
    as if it stood at the top. Another `seed` draws other points. `root` is the file of a LaTeX
    document that its parts belong to, where they do not say it.
    """

    enabled: frozenset[str] = frozenset()
    disabled: frozenset[str] = frozenset()
    reveal: bool = False
    preamble: str = ""
    seed: str = ""
    root: str = ""

    def selects(self, rule: str, default: bool) -> bool:
        """Whether findings of `rule` are reported, where `default` is what the rule itself says."""
        return rule not in self.disabled and (default or rule in self.enabled)

"""What a user can choose about a run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of one run: the rules that are `enabled` or `disabled` against their default."""

    enabled: frozenset[str] = frozenset()
    disabled: frozenset[str] = frozenset()

    def selects(self, rule: str, default: bool) -> bool:
        """Whether findings of `rule` are reported, where `default` is what the rule itself says."""
        return rule not in self.disabled and (default or rule in self.enabled)

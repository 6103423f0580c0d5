"""What the derivations before one have shown."""

from __future__ import annotations

from dataclasses import dataclass

from proofcheck.inference.readings import Place


@dataclass(frozen=True, slots=True)
class Learned:
    """What the derivations before one have shown, as `Understanding` has it."""

    forced: frozenset[Place] = frozenset()
    conjugated: str = ""
    sums_implied: bool = False
    means: bool = False
    posed: tuple[frozenset[str], ...] = ()
    equations: tuple[Place, ...] = ()
    doubted: frozenset[Place] = frozenset()


NOTHING = Learned()

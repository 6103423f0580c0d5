"""The formulas of a document and what its letters mean in them, each found once."""

from __future__ import annotations

from proofcheck.extraction.derivation import Derivation, Extraction
from proofcheck.formula.notation import Ends, Notation
from proofcheck.formula.trees import Trees
from proofcheck.inference.notations import of_its_own, shared_notation


class Formulas(Trees):
    """What is read of a document, and of the same with an edit, for all choices of notation."""

    def __init__(self) -> None:
        super().__init__()
        self._shared: dict[int, tuple[Extraction, Notation]] = {}
        self._own: dict[int, tuple[Derivation, Ends, bool, frozenset[str]]] = {}

    def shared(self, extraction: Extraction) -> Notation:
        """What holds for all formulas of a document."""
        if id(extraction) not in self._shared:
            found = shared_notation(extraction, self.lexicon)
            self._shared[id(extraction)] = extraction, found  # kept: the id stays its own
        return self._shared[id(extraction)][1]

    def notation(self, derivation: Derivation, shared: Notation) -> Notation:
        """The notation of a derivation: that of its document, and what its own `d` and `i` are."""
        if id(derivation) not in self._own:
            self._own[id(derivation)] = derivation, *of_its_own(derivation, self.lexicon)
        _, ends, variable, units = self._own[id(derivation)]
        return shared.within(ends, units, variable)

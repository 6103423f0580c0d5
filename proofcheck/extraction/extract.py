"""From a document to the derivations in it and to what it says of its symbols."""

from __future__ import annotations

from dataclasses import dataclass, field

from proofcheck.document.directives import Layout, Let, directives
from proofcheck.document.document import Boundary, Document, MathBlock, Problem, Prose
from proofcheck.document.macros import MacroLimit, Macros, collect, define
from proofcheck.document.tokens import Token, tokenize
from proofcheck.extraction.chains import INLINE, ChainReader
from proofcheck.extraction.declarations import declarations
from proofcheck.extraction.derivation import Derivation, Extraction
from proofcheck.extraction.index_cases import index_cases
from proofcheck.extraction.lets import definition, lets
from proofcheck.extraction.means import distributed
from proofcheck.extraction.sentences import Text
from proofcheck.extraction.signs import signs
from proofcheck.extraction.spectra import spectra
from proofcheck.extraction.stacks import stacks
from proofcheck.extraction.suppositions import suppositions

MOST_STEPS = 20_000
"""How many steps of a document are checked."""


def extract(document: Document) -> Extraction:
    """All steps and declarations of a document, in its order. Never raises; linear in its length.

    A formula whose macros expand without end is left out and becomes a problem.
    """
    return _Reader(document).read()


@dataclass(slots=True)
class _Reader:
    """Reads the parts of a document in order; `texts` has the words of each scope."""

    document: Document
    texts: list[Text] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    parts: list[str] = field(default_factory=lambda: [""])
    inline: set[str] = field(default_factory=set)

    def read(self) -> Extraction:
        self.texts.append(Text(self.document.source, 0))
        macros = collect(self.document)
        chains = ChainReader(self.document.source)
        defining = self._definitions()
        for part in self.document.parts:
            while defining and defining[0].span.start < part.span.end:
                block = defining.pop(0)
                chains.read_definition(block, self._expanded(block, macros)[0])
            match part:
                case Prose():
                    chains.read_prose(part)
                    self.texts[-1].add_prose(part)
                case Boundary(kind=kind):
                    chains.enter()
                    self.parts.append(kind)
                    self.texts.append(Text(self.document.source, chains.scope))
                case MathBlock():
                    tokens, macros = self._expanded(part, macros)
                    chains.read_block(part, tokens)
                    if part.environment in INLINE:
                        self.inline.update(token.text for token in tokens)
                    self.texts[-1].add_formula(part, tokens, part.environment in INLINE)
                case _:
                    pass
        said = [found for text in self.texts for found in declarations(text)]
        told = (*lets(self.document), *said)  # the author's directives come before the prose
        stacked = tuple(found for text in self.texts for found in stacks(text))
        words = " ".join(
            part.text if isinstance(part, Prose) else part.title
            for part in self.document.parts
            if isinstance(part, Prose | Boundary)
        )
        derivations = self._bounded(chains.derivations())
        layout = _layout(self.document)
        supposed = tuple(found for text in self.texts for found in suppositions(text))
        meant = tuple(dict.fromkeys(found for text in self.texts for found in signs(text)))
        problems = tuple(self.problems)
        return Extraction(
            derivations,
            told,
            problems,
            stacked,
            words,
            layout,
            supposed,
            meant,
            tuple(self.parts),
            frozenset(self.inline),
            tuple(found for text in self.texts for found in index_cases(text)),
            tuple(found for text in self.texts for found in distributed(text)),
            tuple(found for text in self.texts for found in spectra(text)),
        )

    def _definitions(self) -> list[MathBlock]:
        """The definitions that directives make, in the order of the document."""
        told = (d for d in directives(self.document) if isinstance(d, Let))
        return [block for directive in told if (block := definition(directive))]

    def _bounded(self, derivations: tuple[Derivation, ...]) -> tuple[Derivation, ...]:
        """The derivations up to as many steps as are checked, and a problem if there are more."""
        steps = 0
        for index, derivation in enumerate(derivations):
            steps += len(derivation.steps)
            if steps > MOST_STEPS:
                message = f"from here on nothing is checked: more than {MOST_STEPS:,} steps"
                self.problems.append(Problem(message, derivation.span))
                return derivations[:index]
        return derivations

    def _expanded(self, block: MathBlock, macros: Macros) -> tuple[tuple[Token, ...], Macros]:
        """The tokens of a formula and the macros known after it; none, and a problem, past a
        limit."""
        try:
            return define(tokenize(block.body), macros)
        except MacroLimit as limit:
            self.problems.append(Problem(str(limit), limit.span))
            return (), macros


def _layout(document: Document) -> str | None:
    """The layout of derivatives by a directive of a document, or else of its preamble."""
    own = next((told.name for told in directives(document) if isinstance(told, Layout)), None)
    return own or (_layout(document.preamble) if document.preamble is not None else None)

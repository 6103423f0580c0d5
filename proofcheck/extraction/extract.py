"""From a document to its derivations and declarations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from proofcheck.document.document import Boundary, Document, MathBlock, Problem, Prose
from proofcheck.document.macros import MacroLimit, collect, define
from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, tokenize
from proofcheck.extraction.chains import Chain
from proofcheck.extraction.declarations import Clause, Formula, declarations
from proofcheck.extraction.derivation import Derivation, Extraction
from proofcheck.extraction.relations import relation_at
from proofcheck.extraction.rows import Row, rows_of

_ANNOUNCING = re.compile(
    r"\b(?:let|define[sd]?|denotes?|set|put|call|where|with|given by|write|introduce|assume|namely"
    r")\b"
    r"[^.]{0,50}$",
    re.IGNORECASE,
)
_ONLY_RELATION = re.compile(r"\s*=\s*")


@dataclass(slots=True)
class _Open:
    """A derivation in the making: blocks are added for as long as they go on with its chain."""

    chain: Chain
    span: Span
    environment: str
    scope: int


@dataclass(slots=True)
class _Reader:
    document: Document
    finished: list[Derivation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    clauses: list[Clause | Formula] = field(default_factory=list)
    current: _Open | None = None
    words: str = ""
    scope: int = 0

    def run(self) -> Extraction:
        macros = collect(self.document)
        for part in self.document.parts:
            match part:
                case Boundary():
                    self._close()
                    self.scope += 1
                    self.words = ""
                case Prose(text=text, span=span):
                    self.words += text
                    self.clauses.append(Clause(text, span, self.scope))
                case MathBlock():
                    try:
                        tokens, macros = define(tokenize(part.body), macros)
                    except MacroLimit as error:
                        self.problems.append(Problem(str(error), part.span))
                        continue
                    self._block(part, tokens)
                case _:
                    pass
        self._close()
        said = tuple(declarations(self.clauses))
        return Extraction(tuple(self.finished), said, tuple(self.problems))

    def _block(self, block: MathBlock, tokens: tuple[Token, ...]) -> None:
        self.clauses.append(Formula(tokens, block.span, self.scope))
        rows = rows_of(tokens, block.environment)
        if not rows:
            return
        announced = bool(_ANNOUNCING.search(" ".join(self.words.split())[-80:]))
        if self._goes_on(rows[0]):
            assert self.current is not None
            self.current.span = self.current.span.to(block.span)
        else:
            self._close()
            chain = Chain(self.document.source)
            self.current = _Open(chain, block.span, _environment(rows), self.scope)
        for row in rows:
            self.current.chain.add(row, announced)
        self.words = ""

    def _goes_on(self, row: Row) -> bool:
        """Whether a block continues the chain of the one before it."""
        if self.current is None or self.current.chain.last is None:
            return False
        if self.current.chain.waiting is not None:
            return not self.words.strip() or len(self.words) < 40
        if _ONLY_RELATION.fullmatch(self.words):
            self.current.chain.await_equality()
            return True
        return relation_at(row.tokens, 0) is not None

    def _close(self) -> None:
        if self.current is not None and self.current.chain.steps:
            opened = self.current
            steps = tuple(opened.chain.steps)
            self.finished.append(Derivation(steps, opened.environment, opened.span, opened.scope))
        self.current = None


def _environment(rows: list[Row]) -> str:
    inner = [row.environment for row in rows if row.environment not in ("display", "inline")]
    return inner[0] if inner else rows[0].environment


def extract(document: Document) -> Extraction:
    """Everything that a document says in mathematics, in its order."""
    return _Reader(document).run()

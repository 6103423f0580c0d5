"""What was understood of each symbol, and where it comes from, part by part of a document."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from proofcheck.document.directives import Layout, Let, directives
from proofcheck.document.document import Boundary, Document
from proofcheck.document.source import Span
from proofcheck.extraction.derivation import Declaration, Derivation, Extraction
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import Entry, Symbol
from proofcheck.formula.parser import parse
from proofcheck.inference.context import understand
from proofcheck.inference.model import Introduction, Model, Variable
from proofcheck.inference.readings import Place, keys_of
from proofcheck.numeric.choices import usual
from proofcheck.numeric.verdict import Judgement, Verdict


class Origin(enum.StrEnum):
    """Where a fact about a symbol comes from, as words before its place."""

    DIRECTIVE = "by the directive"
    SAID = "said"
    DEFINED = "defined"
    STATED = "by the equation"
    INFERRED = "inferred from its use"


@dataclass(frozen=True, slots=True)
class Fact:
    """A kind with its shape (`matrix(m,n)`), a property, or a definition (`= X^TW`)."""

    words: str
    origin: Origin
    span: Span


@dataclass(frozen=True, slots=True)
class RevealedSymbol:
    """One meaning of a symbol, under the author's name for it, and what is known of it."""

    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class RevealedPart:
    """The symbols of a part of a document, in the order in which they come up.

    `title` is that of the section and `span` its place; both are empty before the first.
    """

    title: str
    span: Span
    symbols: tuple[RevealedSymbol, ...]


def reveal(
    document: Document, extraction: Extraction, judgements: Sequence[Sequence[Judgement]]
) -> tuple[RevealedPart, ...]:
    """What was understood of the symbols in each part of a document that has any."""
    starts = [part for part in document.parts if isinstance(part, Boundary)]
    told = frozenset(d.span for d in directives(document) if isinstance(d, Let | Layout))
    collection = _Collection(extraction, judgements, told)
    parts = (("", Span(0, 0)), *((start.title, start.span) for start in starts))
    return tuple(
        RevealedPart(title, span, symbols)
        for scope, (title, span) in enumerate(parts)
        if (symbols := tuple(collection.symbols(scope)))
    )


class _Collection:
    """The facts about the variables of a document, by the scope and the key."""

    def __init__(
        self,
        extraction: Extraction,
        judgements: Sequence[Sequence[Judgement]],
        told: frozenset[Span],
    ) -> None:
        self.told = told
        self.model = _model(extraction, judgements)
        self.declared: dict[str, list[Declaration]] = {}
        for declaration in extraction.declarations:
            self.declared.setdefault(_name(declaration), []).append(declaration)
        self.used: dict[tuple[int, str], Span] = {}
        self.shapes: dict[tuple[int, str], str] = {}
        self.defined: dict[str, Fact] = {}
        for number, derivation in enumerate(extraction.derivations):
            for index, judgement in enumerate(judgements[number]):
                self._note((number, index), derivation, judgement)

    def _note(self, place: Place, derivation: Derivation, judgement: Judgement) -> None:
        """Takes in what one step uses and introduces."""
        step = derivation.steps[place[1]]
        span = step.left.span.to(step.right.span)
        meaning = self.model.meaning(place)
        if isinstance(meaning, Introduction):
            told = any(directive.start <= span.start < directive.end for directive in self.told)
            fact = Fact(f"= {step.right.text}", Origin.DIRECTIVE if told else Origin.DEFINED, span)
            self.defined.setdefault(meaning.key, fact)
        shown = dict(judgement.reading)
        for key in sorted(keys_of(self.model, place)):
            at = (derivation.scope, key)
            self.used.setdefault(at, span)
            if (shape := shown.get(self.model.variables[key].name)) is not None:
                self.shapes.setdefault(at, shape)

    def symbols(self, scope: int) -> Iterator[RevealedSymbol]:
        """The symbols that a part uses or only declares."""
        keys = sorted((span, key) for (place, key), span in self.used.items() if place == scope)
        for span, key in keys:
            variable = self.model.variables[key]
            facts = tuple(self._facts(variable, scope, span))
            if facts:
                yield RevealedSymbol(_plain(variable.name), facts)
        names = {self.model.variables[key].name for _, key in keys}
        for name, said in self.declared.items():
            here = [declaration for declaration in said if declaration.scope == scope]
            if here and name and name not in names:
                yield RevealedSymbol(name, tuple(self._declared(here)))

    def _facts(self, variable: Variable, scope: int, used: Span) -> Iterator[Fact]:
        """All that is known of a variable in one part."""
        said = [d for d in self.declared.get(_plain(variable.name), ()) if d.scope <= scope]
        said.sort(key=lambda declaration: declaration.span in self.told)  # directives come first
        if shape := self.shapes.get((scope, variable.key)):
            of = next((d for d in reversed(said) if d.rows), None)
            of = of or next((d for d in reversed(said) if d.kind), None)
            yield self._fact(shape, of) if of else Fact(shape, Origin.INFERRED, used)
        for word in sorted(variable.properties):
            of = next((d for d in reversed(said) if word in d.properties), None)
            stated = self.model.origins.get((variable.key, word))
            if of is not None:
                yield self._fact(word, of)
            elif stated is not None:
                yield Fact(word, Origin.STATED, stated)
        if variable.key in self.model.random:
            yield Fact("random", Origin.INFERRED, used)
        if variable.key in self.defined:
            yield self.defined[variable.key]

    def _declared(self, said: Iterable[Declaration]) -> Iterator[Fact]:
        """What is said of a symbol that no step uses."""
        for declaration in said:
            sizes = [_text(size) for size in (declaration.rows, declaration.columns) if size]
            if declaration.kind or sizes:
                kind = declaration.kind or "matrix"
                yield self._fact(f"{kind}({','.join(sizes)})" if sizes else kind, declaration)
            for word in declaration.properties:
                yield self._fact(word, declaration)

    def _fact(self, words: str, declaration: Declaration) -> Fact:
        """What a declaration says, with where it stands."""
        told = declaration.span in self.told
        return Fact(words, Origin.DIRECTIVE if told else Origin.SAID, declaration.span)


def _model(extraction: Extraction, judgements: Sequence[Sequence[Judgement]]) -> Model:
    """The meaning of every step as it was judged: what is a definition now, was read as one."""
    notation = usual(extraction).notation
    defined = frozenset(
        (number, index)
        for number, steps in enumerate(judgements)
        for index, judgement in enumerate(steps)
        if judgement.verdict is Verdict.DEFINITION
    )
    return understand(extraction, notation, defined)


def _name(declaration: Declaration) -> str:
    """The name of what a declaration is about, or nothing."""
    try:
        subject = parse(declaration.subject)
    except Unreadable:
        return ""
    base = subject.base if isinstance(subject, Entry) else subject
    return base.name if isinstance(base, Symbol) else ""


def _plain(name: str) -> str:
    """A name without the mark of a family."""
    return name.removesuffix(r"_{\cdot}")


def _text(size: Iterable[object]) -> str:
    return "".join(getattr(token, "text", "") for token in size)

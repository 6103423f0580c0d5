"""What the prose declares of symbols, and in which parts of the document that holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from proofcheck.document.tokens import Token
from proofcheck.extraction.declarations import FAMILIES
from proofcheck.extraction.derivation import Declaration, Extraction, Spectrum, Stack
from proofcheck.extraction.vocabulary import INDEPENDENT, RANDOM
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import Entry, Expr, Symbol
from proofcheck.formula.notation import Notation
from proofcheck.formula.parser import parse
from proofcheck.inference.domains import contractions, positives
from proofcheck.inference.scopes import reaches

_OF_ENTRIES = frozenset(("binary", "signs"))


class Declarations:
    """What each part of a document declares of a name."""

    def __init__(self, extraction: Extraction, shared: Notation) -> None:
        self.parts = extraction.parts
        self.shared = shared
        self.declared: dict[tuple[str, int], Declaration] = {}
        self.random: set[tuple[str, int]] = set()  # names, and the parts that call them so
        self.groups: dict[tuple[str, int], frozenset[str]] = {}  # by what says "independent"
        for declaration in (
            *extraction.declarations,
            *positives(extraction),
            *contractions(extraction),
        ):
            self._declare(declaration)
        self.sizes = frozenset(
            "".join(token.text for token in size)
            for declaration in extraction.declarations
            for size in (declaration.rows, declaration.columns)
        )
        self.stacked = {
            (name, stack.scope): stack
            for stack in extraction.stacks
            if (name := self.name_of(stack.member)) and self.name_of(stack.whole)
        }

        self.spectra: list[tuple[str, Spectrum]] = [
            (name, said)
            for said in extraction.spectra
            if (name := self.name_of(said.member)) and self.name_of(said.whole)
        ]

    def _declare(self, declaration: Declaration) -> None:
        if not declaration.subject:
            return
        try:
            subject = parse(declaration.subject, self.shared)
        except Unreadable:
            return
        if declaration.properties and declaration.properties[0].startswith(INDEPENDENT):
            self._group(declaration, subject)
            return
        if isinstance(subject, Entry) and isinstance(subject.base, Symbol):
            family = FAMILIES.get(declaration.kind)
            if _OF_ENTRIES & {*declaration.properties}:
                family = ""
            if family is None or len(subject.indices) != 1:
                return
            subject, declaration = subject.base, replace(declaration, kind=family)
        if not isinstance(subject, Symbol):
            return
        self._keep(subject.name, declaration)
        if declaration.kind in FAMILIES.values():  # by that name beside a plain letter
            self._keep(rf"{subject.name}_{{\cdot}}", declaration)

    def _keep(self, name: str, declaration: Declaration) -> None:
        """Adds a declaration to what the same part says of a name before."""
        place = (name, declaration.scope)
        if RANDOM in declaration.properties:
            self.random.add(place)
            others = tuple(word for word in declaration.properties if word != RANDOM)
            declaration = replace(declaration, properties=others)
        old = self.declared.get(place)
        if old is not None:
            properties = tuple(dict.fromkeys(old.properties + declaration.properties))
            sized = old if old.rows or not declaration.rows else declaration
            plain, first = declaration.kind, old.kind
            kind = plain if first in FAMILIES.values() and plain else first or plain
            anew = old.anew or declaration.anew
            declaration = replace(sized, properties=properties, kind=kind, anew=anew)
        self.declared[place] = declaration

    def _group(self, declaration: Declaration, subject: Expr) -> None:
        """Notes that something is independent: a symbol, or the entries of one."""
        tokens = declaration.subject
        stop = next((i for i, token in enumerate(tokens) if token.text == "_"), len(tokens))
        whole = subject.name if isinstance(subject, Symbol) else ""
        for name in {whole, self.name_of(tokens[:stop])} - {""}:
            at = (name, declaration.scope)
            self.groups[at] = self.groups.get(at, frozenset()) | {*declaration.properties}

    def of(self, name: str, scope: int) -> Declaration | None:
        """What this part of the document, or else the nearest before it, declares of a name.

        A part that only adds a property leaves the rest to what was said before.
        """
        found: Declaration | None = None
        for place in range(scope, -1, -1):
            said = self.declared.get((name, place))
            if said is not None and reaches(self.parts, place, scope):
                found = said if found is None else _completed(found, said)
                if found.kind:
                    break
        return found

    def is_random(self, name: str, scope: int) -> bool:
        """Whether a part that reaches this one calls a symbol random."""
        return any(
            (name, p) in self.random and reaches(self.parts, p, scope) for p in range(scope + 1)
        )

    def independent(self, name: str, scope: int) -> frozenset[str]:
        """What the parts that reach this one say of the independence of a symbol from others."""
        found = (
            said
            for (other, part), said in self.groups.items()
            if other == name and part <= scope and reaches(self.parts, part, scope)
        )
        return frozenset().union(*found)

    def stacks(self, name: str, scope: int) -> Iterator[Stack]:
        for place in range(scope, -1, -1):
            if (name, place) in self.stacked and reaches(self.parts, place, scope):
                yield self.stacked[name, place]

    def eigenvalues(self, name: str, scope: int) -> Iterator[Spectrum]:
        """What the parts that reach this one say of the matrices whose eigenvalues a letter is."""
        for other, said in self.spectra:
            if other == name and said.scope <= scope and reaches(self.parts, said.scope, scope):
                yield said

    def name_of(self, tokens: tuple[Token, ...]) -> str:
        """The name of a symbol that the prose writes, or the empty string."""
        try:
            found = parse(tokens, self.shared)
        except Unreadable:
            return ""
        return found.name if isinstance(found, Symbol) else ""


def sizes_of(declaration: Declaration) -> tuple[str, str]:
    """The sizes that a declaration gives, as the author wrote them."""
    rows, columns = (
        "".join(token.text for token in part) for part in (declaration.rows, declaration.columns)
    )
    return rows, columns


def _completed(said: Declaration, before: Declaration) -> Declaration:
    """A declaration that names no kind, with what was declared before it."""
    properties = tuple(dict.fromkeys(said.properties + before.properties))
    return replace(before, properties=properties, scope=said.scope, anew=said.anew)

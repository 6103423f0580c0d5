"""Reads the sides of steps as expressions, each once."""

from __future__ import annotations

import contextlib
from dataclasses import replace

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token
from proofcheck.extraction.derivation import Derivation, Extraction, Side, Step
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import Entry, Expr, Symbol, rebuild, walk
from proofcheck.formula.laws import Law, parse_law
from proofcheck.formula.mending import mended
from proofcheck.formula.notation import Notation
from proofcheck.formula.parser import parse
from proofcheck.inference.filling import filled
from proofcheck.inference.formulas import Formulas
from proofcheck.inference.implied_sums import with_implied_sums
from proofcheck.inference.model import Manner, Unread
from proofcheck.inference.pairs import with_pairs
from proofcheck.inference.patterns import refuse_applied_indices, refuse_two_variations
from proofcheck.inference.reason import Reason

_MOST_TOKENS = 2_000


class NotRead(Exception):
    def __init__(self, unread: Unread) -> None:
        super().__init__(unread.message)
        self.unread = unread


class Sides:
    """The sides of a derivation as expressions, with the families of letters set apart."""

    def __init__(self, formulas: Formulas, families: frozenset[str]) -> None:
        self.formulas = formulas
        self.families = families
        self.parsed: dict[tuple[Token, ...], Expr | Unread] = {}
        self.mended: dict[tuple[Token, ...], str] = {}  # what is said of a lone bracket
        self.culprits: dict[tuple[Token, ...], tuple[int, int]] = {}  # first and last, by number

    def parse(self, side: Side, notation: Notation) -> Expr:
        """A side as an expression; raises `NotRead`.

        One with a lone bracket is read as if it had a partner at the end, or did not stand there.
        """
        found = self.parsed.get(side.tokens)
        if len(side.tokens) > _MOST_TOKENS:
            message = f"the formula has more than {_MOST_TOKENS} tokens"
            raise NotRead(Unread(Reason.LIMIT_REACHED, message))
        if found is None:
            found = self.parsed[side.tokens] = self._first_read(side, notation)
        if isinstance(found, Unread):
            first, last = self.culprits[side.tokens]
            place = side.tokens[first].span.to(side.tokens[last].span) if side.tokens else None
            raise NotRead(replace(found, place=place))
        return found

    def _first_read(self, side: Side, notation: Notation) -> Expr | Unread:
        try:
            return self._read(side.tokens, notation)
        except Unreadable as error:
            if mend := mended(side.tokens):
                with contextlib.suppress(Unreadable):
                    found = self._read(mend.tokens, notation)
                    self.mended[side.tokens] = mend.message
                    return found
            self.culprits[side.tokens] = _indices_of(error.span, side.tokens)
            quoted = side.text if len(side.text) <= 60 else side.text[:57] + "…"
            message = f"`{quoted}` was not understood: {error.message}"
            return Unread(Reason.UNREADABLE_NOTATION, message)

    def _read(self, tokens: tuple[Token, ...], notation: Notation) -> Expr:
        found = self.formulas.parse(tokens, notation)
        refuse_two_variations(found)
        refuse_applied_indices(found)
        found = filled(found) if notation.filled else found
        return apart(found, self.families) if self.families else found

    def mended_in(self, step: Step) -> str:
        """What is said of a bracket without a partner in a step; or the empty string."""
        said = (self.mended.get(side.tokens, "") for side in (step.left, step.right))
        return next(filter(None, said), "")

    def law(self, side: Side, notation: Notation) -> Expr:
        """A side that is a law, as its parameters."""
        try:
            found = parse_law(side.tokens, notation, self.formulas.lexicon)
        except Unreadable as error:
            message = f"a parameter was not understood: {error.message}"
            raise NotRead(Unread(Reason.UNREADABLE_NOTATION, message, error.span)) from error
        assert found is not None
        return apart(found, self.families) if self.families else found

    def parameters(self, law: Law, notation: Notation) -> list[Expr]:
        """The parameters of a law by name."""
        try:
            found = [self.formulas.parse(tokens, notation) for tokens in law.parameters]
        except Unreadable as error:
            raise NotRead(Unread(Reason.UNREADABLE_NOTATION, error.message, error.span)) from error
        return [apart(each, self.families) if self.families else each for each in found]

    def chains(self, derivation: Derivation, notation: Notation) -> dict[int, list[Expr]]:
        """The sides of each chain of a derivation, as far as they can be read."""
        chains: dict[int, list[Expr]] = {}
        for step in derivation.steps:
            for side in (step.left, step.right) if step.chain not in chains else (step.right,):
                with contextlib.suppress(NotRead):
                    chains.setdefault(step.chain, []).append(self.parse(side, notation))
        return chains


def everything(extraction: Extraction, shared: Notation, formulas: Formulas) -> list[Expr]:
    """The sides of all steps that can be read, where anything is to be learned from them."""
    exprs: list[Expr] = []
    if not shared.indices and not shared.functions:
        return exprs
    for derivation in extraction.derivations:
        notation = formulas.notation(derivation, shared)
        for side in derivation.sides():
            if len(side.tokens) > _MOST_TOKENS:
                continue
            try:
                exprs.append(formulas.parse(side.tokens, notation))
            except Unreadable:
                continue
    return exprs


def read_again(manner: Manner, chain: int, tokens: tuple[Token, ...]) -> Expr:
    """What other tokens say in the place of a side; raises `Unreadable`."""
    law = parse_law(tokens, manner.notation) if chain in manner.laws else None
    expr = parse(tokens, manner.notation) if law is None else law
    refuse_two_variations(expr)
    refuse_applied_indices(expr)
    expr = filled(expr) if manner.notation.filled else expr
    expr = apart(expr, manner.families) if manner.families else expr
    expr = with_pairs(expr, manner.pairs.get(chain, frozenset()))
    return with_implied_sums(expr, manner.free.get(chain, frozenset()))


def apart(expr: Expr, families: frozenset[str]) -> Expr:
    """The expression with the families renamed whose letters have another meaning."""
    if not any(isinstance(node, Entry) for node in walk(expr)):
        return expr
    expr = rebuild(expr, lambda child: apart(child, families))
    if isinstance(expr, Entry) and isinstance(expr.base, Symbol):
        if expr.base.name in families:
            return replace(expr, base=replace(expr.base, name=f"{expr.base.name}_{{\\cdot}}"))
    return expr


def _indices_of(span: Span, tokens: tuple[Token, ...]) -> tuple[int, int]:
    """The numbers of the first and the last token within a span; of all if none is."""
    inside = [
        i for i, t in enumerate(tokens) if span.start <= t.span.start and t.span.end <= span.end
    ]
    return (inside[0], inside[-1]) if inside else (0, len(tokens) - 1)

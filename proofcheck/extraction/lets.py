r"""The directive: `let A, B in R^{n x n}, symmetric`, `let \sigma elementwise`, `let Y = XW`."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import replace

from proofcheck.document.directives import Let, directives
from proofcheck.document.document import Boundary, Document, Excerpt, MathBlock
from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, tokenize
from proofcheck.extraction.derivation import Declaration
from proofcheck.extraction.spaces import Space, size_of, space
from proofcheck.extraction.vocabulary import KINDS, PROPERTIES, alternatives

_GREEK = frozenset(
    (
        "alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi rho "
        "sigma tau phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
    ).split()
)
_NAME = r"\$?\\?[A-Za-z]+(?:\{[^{}]*\})*(?:_(?:\w|\{[^{}]*\}))?\$?"
_NAMES = re.compile(rf"(?P<names>{_NAME}(?:\s*,\s*{_NAME})*)(?=\s|$)(?P<rest>.*)")
_SPACE = re.compile(r"\s*(?:in|\\in)\s+(?P<space>(?:[^\s,{}]|\{[^{}]*(?:\{[^{}]*\})?[^{}]*\})+)")
_SIZE = r"(?P<size>\w+\s*(?:x|×|by)\s*\w+)\b"
_PROPERTY = rf"(?P<property>(?i:{alternatives(PROPERTIES)}))\b"
_KIND = rf"(?P<kind>(?i:{alternatives(KINDS)})|elementwise)\b"
_WORD = re.compile(rf"[\s,]*(?:(?:and|an?|is|be|are)\b\s*)?(?:{_SIZE}|{_PROPERTY}|{_KIND})")
_BY = re.compile(r"\s*(?:×|\bx\b|\bby\b)\s*")
_TOP = Span(0, 0)
_KEYS = {word.lower(): said for word, said in PROPERTIES.items()}


_DEFINITION = re.compile(r"[^=]*[^=:\s]\s*:?=\s*[^=\s][^=]*")


class Misunderstood(Exception):
    """A `let` says nothing that the program knows; the message names the words."""


def lets(document: Document) -> Iterator[Declaration]:
    """What the directives `let` declare, in the order of the document; none that is unclear.

    What those of the preamble say of a symbol holds where the document has none for it.
    """
    own = list(_lets(document))
    said = {_letters(declaration) for declaration in own}
    before = () if document.preamble is None else _lets(document.preamble)
    yield from (replace(found, span=_TOP) for found in before if _letters(found) not in said)
    yield from own


def _lets(document: Document) -> Iterator[Declaration]:
    starts = [part.span.start for part in document.parts if isinstance(part, Boundary)]
    for told in directives(document):
        if isinstance(told, Let):
            try:
                yield from declared(told, bisect.bisect(starts, told.span.start))
            except Misunderstood:
                continue


def _letters(declaration: Declaration) -> tuple[str, ...]:
    """The symbol that is declared, as it is written."""
    return tuple(token.text for token in declaration.subject)


def definition(told: Let) -> MathBlock | None:
    """The formula of a directive that defines a symbol, `let Y = XW`."""
    if not _DEFINITION.fullmatch(told.text):
        return None
    blank = told.text.replace("$", " ")
    return MathBlock(Excerpt(blank, ((0, told.place.start),)), told.place, "inline")


def declared(told: Let, scope: int = 0) -> tuple[Declaration, ...]:
    """The declarations that a directive makes, one a symbol; raises `Misunderstood`.

    None for a definition, which is a step.
    """
    if definition(told):
        return ()
    match = _NAMES.match(told.text)
    if match is None:
        raise Misunderstood(f"`{told.text}` does not begin with a symbol")
    said = _said(match["rest"], told)
    if said == Space(""):
        raise Misunderstood(f"`let {told.text}` says nothing of the symbol")
    names = [name.strip().strip("$") for name in re.split(r",(?![^{]*\})", match["names"])]
    return tuple(
        Declaration(
            _tokens(f"\\{name}" if name in _GREEK else name, told),
            said.kind,
            said.rows,
            said.columns,
            said.properties,
            told.span,
            scope,
            anew=True,
        )
        for name in names
    )


def _said(text: str, told: Let) -> Space:
    """What follows the symbols: a set, then sizes, properties and a noun in any order."""
    said = Space("")
    if match := _SPACE.match(text):
        found = space(_tokens(_BY.sub(r"\\times ", match["space"]), told))
        if found is None:
            raise Misunderstood(f"`{match['space']}` is not a set that is known")
        said, text = found, text[match.end() :]
    while text.strip(" ,."):
        word = _WORD.match(text)
        if word is None:
            raise Misunderstood(f"`{text.strip(' ,.')}` is not a property, a size or a kind")
        said, text = _with(said, word, told), text[word.end() :]
    return said


def _with(said: Space, word: re.Match[str], told: Let) -> Space:
    """What is said so far and one word more."""
    if word["size"]:
        size = size_of(_tokens(_BY.sub(r"\\times ", word["size"]), told))
        rows, columns = size or ((), ())
        return replace(said, kind=said.kind or "matrix", rows=rows, columns=columns)
    if word["property"]:
        found = _KEYS[re.sub(r"[‐‑–]", "-", " ".join(word["property"].lower().split()))]
        return replace(said, properties=(*said.properties, *found))
    kind = " ".join(word["kind"].lower().split())
    return replace(said, kind=KINDS.get(kind, kind))


def _tokens(text: str, told: Let) -> tuple[Token, ...]:
    return tokenize(Excerpt(text, ((0, told.place.start),)))

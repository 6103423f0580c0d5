"""One section of a document, as if it stood alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from proofcheck.extraction.derivation import Extraction

SECTION = "section"
"""The kind of a part that a heading begins."""


def section_of(parts: Sequence[str], scope: int) -> range:
    """The scopes of the section that one is in."""
    starts = [number for number, kind in enumerate(parts) if kind == SECTION]
    first = max((start for start in starts if start <= scope), default=0)
    return range(first, min((start for start in starts if start > scope), default=len(parts)))


def alone(extraction: Extraction, scopes: range) -> tuple[int, Extraction]:
    """The number of the first derivation within some scopes, and a document that has no others and
    declares nothing elsewhere. Its words are those of the whole."""
    numbers = [n for n, found in enumerate(extraction.derivations) if found.scope in scopes]
    derivations = tuple(extraction.derivations[number] for number in numbers)
    return min(numbers, default=0), replace(
        extraction,
        derivations=derivations,
        declarations=tuple(d for d in extraction.declarations if d.scope in scopes),
        stacks=tuple(stack for stack in extraction.stacks if stack.scope in scopes),
        spectra=tuple(said for said in extraction.spectra if said.scope in scopes),
        distributed=tuple(said for said in extraction.distributed if said.scope in scopes),
    )

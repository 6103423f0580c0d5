r"""Steps that hold whatever the symbols of earlier sections stand for.

A letter is seldom taken for one thing in all sections of a long text: `\Lambda` is a precision in
one, and the eigenvalues in another. What was said of it reaches on, since most of it is still
meant; but a step that holds for symbols of which no earlier section says anything holds for those
of which they do. So it is tried without, where it does not hold with all that was said. That is no
evidence about what differentiates, integrates or takes moments: there it matters what depends on
what, and a symbol without its definition depends on nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from proofcheck.extraction.sections import SECTION, alone, section_of
from proofcheck.formula.expr import (
    Derivative,
    Differential,
    Symbol,
    symbols,
    walk,
)
from proofcheck.inference.model import Assertion, Claim, Defined, Model, Tangent
from proofcheck.inference.patterns import head_of
from proofcheck.inference.readings import Place, leaves, said_by
from proofcheck.numeric.answers import answer_of
from proofcheck.numeric.choices import reads_alike
from proofcheck.numeric.complexes import needs_complex, only_complex
from proofcheck.numeric.dependence import tells_dependence
from proofcheck.numeric.trial import Agrees, Mismatch
from proofcheck.numeric.understanding import Answer, Understanding

NOTE = "for all that letters of other sections may mean"


def holds_apart(understanding: Understanding, place: Place) -> Agrees | None:
    """How a step holds without what other sections say of its symbols; None where it does not."""
    if not _has_sections(understanding):
        return None
    first, section = _section(understanding, place[0])
    model, whole, number = section.model(None), understanding.model(None), place[0] - first
    claim, usual = model.meaning((number, place[1])), whole.meaning(place)
    if not isinstance(claim, Claim) or not isinstance(usual, Claim):
        return None
    real = needs_complex(model, claim) and not only_complex(model, claim)  # where it is tried
    if claim.asserts is not Assertion.EQUAL or real:
        return None
    if reads_alike(whole, model, place[0], number) or _forgets(whole, usual, model, claim):
        return None
    found = _answer(understanding, place[0]).outcomes.get(place[1])
    return found if isinstance(found, Agrees) else None


def fits_apart(understanding: Understanding, place: Place) -> bool:
    """Whether a step has shapes without what other sections say of its symbols."""
    if not _has_sections(understanding):
        return False
    return not isinstance(_answer(understanding, place[0]).outcomes.get(place[1]), Mismatch)


def _has_sections(understanding: Understanding) -> bool:
    return SECTION in understanding.extraction.parts


def _answer(understanding: Understanding, number: int) -> Answer:
    """What the claims of a derivation come to in its section alone."""
    if number not in understanding.sectioned:
        first, section = _section(understanding, number)
        section.equations = _within(understanding.equations, first, section)
        section.doubted = set(_within(understanding.doubted, first, section))
        answer = answer_of(section, number - first, section.usual, 0)
        understanding.sectioned[number] = answer
    return understanding.sectioned[number]


def _section(understanding: Understanding, number: int) -> tuple[int, Understanding]:
    """The section that a derivation is in by itself, and the number of its first derivation."""
    extraction = understanding.extraction
    scopes = section_of(extraction.parts, extraction.derivations[number].scope)
    if scopes.start not in understanding.sections:
        first, apart = alone(extraction, scopes)
        seeds = understanding.seeds[first : first + len(apart.derivations)]
        section = Understanding(apart, seeds, None, understanding.usual, (), understanding.formulas)
        section.forced = frozenset(_within(understanding.forced, first, section))
        understanding.sections[scopes.start] = first, section
    return understanding.sections[scopes.start]


def _within(places: Iterable[Place], first: int, section: Understanding) -> list[Place]:
    """Those of some places that are in a section, as it numbers them."""
    count = len(section.seeds)
    return [(n - first, index) for n, index in places if first <= n < first + count]


def _forgets(whole: Model, usual: Claim, model: Model, claim: Claim) -> bool:
    """Whether a claim to which it matters what depends on what rests on a formula that is gone.

    What it is differentiated by has none here. A function that is differentiated, and of which this
    section gives no formula, is another one than the earlier, unless that is of what this one is
    differentiated by.
    """
    nodes = [node for said in said_by(model, claim) for node in walk(said)]
    if not any(tells_dependence(node) for node in nodes):
        return False
    moved = [node for node in nodes if isinstance(node, Derivative | Differential)]
    heads = {head for node in moved if (head := head_of(node.operand))}
    functions = heads - _defined(model, claim, set())
    by = {n for node in moved if isinstance(node, Derivative) for b in node.by for n in symbols(b)}
    earlier = {name for function in functions for name in _below(whole, usual, function)}
    apart = functions | by
    return bool(_defined(whole, usual, apart) - _defined(model, claim, apart) or earlier & by)


def _defined(model: Model, claim: Claim, apart: Set[str]) -> set[str]:
    """The names with a formula that a claim rests on, but for what only some functions rest on."""
    found: set[str] = set()
    stack = [
        claim.names[n] for s in (claim.left, claim.right) for n in symbols(s) & claim.names.keys()
    ]
    while stack:
        variable = model.variables[stack.pop()]
        law = variable.law
        if variable.name in found | apart or not isinstance(law, Defined | Tangent):
            continue
        found.add(variable.name)
        stack += [law.names[name] for name in symbols(law.expr) & law.names.keys()]
    return found


def _below(model: Model, claim: Claim, name: str) -> set[str]:
    """The names that the formula of a name rests on."""
    keys = leaves(model, Symbol(name), claim.names) - {claim.names.get(name, "")}
    return {model.variables[key].name for key in keys}

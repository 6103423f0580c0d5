"""The formulas of a text: `$…$`, `$$…$$`, `\\(…\\)`, `\\[…\\]` and display environments."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from proofcheck.document.delimiters import Mark, Marks
from proofcheck.document.document import Problem
from proofcheck.document.source import Span

ENVIRONMENTS = frozenset(
    name + star
    for star in ("", "*")
    for name in (
        *("equation", "align", "aligned", "alignat", "alignedat", "xalignat", "xxalignat"),
        *("flalign", "eqnarray", "IEEEeqnarray", "gather", "gathered", "multline", "multlined"),
        *("split", "math", "displaymath", "dmath", "dgroup"),
    )
)
_ARGUMENTS = re.compile(r"\s*(?:\[[tbc]\])?(?:\s*\{[^{}]*\})?")
_POSITION = re.compile(r"\s*\[[tbc]\]")
_TAKES_ARGUMENT = frozenset(
    name + star
    for star in ("", "*")
    for name in ("alignat", "alignedat", "xalignat", "xxalignat", "IEEEeqnarray")
)
_CLOSERS = {"\\(": "\\)", "\\[": "\\]", "\\\\(": "\\\\)", "\\\\[": "\\\\]"}
_ENCLOSED = {"`$": (2, 2), "{math}`": (7, 1)}
"""Formulas that are one mark, by its kind: how long what opens and what closes them is."""


@dataclass(frozen=True, slots=True)
class Formula:
    """Where a formula stands, delimiters included, and where its body does."""

    span: Span
    body: Span
    environment: str


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a document language tells mathematics from other uses of the same characters.

    `accepts(opener, text, body)` says whether that is mathematics; `is_code(offset)` whether a
    delimiter there opens nothing; `reports` are the openers whose missing closer is a
    problem rather than a character that stands for itself.
    """

    accepts: Callable[[str, str, Span], bool]
    is_code: Callable[[int], bool]
    reports: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Found:
    """A formula, if there is one at a mark, and the index of the mark from which to go on."""

    formula: Formula | None
    resume: int
    problem: Problem | None = None


def find(text: str, marks: Marks, dialect: Dialect) -> tuple[list[Formula], list[Problem]]:
    """The formulas of `text` in order, none inside another, and the openers never closed."""
    formulas: list[Formula] = []
    problems: list[Problem] = []
    index = 0
    while index < len(marks.marks):
        found = _formula(text, marks, index, dialect)
        if found.formula:
            formulas.append(found.formula)
        if problem := found.problem or (found.formula and _unbalanced(marks, index, found.resume)):
            problems.append(problem)
        index = found.resume
    return formulas, problems


def _formula(text: str, marks: Marks, index: int, dialect: Dialect) -> _Found:
    """What the mark at `index` opens, if anything."""
    mark = marks.marks[index]
    if dialect.is_code(mark.start):
        return _Found(None, index + 1)
    if mark.kind == "begin" and mark.name in ENVIRONMENTS:
        return _environment(text, marks, index)
    if mark.kind == "definition":
        return _Found(None, _after_definition(marks, index))
    if edges := _ENCLOSED.get(mark.kind):
        body = Span(mark.start + edges[0], mark.end - edges[1])
        return _Found(Formula(Span(mark.start, mark.end), body, "inline"), index + 1)
    if mark.kind == "$" and _doubled(marks.marks, index):
        return _delimited(text, marks, index, "$$", dialect)
    if mark.kind == "$" or mark.kind in _CLOSERS:
        return _delimited(text, marks, index, mark.kind, dialect)
    return _Found(None, index + 1)


def _environment(text: str, marks: Marks, index: int) -> _Found:
    """The environment that begins at `index`, without its arguments."""
    mark, partner = marks.marks[index], marks.partners[index]
    if partner < 0:
        return _Found(None, index + 1, _unclosed(f"\\begin{{{mark.name}}}", mark))
    end = marks.marks[partner]
    pattern = _ARGUMENTS if mark.name in _TAKES_ARGUMENT else _POSITION
    argument = pattern.match(text, mark.end, end.start)
    start = argument.end() if argument else mark.end
    formula = Formula(Span(mark.start, end.end), Span(start, end.start), mark.name)
    return _Found(formula, partner + 1)


def _delimited(text: str, marks: Marks, index: int, opener: str, dialect: Dialect) -> _Found:
    """The formula between `opener` at `index` and its closer, if that is mathematics."""
    width = 2 if opener == "$$" else 1
    closing = _closing(marks, index + width, opener)
    if closing >= 0:
        body = Span(marks.marks[index + width - 1].end, marks.marks[closing].start)
        end = marks.marks[closing + width - 1].end
        if dialect.accepts(opener, text, body):
            environment = "display" if opener == "$$" or "[" in opener else "inline"
            span = Span(marks.marks[index].start, end)
            return _Found(Formula(span, body, environment), closing + width)
    problem = _unclosed(opener, marks.marks[index]) if opener in dialect.reports else None
    return _Found(None, index + width, problem)


def _closing(marks: Marks, index: int, opener: str) -> int:
    """The index of the mark that closes `opener`, searched from `index` at this depth, or -1.

    A search ends at the next opener of its own kind, so that all of them together are linear.
    """
    display = opener == "$$" or "[" in opener
    stops = (opener, "fence") if display else (opener, "fence", "blank", "code")
    while index < len(marks.marks):
        mark, partner = marks.marks[index], marks.partners[index]
        if mark.kind[0] == opener[0] == "$":
            if opener == "$" or _doubled(marks.marks, index):
                return index
        elif mark.kind == _CLOSERS.get(opener):
            return index
        elif 0 <= partner < index or mark.kind in stops:
            return -1
        index = max(index, partner) + 1
    return -1


def _doubled(marks: tuple[Mark, ...], index: int) -> bool:
    """Whether the `$` at `index` is directly followed by another."""
    following = marks[index + 1 : index + 2]
    return bool(following) and following[0].kind == "$" and following[0].start == marks[index].end


def _after_definition(marks: Marks, index: int) -> int:
    """The index of the mark after the body of a macro definition, whose mathematics is no claim."""
    groups = int(marks.marks[index].name)
    index += 1
    while groups and index < len(marks.marks) and marks.partners[index] > index:
        index = marks.partners[index] + 1
        groups -= 1
    return index


def _unbalanced(marks: Marks, start: int, end: int) -> Problem | None:
    """The first brace or `\\begin` in a formula that nothing in it closes."""
    inside = range(start, end)
    if any(marks.marks[index].kind in ("blank", "definition") for index in inside):
        return None
    for index in inside:
        mark = marks.marks[index]
        if mark.kind in ("{", "begin") and not start <= marks.partners[index] < end:
            opener = "{" if mark.kind == "{" else f"\\begin{{{mark.name}}}"
            return _unclosed(opener, mark)
    return None


def _unclosed(opener: str, mark: Mark) -> Problem:
    return Problem(f"`{opener}` is never closed", Span(mark.start, mark.end))

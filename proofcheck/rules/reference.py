"""The page "What proofcheck reads", made from the tables that the parser itself uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from proofcheck.document.formulas import ENVIRONMENTS
from proofcheck.document.packages import PACKAGES
from proofcheck.extraction.relations import IMPLICATIONS, KINDS, STACKED
from proofcheck.formula.atoms import _ACCENTS as ACCENTS
from proofcheck.formula.atoms import _ATOMS as ATOMS
from proofcheck.formula.atoms import _FONTS as FONTS
from proofcheck.formula.derivatives import _GREEK as GREEK
from proofcheck.formula.glyphs import COMMANDS as UNICODE
from proofcheck.formula.layout import BRACES, DROPPED, NOTES, STACKS, WITH_ARGUMENT
from proofcheck.formula.matrices import CASES
from proofcheck.formula.matrices import ENVIRONMENTS as MATRICES
from proofcheck.formula.parser import MULTIPLY
from proofcheck.formula.vocabulary import OPERATORS, Operator

_DERIVATIVES = r"d \mathrm{d} \partial \nabla \triangledown \delta \Delta \dot".split()
_INTRODUCTION = """# What proofcheck reads

Made from the program's own tables by `python -m proofcheck.rules docs/rules`. The search of this
site finds a command by its name without the backslash. What is not on this page is not dropped: a
step with it is `unchecked`, and [`unchecked-step`](rules/unchecked-step.md) names the command and
its place.

## Operators

The shapes of the arguments and of the value have one letter an axis: `(n,n)->()` takes a square
matrix to a number. A capital is an axis longer than 1, `mp` the product of two lengths, `m+p` their
sum and `n^` is n(n+1)/2. Of several shapes the first that fits counts. A word may be written
`\\operatorname{tr}`, `\\mathrm{tr}`, `\\text{tr}`, `{\\rm tr}` or, before a bracket, `tr`.
"""


def page() -> str:
    """The whole page in Markdown."""
    parts = [
        _INTRODUCTION,
        *(_operator(row) for row in sorted(OPERATORS, key=lambda row: row.name)),
    ]
    parts += ["## Commands and environments\n"]
    parts += [_section(title, words) for title, words in sections().items()]
    return "\n".join(parts)


def sections() -> Mapping[str, Iterable[str]]:
    """What the reader knows besides operators, by what it does with it."""
    return {
        "Greek and other letters": GREEK,
        "Fonts, which are part of a name": FONTS,
        "Accents, which are part of a name": ACCENTS,
        "Products": MULTIPLY,
        "Differentials and derivatives": _DERIVATIVES,
        "Brackets, fractions, sums and what else begins an expression": ATOMS,
        "Relations": KINDS,
        "Between two equations": IMPLICATIONS,
        "Annotations of relations and signs": {*STACKED, *STACKS, *BRACES},
        "Environments of formulas": ENVIRONMENTS,
        "Environments of matrices and cases": {*MATRICES, *CASES},
        "Says nothing of the value": DROPPED,
        "Says nothing of the value, nor does its argument": WITH_ARGUMENT,
        "Says nothing of the value, unlike its last argument": NOTES,
        "Macros of packages": PACKAGES,
        "Characters of Unicode": UNICODE,
    }


def _operator(row: Operator) -> str:
    spelled = [f"`\\operatorname{{{word}}}`" for word in row.words]
    spelled += [_code(text) for text in (*row.commands, *row.infix, *row.written)]
    spelled += [
        f"{_code(spelling)} where the text says \u201c{phrases[0]}\u201d"
        for spelling, phrases in row.announced
    ]
    shapes = ", ".join(f"`{signature}`" for signature in row.signatures)
    written = ", ".join(spelled) or "only as another reading of the same signs"
    return f"### {row.name}\n\n* written {written}\n* shapes {shapes}\n* source: {row.source}\n"


def _section(title: str, words: Iterable[str]) -> str:
    shown = sorted({word for word in words if word.strip("\\ \n\r\t")})
    return f"### {title}\n\n{', '.join(map(_code, shown))}\n"


def _code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"

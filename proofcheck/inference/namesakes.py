r"""What a symbol is named after: `P_X` and `M_{\mathbf{X}}` after `X`, and so `P_Z` after `Z`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from proofcheck.formula.expr import symbols
from proofcheck.inference.model import Defined, Law
from proofcheck.inference.patterns import bound_in

_DRESS = re.compile(r"\\mathbf|[{}]")
_NAME = re.compile(r"(?P<stem>.+?)_\{(?P<subject>.+)\}")
_SUBJECT = re.compile(r"(?:[A-Za-z]|\\[A-Za-z]+)(?:_\w+)?")


class Likeness(NamedTuple):
    """The formula of a symbol, and the names in it in whose place others stand for a namesake."""

    law: Defined
    turned: Mapping[str, str]


def likenesses(
    name: str, names: Iterable[str], law_of: Callable[[str], Law | None]
) -> Iterator[Likeness]:
    """The formulas of symbols that are called as this one is, after something else."""
    stem, mine = _parts(name)
    for other in sorted(names) if mine else ():
        letter, theirs = _parts(other)
        if other == name or letter != stem or not theirs:
            continue
        law = law_of(other)
        if not isinstance(law, Defined):
            continue
        said = symbols(law.expr) - bound_in(law.expr)
        turned = {old: likened(old, theirs, mine) for old in sorted(said)}
        turned = {old: new for old, new in turned.items() if old != new}
        about = any(undressed(old) == theirs or theirs in _parts(old) for old in turned)
        if about and not (law.parameters or law.indices):
            yield Likeness(law, turned)


def likened(name: str, theirs: str, mine: str) -> str:
    r"""A name with one subject in the place of another: of `n_{X}` and `\bar{X}` those of `Z`."""
    before = "" if theirs.startswith("\\") else r"(?<![A-Za-z\\])"
    return re.sub(rf"{before}{re.escape(theirs)}(?![A-Za-z])", lambda _: mine, name)


def dressed(name: str, names: Iterable[str]) -> str:
    """The one of some names that differs from a name in its type alone, or the name itself."""
    found = undressed(name)
    return next((other for other in sorted(names) if undressed(other) == found), name)


def undressed(name: str) -> str:
    """A name without bold type and braces."""
    return _DRESS.sub("", name)


def _parts(name: str) -> tuple[str, str]:
    """The letter of a name and the one symbol below it, which is empty for any other name."""
    found = _NAME.fullmatch(name)
    subject = undressed(found["subject"]) if found is not None else ""
    if found is None or not _SUBJECT.fullmatch(subject):
        return name, ""
    return found["stem"], subject

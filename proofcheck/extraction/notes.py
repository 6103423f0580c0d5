r"""Equations in the note of a brace: `\underbrace{Ax-b}_{=:r}`, `\underbrace{PP}_{=P}`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import Relation, RelationKind
from proofcheck.extraction.equations import Equation
from proofcheck.extraction.groups import groups
from proofcheck.extraction.parts import Link
from proofcheck.extraction.relations import relation_at
from proofcheck.extraction.skipping import after_argument
from proofcheck.extraction.spacing import BRACES, SPACES

_MOST = 30
_EQUALITIES = frozenset((RelationKind.EQUAL, RelationKind.DEFINE))
_COUNTING = frozenset("I V i v".split())  # `I` and `II` number terms as often as not
_ARGUMENTS = frozenset((TokenKind.OPEN, TokenKind.CLOSE))


def notes(tokens: Sequence[Token]) -> list[Equation]:
    """The equations that notes say of what stands above or below them, the first few of them."""
    if not any(token.text in BRACES for token in tokens):
        return []
    partners = groups(tokens).partners
    found: list[Equation] = []
    for index, token in enumerate(tokens):
        if token.text in BRACES and index + 1 < len(tokens) and partners[index + 1] > index:
            end = partners[index + 1]
            note = _note(tokens, partners, end + 1)
            equation = _equation(tokens, partners, range(index + 2, end), note)
            found += [equation] if equation else []
            if len(found) == _MOST:
                break
    return found


def _note(tokens: Sequence[Token], partners: Sequence[int], index: int) -> range:
    """The indices of what the script at `index` holds."""
    if index >= len(tokens) or tokens[index].text not in ("_", "^"):
        return range(0)
    stop = after_argument(tokens, partners, index + 1)
    return range(index + 2, stop - 1) if partners[index + 1] > index else range(index + 1, stop)


def _equation(
    tokens: Sequence[Token], partners: Sequence[int], body: range, note: range
) -> Equation | None:
    """The equation between a body and its note, a name on the left."""
    said = [index for index in note if tokens[index].text not in SPACES]
    if not said:
        return None
    kind, said = _relation(tokens, partners, said)
    name = _is_name([tokens[index] for index in said])
    if not said or (kind is None and not name):
        return None
    span = tokens[note[0]].span.to(tokens[note[-1]].span)
    relation = Relation(kind or RelationKind.EQUAL, "=", span)
    sides = (said, list(body)) if name else (list(body), said)
    return Equation([Link(None, sides[0]), Link(relation, sides[1])], aside=True)


def _relation(
    tokens: Sequence[Token], partners: Sequence[int], said: list[int]
) -> tuple[RelationKind | None, list[int]]:
    """The equality that a note begins or ends with, and the rest of it; no rest if another relation
    stands in it."""
    kind: RelationKind | None = None
    rest: list[int] = []
    index = said[0]
    while index <= said[-1]:
        found = relation_at(tokens, index, partners)
        if found is None:
            rest.append(index)
            index += 1
            continue
        if found[0] not in _EQUALITIES or kind is not None:
            return None, []
        if rest and found[1] <= said[-1]:
            return None, []
        kind, index = found
    return kind, rest


def _is_name(said: Sequence[Token]) -> bool:
    r"""Whether a note is a letter, perhaps in a font and with a subscript: `r`, `\mathbf{v}_1`."""
    words = list(_outside_scripts(said))
    letters = [token for token in words if token.kind is TokenKind.LETTER]
    commands = [token for token in words if token.kind is TokenKind.COMMAND]
    others = len(words) - len(letters) - len(commands)
    if others or len(letters) > 1 or len(commands) > 2 - len(letters):
        return False
    return bool(words) and not all(token.text in _COUNTING for token in words)


def _outside_scripts(said: Sequence[Token]) -> Iterator[Token]:
    """The tokens but for braces and what a subscript holds."""
    for token in said:
        if token.text == "_":
            return
        if token.kind not in _ARGUMENTS:
            yield token

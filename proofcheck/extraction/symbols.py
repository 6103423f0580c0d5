"""The symbols that a formula is about: `A`, `x, y`, `X_{m\\times n}`, or the left of `H=H^T`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import RelationKind
from proofcheck.extraction.items import ROLES
from proofcheck.extraction.relations import IMPLICATIONS, KINDS
from proofcheck.extraction.scripts import after_argument, inside, scripts
from proofcheck.extraction.spaces import times
from proofcheck.extraction.spacing import SILENT, SPACES

Tokens = tuple[Token, ...]
_LONGEST = 14
_FARTHEST = 60
_NAMING = frozenset((RelationKind.EQUAL, RelationKind.DEFINE, RelationKind.MEMBER))
_STOPS = KINDS.keys() | IMPLICATIONS | {r"\forall", r"\quad", r"\qquad", ";", r"\\", r"\cr", "("}


@dataclass(frozen=True, slots=True)
class Subject:
    """A symbol and the sizes that its subscript gives, if it does."""

    tokens: Tokens
    rows: Tokens = ()
    columns: Tokens = ()


def subjects(tokens: Sequence[Token]) -> Iterator[Subject]:
    """The symbols of a list of symbols; what is none is left out."""
    for part in _split(_unbracketed([t for t in tokens if not _says_nothing(t)])):
        if part and len(part) <= _LONGEST and _is_symbol(part):
            yield _sized(tuple(part))


def head(tokens: Sequence[Token]) -> Sequence[Token]:
    """A formula up to its first relation; nothing if that says that it is a condition."""
    depth = 0
    for index, token in enumerate(tokens):
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
        colon = token.text == ":" and index + 1 < len(tokens) and tokens[index + 1].text == "="
        if depth == 0 and (token.text in KINDS or colon):
            return tokens[:index] if colon or KINDS[token.text] in _NAMING else ()
    return tokens


def before(tokens: Sequence[Token], index: int) -> Sequence[Token]:
    """The tokens before `index` that belong to the same side of a relation."""
    depth = 0
    first = max(index - _FARTHEST, 0)
    for start in range(index - 1, first - 1, -1):
        token = tokens[start]
        depth += (token.kind is TokenKind.CLOSE) - (token.kind is TokenKind.OPEN)
        opens = depth > 0 and token.text == "("
        depth += (token.text == ")") - opens
        stops = (token.text in _STOPS and not opens) or token.kind is TokenKind.TEXT
        if depth < 0 or (depth == 0 and stops):
            return tokens[start + 1 : index]
    return tokens[first:index]


def belonging(tokens: Sequence[Token], index: int) -> Iterator[Subject]:
    r"""The symbols before an `\in` at `index`; of `W = f(X) \in S` the one that is defined."""
    side = before(tokens, index)
    found = list(subjects(side))
    start = index - len(side) - 1
    if not found and start > 0 and tokens[start].text == "=":
        found = list(subjects(before(tokens, start)))
    yield from found


_MOST_OF_TWO = 80
"""How many tokens two symbols with their accents and scripts have."""


def commutes(tokens: Sequence[Token]) -> tuple[Tokens, ...]:
    """The `A` and `B` of `AB = BA`; nothing for anything else."""
    signs = [index for index, token in enumerate(tokens) if token.text == "="]
    if len(signs) != 1:
        return ()
    left, right = tuple(tokens[: signs[0]]), tuple(tokens[signs[0] + 1 :])
    if len(left) != len(right) or len(left) > _MOST_OF_TWO:
        return ()
    for cut in range(1, len(left)):
        first, second = left[:cut], left[cut:]
        if first != second and right == second + first and _is_symbol(first) and _is_symbol(second):
            return first, second
    return ()


def _says_nothing(token: Token) -> bool:
    return (
        token.text in SPACES
        or token.text in SILENT
        or token.text in ("&", ".", r"\left", r"\right")
    )


def _is_symbol(part: Sequence[Token]) -> bool:
    r"""Whether a part is a letter with accents and scripts: `\hat{\mathbf X}_k`, `{\bf X}`."""
    stop = 0
    while stop < len(part) - 1 and part[stop].text in _DRESS:
        stop += 1
    nucleus = inside(part[stop : after_argument(part, stop)])
    if not nucleus or not (len(nucleus) == 1 or nucleus[0].text in _DRESS or stop):
        return False
    if not all(_is_letter(token) for token in nucleus):
        return False
    _, _, stop = scripts(part, after_argument(part, stop))
    return stop == len(part) or all(token.text in ("'", r"\prime") for token in part[stop:])


def _is_letter(token: Token) -> bool:
    if token.kind is TokenKind.COMMAND:
        known = token.text in ROLES or token.text in KINDS or token.text in _OPERATORS
        return token.text[1:].isalpha() and not known
    return token.kind in (TokenKind.LETTER, TokenKind.OPEN, TokenKind.CLOSE)


_OPERATORS = frozenset(
    r"\sum \prod \int \frac \nabla \partial \log \det \exp \max \min \sqrt \infty \ldots \cdots "
    r"\dots \vdots \operatorname \forall \exists \emptyset \circ \cdot".split()
)
_DRESS = frozenset(
    r"\mathbf \mathrm \mathbb \mathcal \mathsf \mathit \mathfrak \mathscr \mathds \boldsymbol "
    r"\bm \pmb \bold \boldmath \bf \rm \sf \it \cal \text \textbf \hat \tilde \bar \dot \ddot \vec "
    r"\widehat \widetilde \overline \underline \check \mathring".split()
)


def _unbracketed(tokens: list[Token]) -> list[Token]:
    """`(X, Y)` without its brackets."""
    if len(tokens) > 2 and tokens[0].text == "(" and tokens[-1].text == ")":
        return tokens[1:-1]
    return tokens


def _split(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The parts between commas and "and" outside of braces."""
    part: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
        if depth == 0 and (token.text in (",", ";", r"\quad") or token.kind is TokenKind.TEXT):
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _sized(part: Tokens) -> Subject:
    r"""`X_{m\times n}` as the symbol and its sizes."""
    for index, token in enumerate(part):
        if token.text == "_":
            stop = after_argument(part, index + 1)
            rows, columns = times(inside(part[index + 1 : stop]))
            if columns and any(t.text in (r"\times", "×") for t in part[index:stop]):
                return Subject(part[:index] + part[stop:], rows, columns)
    return Subject(part)

"""A row of a formula as the parts that commas, spaces, remarks and alignment make of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import Relation, RelationKind
from proofcheck.extraction.items import SIGNS, Flat, Item, Role, shallow
from proofcheck.extraction.relations import CONCLUSIONS
from proofcheck.extraction.spacing import SPACES


@dataclass(slots=True)
class Link:
    """A side of an equation as indices of tokens, with the relation before it, if there is one.

    `last` is the role of the last item; an operator there wants to go on.
    """

    relation: Relation | None = None
    tokens: list[int] = field(default_factory=list)
    last: Role = Role.NONE

    def add(self, start: int, stop: int, role: Role) -> None:
        """Adds the tokens from `start` to before `stop`."""
        self.tokens.extend(range(start, stop))
        self.last = role


@dataclass(slots=True)
class Part:
    """What stands between two separators of a row.

    `separator` is the strongest of those before it, `commas` the tokens of a comma there, `remark`
    the words of a remark and `column` the number of `&` before that. `cell` counts the `&` before
    the part itself; `led` says whether one was the first thing in the row. `operator` is the one
    that it begins with; `concluded` says that a sign before it says that it follows.
    """

    separator: Role
    cell: int
    led: bool
    commas: list[int] = field(default_factory=list)
    remark: str = ""
    column: int = 0
    links: list[Link] = field(default_factory=lambda: [Link()])
    operator: str = ""
    concluded: bool = False

    @property
    def related(self) -> bool:
        """Whether a relation stands in it."""
        return len(self.links) > 1

    @property
    def continues(self) -> bool:
        """Whether it begins with a relation."""
        return self.related and not self.links[0].tokens

    @property
    def signed(self) -> bool:
        """Whether it begins with an operator that may be a sign."""
        return self.operator in SIGNS

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not self.related and not self.links[0].tokens


def rows(flat: Flat) -> Iterator[list[Part]]:
    """The rows of a formula that are not empty, each as its parts."""
    texts = [token.text for token in flat.tokens]
    row: list[Item] = []
    for item in flat.items:
        if item.role is not Role.ROW:
            row.append(item)
            continue
        if row and (parts := _parts(flat.tokens, shallow(row, texts))):
            yield parts
        row = []
    if row and (parts := _parts(flat.tokens, shallow(row, texts))):
        yield parts


def _parts(tokens: Sequence[Token], items: Sequence[Item]) -> list[Part]:
    """The parts of a row that are not empty."""
    parts: list[Part] = []
    part = Part(Role.ROW, 0, False)
    cell = 0
    for number, written in enumerate(items):
        item = written
        if _is_where(tokens, items, number):
            item = Item(Role.REMARK, item.start, item.stop, None, "where" * part.related)
        parting = item.kind is RelationKind.MAP and (part.related or (part.empty and parts))
        if item.role >= Role.ATOM and not parting:
            _add(part, item, tokens)
            continue
        cell += item.role is Role.CELL
        if not part.empty:
            parts.append(part)
            part = Part(Role.NONE, cell, False)
        _separate(part, Role.IMPLICATION if parting else item.role, cell, bool(parts))
        _note(part, item, cell)
        part.concluded = part.concluded or tokens[item.start].text in CONCLUSIONS
    if not part.empty:
        parts.append(part)
    return parts


def _is_where(tokens: Sequence[Token], items: Sequence[Item], number: int) -> bool:
    r"""Whether a colon parts what is before it from an equation behind a wide space, as in
    `f = \log\det X:\quad X = A^TA`."""
    if tokens[items[number].start].text != ":" or items[number].role is not Role.OPERATOR:
        return False
    apart = [item.role for item in items[number + 1 : number + 2]]
    return apart in ([Role.WIDE], [Role.REMARK]) and any(
        item.role is Role.RELATION for item in items[number + 2 :]
    )


def _separate(part: Part, role: Role, cell: int, inner: bool) -> None:
    """Notes a separator before a part; of several the strongest counts, at the start of a row
    that of the row unless it is an implication."""
    part.cell = cell
    part.led = part.led or (role is Role.CELL and not inner)
    if role is Role.IMPLICATION or part.separator is not Role.IMPLICATION:
        part.separator = role if role is Role.IMPLICATION else max(part.separator, role)


def _note(part: Part, item: Item, cell: int) -> None:
    """Notes the comma or the remark that stands before a part."""
    if item.remark and not part.remark:
        part.remark, part.column = item.remark, cell
    if item.role is Role.COMMA and not part.commas:
        part.commas = list(range(item.start, item.stop))


def _add(part: Part, item: Item, tokens: Sequence[Token]) -> None:
    """Adds an atom, an operator or a relation to a part."""
    if item.role is Role.RELATION and item.kind is not None:
        span = tokens[item.start].span.to(tokens[item.stop - 1].span)
        text = "".join(_spelled(token) for token in tokens[item.start : item.stop])
        part.links.append(Link(Relation(item.kind, text, span)))
        return
    link = part.links[-1]
    if part.empty:
        if tokens[item.start].text in SPACES:
            return
        part.operator = tokens[item.start].text if item.role is Role.OPERATOR else ""
    role = link.last if tokens[item.start].text in SPACES else item.role
    link.add(item.start, item.stop, role)


def _spelled(token: Token) -> str:
    r"""A token as it is written; only the braces of a `\text` are put back."""
    return f"\\text{{{token.text}}}" if token.kind is TokenKind.TEXT else token.text

"""The prose of a document as sentences in which every formula is one mark."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from proofcheck.document.document import MathBlock, Prose
from proofcheck.document.source import Source, Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.displayed import remarks
from proofcheck.extraction.spaces import size_of
from proofcheck.extraction.symbols import Subject, commutes, head, subjects

Tokens = tuple[Token, ...]

NAME = "[\U000f0000-\U000f7fff]"
"""A pattern for the mark of a formula that is about symbols: `A`, `x, y`, `H = H^T`."""
SIZE = "[\U000f8000-\U000fffef]"
"""A pattern for the mark of a formula that is a size: `m\\times n`."""

_FIRST_NAME, _FIRST_SIZE = 0xF0000, 0xF8000
_MOST = 0x7FF0
OTHER = "\U000ffffd"
_DISPLAY_END = "\U000ffffe"
_FORGED = re.compile("[\U000f0000-\U000fffff]")
_ABBREVIATED = r"(?<!\bi\.i\.d)(?<!\bi\.e)(?<!\be\.g)(?<!\bw\.r\.t)(?<!\bcf)(?<!\bresp)"
_END = re.compile(
    rf"{_ABBREVIATED}[.;!?](?=[\s*_)]|$)|(?<=i\.i\.d)\.(?=\s+[A-Z])|\n[ \t]*\n|{_DISPLAY_END}"
)
_LONGEST = 800
_SHORT = 5  # tokens of a sign with what it stands at: `A^{*}`
_WIDE = re.compile(r"\s{30}")  # a drawing or a table, over which patterns would be slow
_EMPHASIS = re.compile(r"[*_]{1,3}(?=\w)|(?<=\w)[*_]{1,3}")


@dataclass(frozen=True, slots=True)
class Formula:
    """An expanded formula and where it stands; the symbols that it is about, and the size that it
    is, if it is one."""

    tokens: Tokens
    span: Span
    subjects: tuple[Subject, ...]
    size: tuple[Tokens, Tokens] | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; `starts` pairs offsets in `text` with offsets in the source, in order."""

    text: str
    formulas: list[Formula]
    starts: list[tuple[int, int]]
    offset: int
    scope: int

    def formula(self, mark: str) -> Formula | None:
        """The formula that a character stands for, if it is a mark."""
        number = ord(mark)
        if number < _FIRST_NAME:
            return None
        return self.formulas[number - (_FIRST_SIZE if number >= _FIRST_SIZE else _FIRST_NAME)]

    def letters(self, start: int, stop: int) -> Tokens:
        """The characters of a name or a number in plain prose as tokens."""
        found: list[Token] = []
        for index in range(start, stop):
            character = self.text[index]
            kind = TokenKind.DIGIT if character.isdecimal() else TokenKind.LETTER
            found.append(Token(kind, character, self.span(index)))
        return tuple(found)

    def span(self, index: int) -> Span:
        """The place in the source of a character that is no mark."""
        place = self.offset + index
        mine, theirs = self.starts[bisect.bisect_right(self.starts, (place, 1 << 62)) - 1]
        return Span(theirs + place - mine, theirs + place - mine + 1)


@dataclass(slots=True)
class Text:
    """The prose of one scope as it is read; past a number of formulas they get no marks."""

    source: Source
    scope: int
    pieces: list[str] = field(default_factory=list)
    starts: list[tuple[int, int]] = field(default_factory=list)
    formulas: list[Formula] = field(default_factory=list)
    displays: list[Span] = field(default_factory=list)
    length: int = 0
    end: int = 0  # of the last part, in the source

    def add_prose(self, prose: Prose) -> None:
        """Adds words; characters that would read as marks become blanks."""
        self._add(_FORGED.sub(" ", prose.text), prose.span)

    def add_formula(self, block: MathBlock, tokens: Tokens, inline: bool) -> None:
        """Adds the mark of a formula; one that is displayed ends its sentence.

        The words in a display are a sentence of their own.
        """
        mark = self._mark(tokens, block.span)
        if inline:
            self._add(mark, block.span)
            return
        self.displays.append(block.span)
        self._add(OTHER + _DISPLAY_END, block.span)
        for words, part in remarks(tokens):
            piece = words or self._mark(part, block.span)
            self._piece(piece, part[0].span.start)
        self._piece(_DISPLAY_END, block.span.end)

    def _mark(self, tokens: Tokens, span: Span) -> str:
        """The mark of a formula, which is kept."""
        about = tuple(subjects(head(tokens)))
        size = size_of(tokens)
        mark = OTHER
        if len(self.formulas) < _MOST and (
            about or size or _is_turned(tokens) or commutes(tokens) or len(tokens) < _SHORT
        ):
            mark = chr((_FIRST_SIZE if size else _FIRST_NAME) + len(self.formulas))
        self.formulas.append(Formula(tokens, span, about, size))
        return mark

    def _add(self, text: str, span: Span) -> None:
        """Adds a part, after the blanks before it that are no part themselves."""
        gap = self.source.slice(Span(self.end, span.start))
        if self.pieces and gap.isspace():
            self._piece(gap, self.end)
        self._piece(text, span.start)
        self.end = span.end

    def _piece(self, text: str, start: int) -> None:
        self.pieces.append(text)
        self.starts.append((self.length, start))
        self.length += len(text)

    def displays_between(self, start: int, stop: int) -> bool:
        """Whether a displayed formula stands between two offsets in the source."""
        index = bisect.bisect_left(self.displays, Span(start, 0))
        return index < len(self.displays) and self.displays[index].start < stop

    def sentences(self) -> Iterator[Sentence]:
        """The sentences of the scope, none longer than what a person would write."""
        text = "".join(self.pieces)
        start = 0
        for end in (*(match.end() for match in _END.finditer(text)), len(text)):
            sentence = text[start : min(end, start + _LONGEST)]
            if sentence.strip() and not _WIDE.search(sentence):
                yield Sentence(_blank(sentence), self.formulas, self.starts, start, self.scope)
            start = end


def _is_turned(tokens: Tokens) -> bool:
    """Whether a formula is a transposed symbol, `x_i^T`."""
    marks = [index for index, token in enumerate(tokens) if token.text == "^"]
    return len(marks) == 1 and bool(list(subjects(tokens[: marks[0]])))


def _blank(sentence: str) -> str:
    """The sentence without signs of emphasis, which become blanks."""
    return _EMPHASIS.sub(lambda match: " " * len(match[0]), sentence).replace(_DISPLAY_END, " ")

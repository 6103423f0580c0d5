"""LaTeX mathematics as a sequence of tokens that know where they came from."""

from __future__ import annotations

import enum
import functools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from proofcheck.document.document import Excerpt
from proofcheck.document.source import Span


class TokenKind(enum.Enum):
    """What a token is to a reader of formulas."""

    COMMAND = "command"  # \frac, \, (text with its backslash)
    LETTER = "letter"  # one letter, of any alphabet
    DIGIT = "digit"  # one decimal digit
    SYMBOL = "symbol"  # any other character: + ( | ' ‖ ^ _ &
    OPEN = "open"  # {
    CLOSE = "close"  # }
    TEXT = "text"  # \text{…}, \mbox{…}: `text` is what stands inside, as written
    BEGIN = "begin"  # \begin{…}: `text` is the name
    END = "end"  # \end{…}: `text` is the name


@dataclass(frozen=True, slots=True)
class Token:
    """One token; two tokens are equal if they read the same, wherever they stand."""

    kind: TokenKind
    text: str
    span: Span = field(compare=False)


# Every alternative is bounded by a character class, so that no input makes the scan quadratic.
_TOKEN = re.compile(
    r"""
      (?P<blank> [\s\u200b-\u200f\u2060-\u2064\ufeff]+ | %[^\r\n]* )
    | (?P<one> [^\\] )
    | \\ (?: (?P<edge> begin | end ) \s* \{ (?P<name> [^{}\\$%\r\n]* ) \}
           | (?P<words> (?: text (?: rm | bf | it | sf | tt | sc | sl | up | md | normal )?
                          | mbox | hbox | fbox | intertext | shortintertext ) \s* \{ )
           | verb \*? (?P<bar> [!-)+-/0-9:-@\[-`|~] ) (?P<verbatim> [^\r\n]*? ) (?P=bar)
           | (?P<command> [A-Za-z]+ | . )? )
    """,
    re.VERBOSE | re.DOTALL,
)
_WORDS = re.compile(r"\\(?:text|[mhf]box|intertext|shortintertext)")
_KINDS = {"{": TokenKind.OPEN, "}": TokenKind.CLOSE}


@functools.cache
def _kind(character: str) -> TokenKind:
    """The kind of a token of one character; `ᵀ` and `ⁿ` count as symbols, not as letters."""
    if character.isdecimal():
        return TokenKind.DIGIT
    if character.isalpha() and unicodedata.category(character) != "Lm":
        return TokenKind.LETTER
    return _KINDS.get(character, TokenKind.SYMBOL)


def tokenize(excerpt: Excerpt) -> tuple[Token, ...]:
    """The tokens of a formula, without white space and comments; spans are source offsets.

    Never raises: an unclosed `\\text{` is a command and what follows it.
    """
    closings = _closings(excerpt.text) if _WORDS.search(excerpt.text) else {}
    locate = _locator(excerpt)
    tokens: list[Token] = []
    resume = 0
    for match in _TOKEN.finditer(excerpt.text):
        start, end = match.span()
        if start < resume or (group := match.lastgroup) == "blank":
            continue
        if group == "one":
            character = match[group]
            tokens.append(Token(_kind(character), character, locate(start, end)))
        elif group == "words":
            resume = closings.get(end - 1, start + 1)
            tokens += _words(match, resume, locate)
        else:
            tokens.append(_control(match, locate))
    return tuple(tokens)


def tokenize_text(text: str) -> tuple[Token, ...]:
    """The tokens of a text that stands in no document."""
    return tokenize(Excerpt(text, ((0, 0),)))


_Locator = Callable[[int, int], Span]


def _locator(excerpt: Excerpt) -> _Locator:
    """From offsets in the excerpt to spans in the source; nearly always a mere shift."""
    if len(excerpt.segments) > 1:
        return excerpt.span
    shift = excerpt.origin(0)
    return lambda start, end: Span(start + shift, end + shift)


def _closings(text: str) -> dict[int, int]:
    """For every opening brace that has a partner, the offset after that partner."""
    closings: dict[int, int] = {}
    opened: list[int] = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "words" or match[0] == "{":
            opened.append(match.end() - 1)
        elif match[0] == "}" and opened:
            closings[opened.pop()] = match.end()
    return closings


def _words(match: re.Match[str], resume: int, locate: _Locator) -> list[Token]:
    """`\\text{…}` up to `resume` as one token; if it is unclosed, the command and its brace."""
    start, end = match.span()
    if resume >= end:
        inside = match.string[end : resume - 1]
        return [Token(TokenKind.TEXT, inside, locate(start, resume))]
    command = match[0][:-1].rstrip()
    return [
        Token(TokenKind.COMMAND, command, locate(start, start + len(command))),
        Token(TokenKind.OPEN, "{", locate(end - 1, end)),
    ]


def _control(match: re.Match[str], locate: _Locator) -> Token:
    """The token of a match that begins with a backslash and is not `\\text{`."""
    span = locate(*match.span())
    if edge := match["edge"]:
        kind = TokenKind.BEGIN if edge == "begin" else TokenKind.END
        return Token(kind, match["name"].strip(), span)
    if match["bar"]:
        return Token(TokenKind.TEXT, match["verbatim"], span)
    return Token(TokenKind.COMMAND, match[0], span)

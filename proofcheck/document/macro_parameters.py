r"""What a macro takes behind its name: `#1`, `[#1]`, `*`, `(#1)`, or all up to some word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from proofcheck.document.macro_stream import Item, TokenStream
from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind

Tokens = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Argument:
    """A group, or else one token."""


@dataclass(frozen=True, slots=True)
class UpTo:
    r"""What stands before the tokens `end`, as in `\def\x#1,{…}`."""

    end: Tokens


@dataclass(frozen=True, slots=True)
class Between:
    """What stands between `opening` and `closing`; `default` where it may be left out, or None."""

    opening: str
    closing: str
    default: Tokens | None = None


@dataclass(frozen=True, slots=True)
class Braced:
    """A group that may be left out."""

    default: Tokens


@dataclass(frozen=True, slots=True)
class Flag:
    """A token that may stand there; whether it does is the argument."""

    text: str


Parameter = Argument | UpTo | Between | Braced | Flag

_NOWHERE = Span(0, 0)
TRUE = Token(TokenKind.COMMAND, r"\BooleanTrue", _NOWHERE)
FALSE = Token(TokenKind.COMMAND, r"\BooleanFalse", _NOWHERE)
NO_VALUE = Token(TokenKind.COMMAND, r"\NoValue", _NOWHERE)
"""What stands for an argument that is left out and has no default."""


def take(parameter: Parameter, stream: TokenStream, call: Item) -> list[Item] | None:
    """The argument of `call` for a parameter; None where it is missing."""
    match parameter:
        case Argument():
            return stream.argument()
        case UpTo(end=end):
            return stream.delimited(end)
        case Between(opening=opening, closing=closing, default=default):
            if stream.skip(opening):
                return stream.delimited((Token(TokenKind.SYMBOL, closing, _NOWHERE),), opening)
            return None if default is None else _given(default, call)
        case Braced(default=default):
            found = stream.group() if stream.opens() else None
            return _given(default, call) if found is None else found
        case Flag(text=text):
            return _given((TRUE if stream.skip(text) else FALSE,), call)
    assert_never(parameter)


def _given(tokens: Tokens, call: Item) -> list[Item]:
    """Tokens that the call does not say, at its place."""
    return [(Token(token.kind, token.text, call[0].span), call[1] + 1) for token in tokens]

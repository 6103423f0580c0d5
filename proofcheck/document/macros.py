"""The macros that authors define, in a preamble or inside a formula, and their expansion.

Expansion works on tokens. A token of a macro's body has the span of the whole call, a token of an
argument keeps its own; so every token still stands for characters of the file.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from proofcheck.document.document import Comment, Document, Excerpt, Prose
from proofcheck.document.macro_definitions import DEFINERS, Macro, definition, upright
from proofcheck.document.macro_parameters import NO_VALUE, TRUE, take
from proofcheck.document.macro_stream import Item, MacroLimit, TokenStream
from proofcheck.document.packages import PACKAGES
from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind, tokenize

__all__ = ["Macro", "MacroLimit", "Macros", "collect", "define", "expand"]

_DEFINER = re.compile("|".join(rf"{re.escape(name)}(?![A-Za-z])" for name in DEFINERS))
_SILENT = frozenset(("\\long", "\\global", "\\protected", "\\outer", "\\xspace"))
_TESTS = {"\\IfBoolean": TRUE, "\\IfValue": NO_VALUE, "\\IfNoValue": NO_VALUE}
_CONDITIONALS = {
    f"{test}{branches}": (test, branches) for test in _TESTS for branches in ("TF", "T", "F")
}
_KNOWN = frozenset((*DEFINERS, *_CONDITIONALS, *PACKAGES, *_SILENT))


@dataclass(frozen=True, slots=True)
class Macros:
    """The macros known at a place of a document, by their names with the backslash."""

    definitions: Mapping[str, Macro] = field(default_factory=lambda: MappingProxyType({}))


def collect(document: Document) -> Macros:
    """The macros that a document inherits, and defines outside of its formulas; a later definition
    wins."""
    table: dict[str, Macro] = {}
    for part in (*document.inherited, document):
        for span in _prose(part):
            text = part.source.slice(span)
            if first := _DEFINER.search(text):
                excerpt = Excerpt.of(part.source, Span(span.start + first.start(), span.end))
                _collect(tokenize(excerpt), table)
    return Macros(MappingProxyType(table))


def define(tokens: Iterable[Token], macros: Macros) -> tuple[tuple[Token, ...], Macros]:
    """The tokens of a formula, expanded and without the definitions in it, and the macros that
    are known after it; raises `MacroLimit`."""
    tokens = tuple(tokens)
    known = macros.definitions
    commands = {token.text for token in tokens if token.kind is TokenKind.COMMAND}
    words = any("{" in name for name in known)
    if not words and commands.isdisjoint(_KNOWN) and commands.isdisjoint(known):
        return tokens, macros
    table = dict(known)
    expanded = tuple(_expand(TokenStream(tokens), table))
    return expanded, Macros(MappingProxyType(table)) if table != known else macros


def expand(tokens: Iterable[Token], macros: Macros) -> tuple[Token, ...]:
    """The tokens of a formula with the macros expanded; raises `MacroLimit`."""
    return define(tokens, macros)[0]


def _prose(document: Document) -> Iterator[Span]:
    """The stretches of a document without formulas; a comment does not end one."""
    run: Span | None = None
    for part in document.parts:
        if not isinstance(part, Prose | Comment):
            continue
        if run and not document.source.text[run.end : part.span.start].strip():
            run = run.to(part.span)
            continue
        if run:
            yield run
        run = part.span
    if run:
        yield run


def _collect(tokens: Iterable[Token], table: dict[str, Macro]) -> None:
    """Adds the definitions among `tokens` to `table`, without expanding anything."""
    stream = TokenStream(tokens)
    try:
        while item := stream.next():
            if item[0].text in DEFINERS:
                _define(item[0].text, stream, table)
    except MacroLimit:
        return


def _define(command: str, stream: TokenStream, table: dict[str, Macro]) -> bool:
    """Carries out the definition that `command` starts; whether it is one. What an author
    provides comes before what we take a package to mean."""
    known = ChainMap(table, {} if command == "\\providecommand" else PACKAGES)
    found = definition(command, stream, known)
    if found is None:
        stream.restore()
        return False
    table[found[0]] = found[1]
    return True


def _expand(stream: TokenStream, table: dict[str, Macro]) -> Iterator[Token]:
    """What remains of a stream when its definitions and calls have been carried out."""
    words = any("{" in name for name in table)
    while item := stream.next():
        token = item[0]
        if words and _named(item, stream, table):
            continue
        if token.kind is not TokenKind.COMMAND:
            yield token
        elif token.text in DEFINERS:
            if not _define(token.text, stream, table):
                yield token
        elif token.text in _CONDITIONALS:
            if not _choose(item, stream):
                yield token
        elif (macro := table.get(token.text) or PACKAGES.get(token.text)) is None:
            if token.text not in _SILENT:
                yield token
        elif macro.fixed:
            yield _moved(macro.body[0], token.span)
        elif not _call(item, macro, stream):
            yield token


def _named(item: Item, stream: TokenStream, table: dict[str, Macro]) -> bool:
    """Puts what a word stands for into the stream, if the token begins one that is defined."""
    name = upright(item[0], stream)
    if name in table and _call(item, table[name], stream):
        return True
    stream.restore()
    return False


def _choose(item: Item, stream: TokenStream) -> bool:
    r"""Puts the branch of `\IfBooleanTF{…}{…}{…}` into the stream that is to be read; whether its
    arguments could be read."""
    test, branches = _CONDITIONALS[item[0].text]
    condition, *chosen = [stream.argument() for _ in range(1 + len(branches))]
    if condition is None or None in chosen:
        stream.restore()
        return False
    holds = [token for token, _ in condition] == [_TESTS[test]]
    letter = "F" if holds == (test == "\\IfValue") else "T"
    if letter in branches:
        stream.put(chosen[branches.index(letter)] or [], item)
    return True


def _call(item: Item, macro: Macro, stream: TokenStream) -> bool:
    """Puts the expansion of a call into the stream; whether its arguments could be read."""
    arguments = _arguments(macro, stream, item)
    if arguments is None:
        stream.restore()
        return False
    token, depth = item
    span = Span(token.span.start, max(token.span.end, stream.end()))
    stream.put(list(_substitute(macro.body, arguments, span, depth + 1)), item)
    return True


def _arguments(macro: Macro, stream: TokenStream, call: Item) -> list[list[Item]] | None:
    """The arguments of `call`, or None where one is missing."""
    if not all(stream.skip(token.text) for token in macro.prefix):
        return None
    arguments: list[list[Item]] = []
    for parameter in macro.parameters:
        argument = take(parameter, stream, call)
        if argument is None:
            return None
        arguments.append(argument)
    return arguments


def _substitute(
    body: tuple[Token, ...], arguments: list[list[Item]], span: Span, depth: int
) -> Iterator[Item]:
    """The body of a macro with its parameters replaced; `##` stands for `#`."""
    tokens = iter(body)
    for token in tokens:
        if token.text == "#" and (number := next(tokens, None)):
            index = int(number.text) if number.kind is TokenKind.DIGIT else 0
            if 1 <= index <= len(arguments):
                yield from arguments[index - 1]
            else:
                yield _moved(number, span), depth
        elif token.kind is TokenKind.TEXT and "#" in token.text:
            yield Token(token.kind, _fill(token.text, arguments), span), depth
        else:
            yield _moved(token, span), depth


def _moved(token: Token, span: Span) -> Token:
    """A token of a definition, at the place of a call."""
    return Token(token.kind, token.text, span)


def _fill(text: str, arguments: list[list[Item]]) -> str:
    r"""The words of a `\text{…}` in a macro's body with its parameters replaced."""
    for index, argument in enumerate(arguments, 1):
        text = text.replace(f"#{index}", _read([token for token, _ in argument]))
    return text


def _read(tokens: list[Token]) -> str:
    """What tokens read in the file, with a blank where one stands between two of them."""
    pieces: list[str] = []
    end = tokens[0].span.end if tokens else 0
    for token in tokens:
        pieces += [" "] if token.span.start > end else []
        pieces.append(token.text)
        end = token.span.end
    return "".join(pieces)

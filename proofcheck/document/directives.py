"""What an author tells the program in comments: `proofcheck: allow[unequal-step]` and others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from proofcheck.document.document import Comment, Document, MathBlock
from proofcheck.document.source import Span


@dataclass(frozen=True, slots=True)
class Allow:
    """`allow[rule, …]`: the rules are silent on this line or about the next step."""

    rules: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Switch:
    """`off` and `on`: nothing is checked from the one to the other."""

    on: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Layout:
    """`layout numerator` or `layout denominator`: how a derivative by a vector is laid out."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Let:
    """`let …`: a declaration; `text` is what follows the word, as written, at `place`."""

    text: str
    place: Span
    span: Span


@dataclass(frozen=True, slots=True)
class InvalidDirective:
    """A comment that begins with `proofcheck:` and goes on with something unknown."""

    message: str
    span: Span


Directive = Allow | Switch | Layout | Let | InvalidDirective

_DIRECTIVE = r"proofcheck:[ \t]*(?P<body>[^\r\n]*)"
_IN_COMMENT = re.compile(rf"(?:^|(?<=[\r\n]))[ \t%]*(?P<whole>{_DIRECTIVE})")
_IN_FORMULA = re.compile(rf"\\.|(?:%+|<!--)[ \t]*(?P<whole>{_DIRECTIVE})", re.DOTALL)
_RULES = re.compile(r"allow[ \t]*\[(?P<rules>[^\[\]]*)\]")
_KNOWN = "`allow[rule]`, `off`, `on`, `layout numerator`, `layout denominator` or `let …`"


def directives(document: Document) -> tuple[Directive, ...]:
    """The directives of a document in its order, also those in comments inside of formulas.

    Their spans begin at the word `proofcheck`.
    """
    return tuple(_directives(document))


def _directives(document: Document) -> Iterator[Directive]:
    for part in document.parts:
        if isinstance(part, Comment):
            start = document.source.text.index(part.text, part.span.start)
            yield from _find(_IN_COMMENT, part.text, start)
        elif isinstance(part, MathBlock):
            yield from _find(_IN_FORMULA, document.source.slice(part.span), part.span.start)


def _find(pattern: re.Pattern[str], text: str, offset: int) -> Iterator[Directive]:
    """The directives in `text`, which stands at `offset` of the file."""
    if "proofcheck:" in text:
        matches = pattern.finditer(text)
        yield from (_parse(match, offset) for match in matches if match["whole"])


def _parse(match: re.Match[str], offset: int) -> Directive:
    """The directive of a match in a text that stands at `offset` of the file."""
    body = match["body"].split("-->")[0].rstrip()
    span = Span(offset + match.start("whole"), offset + match.start("body") + len(body))
    word, _, rest = body.partition(" ")
    if rules := _RULES.fullmatch(body):
        return _allow(rules["rules"], span)
    if body in ("on", "off"):
        return Switch(body == "on", span)
    if word == "layout" and rest.strip() in ("numerator", "denominator"):
        return Layout(rest.strip(), span)
    if word == "let" and rest.strip():
        text = rest.lstrip()
        return Let(text, Span(span.end - len(text), span.end), span)
    return InvalidDirective(f"unknown directive `{body}`, expected {_KNOWN}", span)


def _allow(rules: str, span: Span) -> Directive:
    names = tuple(name.strip() for name in rules.split(","))
    if not all(names):
        return InvalidDirective("`allow[…]` needs the names of rules, separated by commas", span)
    return Allow(names, span)

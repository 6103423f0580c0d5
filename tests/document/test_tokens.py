"""The scanner of formulas."""

from __future__ import annotations

import pytest

from proofcheck.document.document import Excerpt
from proofcheck.document.source import Span
from proofcheck.document.tokens import TokenKind, tokenize
from tests.document.reading import tokens, written

KINDS = {
    "a": TokenKind.LETTER,
    "λ": TokenKind.LETTER,
    "ℝ": TokenKind.LETTER,
    "ℓ": TokenKind.LETTER,
    "7": TokenKind.DIGIT,
    "²": TokenKind.SYMBOL,
    "ᵀ": TokenKind.SYMBOL,
    "∂": TokenKind.SYMBOL,
    "∇": TokenKind.SYMBOL,
    "‖": TokenKind.SYMBOL,
    "^": TokenKind.SYMBOL,
    "&": TokenKind.SYMBOL,
    "~": TokenKind.SYMBOL,
    "{": TokenKind.OPEN,
    "}": TokenKind.CLOSE,
    "\\": TokenKind.COMMAND,
    "\\\\": TokenKind.COMMAND,
    "\\,": TokenKind.COMMAND,
    "\\|": TokenKind.COMMAND,
    "\\{": TokenKind.COMMAND,
    "\\frac": TokenKind.COMMAND,
}


@pytest.mark.parametrize(("text", "kind"), KINDS.items())
def test_each_kind(text: str, kind: TokenKind) -> None:
    (token,) = tokens(text)
    assert (token.kind, token.text, token.span) == (kind, text, Span(0, len(text)))


def test_a_command_ends_where_its_letters_do() -> None:
    assert written(tokens(r"\alpha2\beta x\\[2pt]")) == [
        *("\\alpha", "2", "\\beta", "x", "\\\\", "[", "2", "p", "t", "]"),
    ]


def test_white_space_and_comments_are_dropped() -> None:
    assert written(tokens("a % b \\c {\n + \u200b\xa050\\% d")) == ["a", "+", "5", "0", "\\%", "d"]


@pytest.mark.parametrize("command", ["text", "textrm", "mbox", "intertext", "textnormal"])
def test_words_are_one_token(command: str) -> None:
    text = rf"a\{command} {{if {{$x_1$}} \}} holds}}b"
    first, words, last = tokens(text)
    assert (words.kind, words.text) == (TokenKind.TEXT, r"if {$x_1$} \} holds")
    assert text[words.span.start : words.span.end] == rf"\{command} {{if {{$x_1$}} \}} holds}}"
    assert (first.text, last.text) == ("a", "b")


def test_unclosed_words_are_a_command_and_the_rest() -> None:
    assert written(tokens(r"\text{a \text{b}")) == ["\\text", "{", "a", "b"]
    assert tokens(r"\text{a")[0].kind is TokenKind.COMMAND


def test_verbatim_is_text_and_may_be_unclosed() -> None:
    assert tokens(r"\verb|}{|")[0].text == "}{"
    assert written(tokens(r"\verb|}"))[0] == "\\verb"


def test_environments() -> None:
    begin, letter, end = tokens(r"\begin{align*} a \end {align*}")
    assert (begin.kind, begin.text, end.kind, end.text) == (
        *(TokenKind.BEGIN, "align*"),
        *(TokenKind.END, "align*"),
    )
    assert letter.text == "a"


def test_a_name_of_an_operator_stays_in_pieces() -> None:
    kinds = [token.kind for token in tokens(r"\operatorname{tr}")]
    assert kinds[:2] == [TokenKind.COMMAND, TokenKind.OPEN]
    assert kinds[2:] == [TokenKind.LETTER, TokenKind.LETTER, TokenKind.CLOSE]


def test_spans_are_those_of_the_source() -> None:
    left_out = Excerpt("ab\ncd", ((0, 10), (3, 15)))
    assert [token.span for token in tokenize(left_out)] == [
        *(Span(10, 11), Span(11, 12), Span(15, 16), Span(16, 17)),
    ]
    (words,) = tokenize(Excerpt("\\text{a\nb}", ((0, 4), (8, 14))))
    assert words.span == Span(4, 16)


def test_five_hundred_braces() -> None:
    nested = "{" * 500 + "x" + "}" * 500
    assert len(tokens(nested)) == 1001
    assert tokens(r"\text" + nested)[0].kind is TokenKind.TEXT

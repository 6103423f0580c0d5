"""No text makes the readers fail, lose their place, or slow down more than the text grows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofcheck.document.document import Document, MathBlock
from proofcheck.document.macros import MacroLimit, Macros, collect, define
from proofcheck.document.read import read_text
from proofcheck.document.tokens import Token, TokenKind, tokenize
from tests.counting import calls
from tests.document.reading import formulas, latex

KINDS = ("markdown", "latex", "text")
PIECES = (
    *("$", "$$", "\\(", "\\)", "\\[", "\\]", "\\\\[", "\\\\]", "{", "}", "\\", "\\$", "\\_", "%"),
    *("\\begin{align}", "\\end{align}", "\\begin{theorem}", "\\section{", "\\text{", "\\verb|"),
    *("\\begin{verbatim}", "\\end{verbatim}", "\\begingroup", "\\def\\x#1{", "\\x", "\\newcommand"),
    *("\n", "\r\n", "\r", "\n\n", "    ", "\t", "> ", "- ", "# ", "---\n", "===\n", "`", "```\n"),
    *("```math\n", "<!-- ", "-->", "<code>", "</code>", "!!! a\n    ", "**Answer**", "2 Answers\n"),
    *("a", "x = y", "one two three four ", "5", "界", "𝔸", "\ufeff", "\u200b", "\u2028", "~", "|"),
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join)


def check(document: Document) -> None:
    """What holds for every document."""
    end = 0
    for part in document.parts:
        assert end <= part.span.start < part.span.end <= len(document.source.text)
        end = part.span.end
    for block in document.parts:
        if isinstance(block, MathBlock):
            check_block(document, block)
    for problem in document.problems:
        assert document.source.slice(problem.span)


def check_block(document: Document, block: MathBlock) -> None:
    """What holds for every formula: its characters and its tokens are where they say."""
    source = document.source.text
    for offset, character in enumerate(block.body.text):
        assert source[block.body.origin(offset)] == character
    for token in tokenize(block.body):
        assert block.span.start <= token.span.start < token.span.end <= block.span.end
        if len(block.body.segments) == 1:
            assert_reads(token, source)


def assert_reads(token: Token, source: str) -> None:
    """A token stands in the file as it reads."""
    text = source[token.span.start : token.span.end]
    if token.kind in (TokenKind.TEXT, TokenKind.BEGIN, TokenKind.END):
        assert token.text in text
        assert text.startswith("\\")
    else:
        assert token.text == text


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=300)
@given(text=texts)
def test_every_text_is_read(kind: str, text: str) -> None:
    check(read_text(text, "page", kind))


@settings(deadline=None, max_examples=200)
@given(text=texts)
def test_every_text_is_expanded_or_refused(text: str) -> None:
    document = latex(text)
    macros = collect(document)
    for block in document.parts:
        if isinstance(block, MathBlock):
            try:
                found, macros = define(tokenize(block.body), macros)
            except MacroLimit:
                continue
            assert all(token.span.end <= len(text) for token in found)
    assert isinstance(macros, Macros)


REPEATED = (
    *(
        "A line of words that holds no formulas at all.\n\n",
        "$",
        "$$ ",
        "${",
        "$ { ",
        "\\[ ",
        "\\(",
    ),
    *("\\begin{align}", "`a ``", "<!-- ", "> > $x\n", "\\begin{verbatim}", "\\section{", "{ $5 "),
    *("\\text{", "\\verb|", "$$ a b c d\n\n", "\\newcommand{\\x}{", "    $$ \n", "# $a\n", "$`a"),
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("piece", REPEATED)
def test_the_work_grows_with_the_text(kind: str, piece: str) -> None:
    small, double, large = (_work(piece * n, kind) for n in (200, 400, 800))
    assert double < 2.5 * small + 1000
    assert large < 2.5 * double + 1000


def _work(text: str, kind: str) -> int:
    """How many calls it takes to read a text and to scan its formulas."""
    return calls(lambda: check_tokens(read_text(text, "page", kind)))


def check_tokens(document: Document) -> None:
    """Scans every formula."""
    for block in document.parts:
        if isinstance(block, MathBlock):
            tokenize(block.body)


@pytest.mark.parametrize("kind", KINDS)
def test_many_braces(kind: str) -> None:
    nested = "{" * 500 + "x" + "}" * 500
    assert formulas(read_text(f"$${nested}$$", "page", kind)) == [nested]


def test_a_large_file_without_formulas() -> None:
    text = "Words, and more of them, in a line that holds no formulas.\n" * 180_000
    assert len(text) > 10_000_000
    assert len(read_text(text, "page", "text").parts) == 1
    assert len(read_text(text, "page", "latex").parts) == 1

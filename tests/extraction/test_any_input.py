"""No text makes the extraction fail, lose its place, or slow down more than the text grows."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofcheck.document.document import Document
from proofcheck.document.read import read_text
from proofcheck.extraction.extract import extract

PIECES = (
    *("$", "$$", r"\[", r"\]", "{", "}", r"\left", r"\right", "(", ")", "[", "]", r"\{", r"\}"),
    *(
        "=",
        ":=",
        "&",
        "&=",
        r"\\",
        r"\\[2pt]",
        r"\cr",
        ",",
        ";",
        r"\quad",
        r"\implies",
        r"\in",
        "<",
    ),
    *(r"\begin{align}", r"\end{align}", r"\begin{array}{rl}", r"\end{array}", r"\begin{cases}"),
    *(r"\end{cases}", r"\eqalign{", r"\boxed{", r"\color{red}", r"\underbrace{", "_{", "^", "^{"),
    *(r"\text{", r"\text{and}", r"\text{if }", r"\tag{1}", r"\label{a}", r"\phantom{"),
    *(r"\overset", r"\stackrel{def}{=}", r"\buildrel", r"\over", r"\not", r"\def\x#1{#1=", r"\x"),
    *("a", "A", "x_i", "1", ".", "+", r"\cdot", r"\mathbb{R}^{m\times n}", r"\frac{a}{b}", r"\rm"),
    *("\n", "\n\n", "> ", " is a symmetric matrix ", " and ", " n x m ", "let ", "where ", " = "),
    *("?", "-", "# b", r"\to", r"\in", r"\hspace{1cm}", "\U000f0001 is real"),
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join)
formulas = st.lists(st.sampled_from(PIECES), max_size=30).map(
    lambda pieces: f"$${''.join(pieces)}$$"
)


def check(document: Document) -> None:
    """Extracts and looks at what came of it."""
    length = len(document.source.text)
    for derivation in extract(document).derivations:
        assert derivation.steps
        for step in derivation.steps:
            for side in (step.left, step.right):
                assert side.tokens
                assert 0 <= side.span.start < side.span.end <= length
                assert side.text == side.text.strip()
        numbers = [step.chain for step in derivation.steps]
        assert numbers == sorted(numbers)


@given(texts | formulas, st.sampled_from(("markdown", "latex", "text")))
@settings(max_examples=400, deadline=None)
def test_any_text_can_be_extracted(text: str, kind: str) -> None:
    check(read_text(text, "page", kind))


@given(texts)
@settings(max_examples=200, deadline=None)
def test_extraction_repeats(text: str) -> None:
    document = read_text(text, "page", "markdown")
    assert extract(document) == extract(document)


GROWING = {
    "open braces": "${}$".format("{" * 4000),
    "nested braces": "${}a=b{}$".format("{" * 2000, "}" * 2000),
    "open brackets": "${}a=b$".format("(" * 4000),
    "nested left": "${}a=b{}$".format(r"\left(" * 2000, r"\right)" * 2000),
    "rights": "${}{}a=b$".format("(" * 2000, r"\right)" * 2000),
    "columns": "$${}$$".format(r"{}\\ ".format("a &= b & " * 800) * 3),
    "begins": "${}a=b$".format(r"\begin{aligned}" * 2000),
    "nested arrays": "${}a&=b{}$".format(r"\begin{array}{l}" * 1500, r"\end{array}" * 1500),
    "rows": "$${}$$".format(r"a &= b \\ " * 2000),
    "reasons": "$${}$$".format(r"a &= b && \text{by } c = d \\ " * 1000),
    "relations": "$a{}$".format("=b" * 4000),
    "stacked": "$a{}b$".format(r"\overset a" * 3000),
    "buildrel": "$a{}b$".format(r"\buildrel " * 2000),
    "nested overset": "$a{}={}b$".format(r"\overset{" * 1500, "}" * 1500),
    "scripts": "$a{}$".format("_a^b" * 3000),
    "members": "$a{}$".format(r"\in{\in}" * 2000),
    "nested members": "${}{}$".format(r"{a \in " * 1500, "}" * 1500),
    "commas": "$a = {}$".format("b, " * 3000),
    "marks": " and ".join("$a$" for _ in range(2000)),
    "letters": "a, b, " * 3000,
    "blanks": "A" + " " * 20000 + "is symmetric",
    "adjectives": "$A$ is " + "symmetric, real and " * 1500,
    "inline chain": "$a$" + "\n$=b$" * 2000,
    "text": "$a = b {}$".format(r"\text{ and }" * 2000),
}


@pytest.mark.parametrize("text", GROWING.values(), ids=GROWING)
def test_time_grows_with_the_text(text: str) -> None:
    document = read_text(text, "page", "markdown")
    start = time.process_time()
    extract(document)
    assert time.process_time() - start < 1.5

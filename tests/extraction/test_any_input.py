"""No text makes the extraction fail, lose its place, or slow down more than the text grows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofcheck.document.document import Document
from proofcheck.document.read import read_text
from proofcheck.extraction.extract import extract
from tests.counting import calls

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


GROWING: dict[str, Callable[[int], str]] = {
    "open braces": lambda n: "${}$".format("{" * 8 * n),
    "nested braces": lambda n: "${}a=b{}$".format("{" * 4 * n, "}" * 4 * n),
    "open brackets": lambda n: "${}a=b$".format("(" * 8 * n),
    "nested left": lambda n: "${}a=b{}$".format(r"\left(" * 4 * n, r"\right)" * 4 * n),
    "rights": lambda n: "${}{}a=b$".format("(" * 4 * n, r"\right)" * 4 * n),
    "columns": lambda n: "$${}$$".format(r"{}\\ ".format("a &= b & " * 1 * n) * 3),
    "begins": lambda n: "${}a=b$".format(r"\begin{aligned}" * 4 * n),
    "nested arrays": lambda n: "${}a&=b{}$".format(
        r"\begin{array}{l}" * 3 * n, r"\end{array}" * 3 * n
    ),
    "rows": lambda n: "$${}$$".format(r"a &= b \\ " * 4 * n),
    "reasons": lambda n: "$${}$$".format(r"a &= b && \text{by } c = d \\ " * 2 * n),
    "relations": lambda n: "$a{}$".format("=b" * 8 * n),
    "stacked": lambda n: "$a{}b$".format(r"\overset a" * 6 * n),
    "buildrel": lambda n: "$a{}b$".format(r"\buildrel " * 4 * n),
    "nested overset": lambda n: "$a{}={}b$".format(r"\overset{" * 3 * n, "}" * 3 * n),
    "scripts": lambda n: "$a{}$".format("_a^b" * 6 * n),
    "members": lambda n: "$a{}$".format(r"\in{\in}" * 4 * n),
    "nested members": lambda n: "${}{}$".format(r"{a \in " * 3 * n, "}" * 3 * n),
    "commas": lambda n: "$a = {}$".format("b, " * 6 * n),
    "marks": lambda n: " and ".join("$a$" for _ in range(4 * n)),
    "letters": lambda n: "a, b, " * 6 * n,
    "blanks": lambda n: "A" + " " * 40 * n + "is symmetric",
    "adjectives": lambda n: "$A$ is " + "symmetric, real and " * 3 * n,
    "inline chain": lambda n: "$a$" + "\n$=b$" * 4 * n,
    "text": lambda n: "$a = b {}$".format(r"\text{ and }" * 4 * n),
}


@pytest.mark.parametrize("text", GROWING.values(), ids=GROWING)
def test_the_work_grows_with_the_text(text: Callable[[int], str]) -> None:
    small, double, large = (_work(text(n)) for n in (100, 200, 400))
    assert double < 2.7 * small + 3000
    assert large < 2.7 * double + 3000


def _work(text: str) -> int:
    """How many calls the extraction of a text takes."""
    document = read_text(text, "page", "markdown")
    return calls(lambda: extract(document))

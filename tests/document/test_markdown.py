"""What is a formula in Markdown, and what is not."""

from __future__ import annotations

import pytest

from proofcheck.document.document import Comment
from tests.document.reading import blocks, boundaries, formulas, markdown, place, prose

FORMULAS = {
    "one dollar": ("so $x=1$.", ["x=1"]),
    "white space inside": ("so $ x = 1 $ and $ n $.", [" x = 1 ", " n "]),
    "two dollars": ("$$a$$ and $$\nb\n$$", ["a", "\nb\n"]),
    "side by side": ("$a$$b$", ["a", "b"]),
    "parentheses": (r"\(a\) \[b\] \\(c\\) \\[d\\]", ["a", "b", "c", "d"]),
    "a row end is no bracket": (r"\[a\\[2pt] b\]", [r"a\\[2pt] b"]),
    "backticks": ("$`a_1`$", ["a_1"]),
    "a fence": ("```math\na\n```\n", ["a\n"]),
    "a fence with options": ("~~~{math}\n:label: eq\na\n~~~\n", ["a\n"]),
    "an open fence": ("```math\na", ["a"]),
    "an environment": (r"so \begin{align}a\\b\end{align} .", [r"a\\b"]),
    "an argument": (r"\begin{alignat*}{2}a\end{alignat*}", ["a"]),
    "a position": (r"\begin{aligned}[t]a\end{aligned}", ["a"]),
    "an environment inside": (
        r"$$\begin{align}a\end{align}$$",
        [r"\begin{align}a\end{align}"],
    ),
    "words with a formula": (r"$$a \text{ if $b$}$$", [r"a \text{ if $b$}"]),
    "an escaped dollar inside": (r"$a\$b$", [r"a\$b"]),
    "an escaped backslash before": (r"\\$a$", ["a"]),
    "Markdown's own escapes": (r"$x\_i \* y$", ["x_i * y"]),
    "a comment inside": ("$$a <!-- why --> b$$", ["a  b"]),
    "an empty line inside": ("$$\na\n\n= b\n$$", ["\na\n\n= b\n"]),
    "indented inside": ("$$\na\n\n    = b\n$$", ["\na\n\n    = b\n"]),
    "indented in a list": ("- a\n\n    $b$\n", ["b"]),
    "in an admonition": ('!!! note "n"\n    $$\n    a\n    $$\n', ["\n    a\n    "]),
    "in a nested admonition": ("!!! n\n    a\n\n    ??? m\n        b\n\n        $c$\n", ["c"]),
    "a line that looks like a quotation": ("$$\na\n> b\n$$", ["\na\n> b\n"]),
    "a line that looks like a heading": ("$$\na\n=\nb\n# c\n$$", ["\na\n=\nb\n# c\n"]),
    "a role of MyST": ("Let {math}`a` be, {code}`$b$`.", ["a"]),
    "labels behind": ("$$a$$ (one)\n\n$$b$$ {#eq-two}", ["a", "b"]),
    "a label of bookdown": (r"\begin{equation}a (\#eq:one)\end{equation}", ["a "]),
    "colons": ("::: {.note}\n$a$\n:::\n\n::::{tip}\n:::{note}\n$b$\n:::\n::::\n", ["a", "b"]),
    "colons with mathematics": (":::{math}\n:label: one\na\n:::\n$b$", ["a\n", "b"]),
    "colons in code": ("```\n:::{math}\na\n:::\n```\n$b$", ["b"]),
    "a fence with Markdown": ("```{note} Of $a$\n$b$\n```\n$c$", ["b", "c"]),
    "fences in one another": ("````{tip}\n```{note}\n$a$\n```\n```{r}\n$b$\n```\n````", ["a"]),
    "a chunk of code": ("```{r, echo=FALSE}\n$a$\n```\n```{python}\n$b$\n```\n`r $c$` $d$", ["d"]),
    "in a quotation with colons": ("> ::: note\n> $a$\n> :::\n", ["a"]),
    "over a rule": ("$$a$$\n---\n", ["a"]),
}


@pytest.mark.parametrize(("text", "expected"), FORMULAS.values(), ids=FORMULAS)
def test_formulas(text: str, expected: list[str]) -> None:
    document = markdown(text)
    assert formulas(document) == expected
    assert document.problems == ()


NO_FORMULAS = {
    "escaped": r"\$a=b\$ and \\\$c$",
    "prices": "It costs $5 and $6, or $7/$8, or $9-$10.",
    "prices in words": "between $5 million and more, and $ 3",
    "a price after": "we pay 5$ or 6$ a piece",
    "variables of a shell": "$HOME and $PATH are set",
    "a code span": "`$a$` and ``$b ` $c``",
    "an indented block": "a\n\n    $b$\n",
    "an indented block in an admonition": "!!! n\n    a\n\n        $b$\n",
    "a fence": "```python\n$a$\n$$b$$\n```\n",
    "an open fence": "```\n$a$\n",
    "a comment": "<!-- $a$ -->",
    "elements": "<code>$a$</code> <pre>\n$$b$$\n</pre>",
    "front matter": "---\ntitle: $a$\n---\n",
    "an empty line inside": "$a\n\nb$",
    "brackets around words": r"\[see the note\]",
    "a title": "# On $a$\n",
}


@pytest.mark.parametrize("text", NO_FORMULAS.values(), ids=NO_FORMULAS)
def test_no_formulas(text: str) -> None:
    document = markdown(text)
    assert formulas(document) == []
    assert document.problems == ()


def test_code_is_no_prose() -> None:
    assert prose(markdown("a\n\n```\nb\n```\n\nc `d`\n")) == "a\n\n|\nc `d`\n"


def test_a_quotation_is_left_out_of_a_formula() -> None:
    document = markdown("> > a $$\n> > b\n> >> c\n> $$\n")
    (block,) = blocks(document)
    assert block.body.text == "\nb\n> c\n"
    assert document.source.text[block.body.origin(1)] == "b"
    assert document.source.position(block.body.origin(1)).column == 5


def test_what_is_left_out_does_not_move_what_follows() -> None:
    document = markdown(r"$a\_b <!-- c --> d$")
    (block,) = blocks(document)
    for offset, character in enumerate(block.body.text):
        assert document.source.text[block.body.origin(offset)] == character


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# One\n\nTwo\n===\n", [("section", "One"), ("section", "Two")]),
        ("> ## In a quotation\n", [("section", "In a quotation")]),
        ("**Answer 2.** We have", [("answer", "Answer 2")]),
        ("**Another.**\n\n__Solution__:\n", [("answer", "Another"), ("answer", "Solution")]),
        ("**Proof:** Let", [("proof", "Proof")]),
        ("a\n\n2 Answers\n\nb", [("answer", "2 Answers")]),
        (r"$\begingroup$ a $\endgroup$", [("answer", ""), ("answer", "")]),
        ("the **Answer** is", []),
        ("**Important** is", []),
    ],
)
def test_boundaries(text: str, expected: list[tuple[str, str]]) -> None:
    assert boundaries(markdown(text)) == expected


def test_what_is_never_closed_is_a_problem_and_the_rest_is_read() -> None:
    document = markdown(r"$$ a" + "\n\nsome words of an ordinary paragraph\n\n$$b$$\n\n$c$")
    assert formulas(document) == ["b", "c"]
    assert [problem.message for problem in document.problems] == ["`$$` is never closed"]
    assert document.problems[0].span.start == 0


@pytest.mark.parametrize(
    ("text", "opener"),
    [
        (r"\begin{align} a $b$", r"\begin{align}"),
        (r"\begin{align} a \begin{align} b\end{align} $b$", r"\begin{align}"),
        (r"$$\frac{a$$ $b$", "{"),
        (r"$$\begin{matrix}a$$ $b$", r"\begin{matrix}"),
    ],
)
def test_problems_name_what_is_open(text: str, opener: str) -> None:
    document = markdown(text)
    assert [problem.message for problem in document.problems] == [f"`{opener}` is never closed"]
    assert formulas(document)[-1] == "b"


def test_comments() -> None:
    document = markdown("a <!-- b\nc --> d <!-- e")
    assert [part.text for part in document.parts if isinstance(part, Comment)] == [" b\nc "]


def test_front_matter_moves_no_line() -> None:
    assert place(markdown("---\ntitle: a\n---\n\n# b\n\n    c\n\n$d$\n"), 0) == (9, 2)
    assert boundaries(markdown("---\ntitle: a\n---\n\n# b\n")) == [("section", "b")]


def test_containers_leave_no_words_and_announce_theorems() -> None:
    text = "::: {#thm-one}\n## Sums\nwords\n:::\n\n```{prf:proof} of it\n:class: x\nmore\n```\n"
    document = markdown(text)
    assert boundaries(document) == [
        ("section", "theorem"),
        ("section", "Sums"),
        ("section", "proof of it"),
    ]
    assert prose(document).split() == ["words", "|more"]


def test_a_label_does_not_stand_between_two_displays() -> None:
    document = markdown("$$a$$ (one)\n$$b$$")
    assert prose(document).strip() == ""


def test_places_in_containers_are_those_of_the_file() -> None:
    document = markdown("---\ntitle: t\n---\r\n\n````{tip}\n:::{math}\n a\n:::\n````\n$b$")
    assert (place(document, 0), place(document, 1)) == ((7, 1), (10, 2))

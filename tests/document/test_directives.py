"""Directives in comments."""

from __future__ import annotations

import pytest

from proofcheck.document.directives import (
    Allow,
    Directive,
    InvalidDirective,
    Layout,
    Let,
    Switch,
    directives,
)
from tests.document.reading import latex, markdown


def only(comment: str) -> Directive:
    """The directive in a comment of Markdown."""
    (directive,) = directives(markdown(f"<!-- proofcheck: {comment} -->"))
    return directive


def test_each_directive() -> None:
    allow, switch, layout = only("allow[a-b, c]"), only("off"), only("layout numerator")
    assert isinstance(allow, Allow)
    assert allow.rules == ("a-b", "c")
    assert isinstance(switch, Switch)
    assert not switch.on
    assert isinstance(layout, Layout)
    assert layout.name == "numerator"


def test_a_declaration_keeps_its_words() -> None:
    document = latex("%  proofcheck: let  A in R^{n x n}, symmetric ")
    (let,) = directives(document)
    assert isinstance(let, Let)
    assert let.text == "A in R^{n x n}, symmetric" == document.source.slice(let.place)
    assert document.source.slice(let.span).startswith("proofcheck: let")


@pytest.mark.parametrize(
    "comment", ["", "alow[a]", "allow", "allow[]", "let", "layout wide", "offf"]
)
def test_what_is_none_is_said(comment: str) -> None:
    assert isinstance(only(comment), InvalidDirective)


def test_directives_inside_of_formulas() -> None:
    document = latex(
        "\\begin{align}\na &= b \\\\ % proofcheck: off\n50\\% proofcheck: on\n\\end{align}"
    )
    (switch,) = directives(document)
    assert document.source.position(switch.span.start).line == 2
    inside = markdown("$$\na\n= b <!-- proofcheck: allow[x] -->\n$$")
    assert [type(directive) for directive in directives(inside)] == [Allow]


def test_other_comments_are_none() -> None:
    assert directives(latex("% a proofcheck: off\n% b\nproofcheck: off")) == ()


def test_several_lines_of_a_comment() -> None:
    text = "<!--\nproofcheck: let A symmetric\nproofcheck: off\n-->"
    assert [type(directive) for directive in directives(markdown(text))] == [Let, Switch]

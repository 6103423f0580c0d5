"""HTML, and where in it the characters of formulas stand."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofcheck.document.document import Comment, Document
from proofcheck.document.read import read_text
from proofcheck.pipeline import check_text
from tests.document.reading import blocks, boundaries, formulas, prose


def html(text: str) -> Document:
    """An HTML document."""
    return read_text(text, "page.html", "html")


def places(document: Document) -> list[tuple[int, int]]:
    """Line and column in the file of the first character of every formula."""
    found = [document.source.place(block.body.origin(0)) for block in blocks(document)]
    return [(place.line, place.column) for place in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>$a &lt; b$</p>", ["a < b"]),
        ("<p>\\begin{align} a &amp;= b \\\\ &= c \\end{align}", [" a &= b \\\\ &= c "]),
        ("<p>if a < b then $x$ & so on", ["x"]),
        ("<p>\\(x\\) and \\[y\\]", ["x", "y"]),
        ("<pre>$a$</pre><code>$b$</code><script>$c$</script>$d$", ["d"]),
        ("<p>the <code>a$</code> costs <code>$b</code>, $d$", ["d"]),
        ('<script type="math/tex">a<b</script>', ["a<b"]),
        ('<script type="math/tex; mode=display">a_1 &lt; b</script>', ["a_1 &lt; b"]),
        (
            '<math><mi>x</mi><annotation encoding="application/x-tex">x &gt; 1</annotation></math>',
            ["x > 1"],
        ),
        ('<span class="katex-html" aria-hidden="true"><span>$a$</span>$b$</span>$c$', ["c"]),
        ("<!-- $a$ --> $b$ <!-- $c$", ["b"]),
    ],
)
def test_formulas_are_found_where_a_browser_shows_them(text: str, expected: list[str]) -> None:
    assert formulas(html(text)) == expected


def test_characters_know_their_places_behind_references_and_tags() -> None:
    document = html("<h1>Title</h1>\r\n<p>&alpha;&lt; <em>now</em>\n  &quot;$x$ &amp; $y$</p>")
    assert places(document) == [(3, 10), (3, 20)]
    assert boundaries(document) == [("section", "Title")]


def test_a_formula_that_was_escaped_is_reported_at_its_place() -> None:
    text = "<p>Let $A$, $B$ be square matrices.</p>\n<p>&amp; $$(AB)^T = A^TB^T$$</p>"
    report = check_text(text, kind="html")
    (found,) = report.diagnostics
    place = report.source.place(found.span.start)
    assert (found.rule, place.line, place.column) == ("unequal-step", 2, 21)


def test_tags_end_paragraphs_and_answers_are_boundaries() -> None:
    document = html('<div class="question">a<br>b</div><div class="answer x">c <b>d</b>e</div>')
    assert prose(document).split() == ["a", "b", "|c", "de"]
    assert boundaries(document) == [("answer", ""), ("answer", "")]


def test_comments_speak_to_the_program() -> None:
    document = html("<p>a</p><!-- proofcheck: off -->")
    assert [part.text for part in document.parts if isinstance(part, Comment)] == [
        " proofcheck: off "
    ]


def test_a_comment_that_is_shown_is_none() -> None:
    document = html("<code>&lt;!-- proofcheck: off --&gt;</code> &lt;!-- $a$ --&gt;<!-- b -->")
    assert [part.text for part in document.parts if isinstance(part, Comment)] == [" b "]
    assert formulas(document) == ["a"]


@given(st.text(alphabet="<>&;$\"'/!-apreh1=math \n\\", max_size=60))
def test_any_text_is_read_and_places_lie_in_it(text: str) -> None:
    document = html(text)
    for part in document.parts:
        for offset in (part.span.start, part.span.end):
            assert 1 <= document.source.place(offset).line <= text.count("\n") + 1


@pytest.mark.parametrize("piece", ["<a '", '<a "', "<pre>", "<!--", "&#", "<span hidden>", "<b"])
def test_time_is_linear_in_hostile_pages(piece: str) -> None:
    begun = time.perf_counter()
    html(piece * 40_000)
    assert time.perf_counter() - begun < 5

"""reStructuredText: directives, roles, comments, titles, and their places."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofcheck.document.document import Comment, Document
from proofcheck.document.read import read_text
from proofcheck.pipeline import check_text
from tests.document.reading import blocks, boundaries, formulas, place, prose


def rst(text: str) -> Document:
    """A reStructuredText document."""
    return read_text(text, "page.rst", "restructured")


def stripped(text: str) -> list[str]:
    """The formulas of a document without the white space around them."""
    return [formula.strip() for formula in formulas(rst(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".. math:: a = b\n", ["a = b"]),
        (".. math::\n\n   a = b\n", ["a = b"]),
        (".. math::\n   :label: one\n   :nowrap:\n\n   a = b\n\nwords", ["a = b"]),
        (".. math:: a\n   :label: one\n\n   b\n", ["a", "b"]),
        (".. math::\n\n   a = b\n\n   c = d\n\nwords", ["a = b", "c = d"]),
        (".. math::\n\nwords", []),
        (".. note::\n   :class: x\n\n   .. math:: a\n", ["a"]),
        (".. code-block:: rst\n\n   .. math:: a\n\n.. math:: b\n", ["b"]),
        (".. raw:: html\n\n   :math:`a`\n", []),
        ("Code::\n\n   :math:`a`\n\n:math:`b`", ["b"]),
        (":math:`a`, `b`:math:, ``:math:`c```, `d`", ["a", "b"]),
        (".. default-role:: math\n\nThe `d` and `a link`_", ["d"]),
        (".. _target:\n.. |x| replace:: :math:`a`\n\n:math:`b`", ["b"]),
        ("$a$ costs $b$", []),
    ],
)
def test_formulas(text: str, expected: list[str]) -> None:
    assert stripped(text) == expected
    assert stripped(text.replace("\n", "\r\n")) == expected


def test_places_count_from_the_start_of_the_line() -> None:
    document = rst("Title\n=====\n\nAn :math:`x`.\n\n.. math:: a\n")
    assert (place(document, 0), place(document, 1)) == ((4, 11), (6, 11))
    assert boundaries(document) == [("section", "Title")]


def test_rows_are_aligned_as_docutils_aligns_them() -> None:
    found = blocks(rst(".. math::\n\n   a &= b \\\\\n     &= c\n\n   d = e"))
    assert [block.environment for block in found] == ["align*", "display"]


def test_a_step_that_fails_is_reported_at_its_place() -> None:
    text = (
        "Let :math:`A` and :math:`B` be square matrices.\n\n.. math::\n\n   (AB)^T &= B^TA^T \\\\\n"
    )
    text += "     &= A^TB^T\n"
    report = check_text(text, kind="restructured")
    (found,) = report.diagnostics
    position = report.source.place(found.span.start)
    assert (found.rule, position.line, position.column) == ("unequal-step", 6, 9)


def test_comments_theorems_and_overlined_titles() -> None:
    text = "=====\nTitle\n=====\n\n.. proofcheck: off\n\n.. prf:theorem:: Of sums\n\n   Words.\n"
    document = rst(text)
    assert boundaries(document) == [("section", "Title"), ("section", "theorem Of sums")]
    assert [part.text for part in document.parts if isinstance(part, Comment)] == [
        "proofcheck: off"
    ]
    assert prose(document).split("|")[-1].strip() == "Words."


@given(st.text(alphabet=".: \n`math_|[]-=x\\$\t\r", max_size=80))
def test_any_text_is_read(text: str) -> None:
    document = rst(text)
    spans = [part.span for part in document.parts]
    assert spans == sorted(spans)
    assert all(span.end <= len(text) for span in spans)


@pytest.mark.parametrize("piece", [".. math::\n", ".. x\n", "a::\n", "`", "..\n ", "``", "=\n==\n"])
def test_time_is_linear_in_hostile_files(piece: str) -> None:
    begun = time.perf_counter()
    rst(piece * 20_000)
    assert time.perf_counter() - begun < 5

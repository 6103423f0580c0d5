"""The Markdown cells of notebooks, and where in the file their characters stand."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofcheck.config import Settings
from proofcheck.document.document import Document
from proofcheck.document.read import read_text
from proofcheck.pipeline import check_path, check_text
from proofcheck.rules.report import Report
from proofcheck.writers import colour, text
from tests.document.reading import blocks, boundaries, formulas

Cell = tuple[str, str | list[str]]


def notebook(*cells: Cell, indent: int | None = 1) -> str:
    """A notebook with cells of a kind and a source."""
    made: list[object] = [
        {"cell_type": kind, "metadata": {}, "source": source} for kind, source in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4}, indent=indent)


def read(content: str) -> Document:
    """A notebook as a document."""
    return read_text(content, "a.ipynb", "notebook")


def markdown(*sources: str | list[str]) -> str:
    """A notebook of Markdown cells."""
    return notebook(*(("markdown", source) for source in sources))


def test_markdown_cells_are_read_and_no_others() -> None:
    found = read(
        notebook(("markdown", "$a$"), ("code", "'$b$'"), ("raw", "$c$"), ("markdown", "$d$"))
    )
    assert formulas(found) == ["a", "d"]


def test_a_source_is_a_string_or_a_list_of_lines() -> None:
    lines = ["# Title\n", "\n", "$$\n", "a\n", "$$"]
    for source in (lines, "".join(lines)):
        found = read(markdown(source))
        assert formulas(found) == ["\na\n"]
        assert boundaries(found) == [("section", "Title")]


def test_what_a_cell_opens_ends_with_it() -> None:
    found = read(markdown("```\n$a$", "<!-- $b$", "$c$", "> \\begin{align}", "$d$"))
    assert formulas(found)[-1] == "d"
    assert "c" in formulas(found)
    assert [problem.message for problem in found.problems] == ["`\\begin{align}` is never closed"]


@pytest.mark.parametrize("indent", [None, 1])
def test_places_are_those_in_the_file(indent: int | None) -> None:
    cells = ("code", "x"), ("markdown", ['é "\t\n', "$\\alpha é😀\\beta$"])
    content = notebook(*cells, indent=indent)
    source = read(content).source
    for character in ("é", "\\", "$", "b"):
        position = source.place(source.text.rindex(character))
        line = content.splitlines()[position.line - 1]
        assert line[position.column - 1 :].startswith(json.dumps(character)[1:-1])


@given(st.lists(st.text(max_size=12), max_size=4), st.booleans())
def test_every_character_knows_its_place(sources: list[str], ascii_only: bool) -> None:
    cells = [{"cell_type": "markdown", "source": source} for source in sources]
    content = json.dumps({"cells": cells}, ensure_ascii=ascii_only)
    source = read(content).source
    if not sources:
        return
    assert source.text == "\n\n".join(sources)
    lines = [(line, start) for line, start in _lines(content)]
    for offset, character in enumerate(source.text):
        section, _ = source.section(offset)
        number = int(section.removeprefix("cell "))
        if offset >= sum(len(text) + 2 for text in sources[:number]) - 2:
            continue  # between two cells
        position = source.place(offset)
        start = lines[position.line - 1][1] + position.column - 1
        assert content[start:].startswith(json.dumps(character, ensure_ascii=ascii_only)[1:-1])


def _lines(content: str) -> list[tuple[str, int]]:
    """The lines of a text as a source counts them, with their starts."""
    from proofcheck.document.source import Source

    source = Source("", content)
    count = source.position(len(content)).line
    return [(source.line(number), source.start(number)) for number in range(1, count + 1)]


def test_macros_are_shared_by_cells() -> None:
    report = check_text(
        markdown("$\\newcommand{\\tp}[1]{#1^T}$", "$$\\tp{(AB)} = \\tp{B}\\tp{A}$$"),
        kind="notebook",
    )
    assert [str(s.judgement.verdict) for d in report.derivations for s in d.steps] == ["holds"]


def test_a_chain_goes_on_in_the_next_cell() -> None:
    report = check_text(
        notebook(("markdown", "$$A(B+C)$$"), ("markdown", "$$= AB+AC$$")), kind="notebook"
    )
    assert [s.step.left.text for d in report.derivations for s in d.steps] == ["A(B+C)"]


def test_a_finding_names_the_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(notebook(("code", "x"), ("markdown", ["Text.\n", "$$(AB)^T = A^TB^T$$"])))
    report = Report((check_path(path, Settings()),), ())
    shown = text.write(report, colour.palette(io.StringIO(), {}), 100)
    assert "a.ipynb:13:17: error: " in shown.splitlines()[0]
    assert "[unequal-step], cell 2, line 2" in shown.splitlines()[0]
    assert "   2 | $$(AB)^T = A^TB^T$$" in shown


BROKEN = {
    "": "is not JSON",
    "# A title": "is not JSON",
    '{"cells": [': "is not JSON",
    "[" * 100_000: "is not JSON",
    '{"cells": [' + "9" * 10_000 + "]}": "is not JSON",
    "[]": "has no list of cells",
    '{"cells": {}}': "has no list of cells",
    '{"worksheets": []}': "has no list of cells",
}


@pytest.mark.parametrize("content", BROKEN, ids=[content[:12] for content in BROKEN])
def test_a_broken_notebook_is_a_finding(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(content)
    (finding,) = check_path(path).diagnostics
    assert finding.rule == "unreadable-file"
    assert BROKEN[content] in finding.message


ODD = (
    '{"cells": []}',
    '{"cells": [1, null, "a", [], {}]}',
    '{"cells": [{"cell_type": "markdown"}, {"source": "$a$"}]}',
    '{"cells": [{"cell_type": "markdown", "source": [1, ["$b$"], {"a": 2}, "x"]}]}',
    '{"cells": [{"cell_type": ["markdown"], "source": 3}], "cells2": 1}',
)


@pytest.mark.parametrize("content", ODD)
def test_odd_cells_are_passed_over(content: str) -> None:
    found = read(content)
    assert not found.problems
    assert not blocks(found)

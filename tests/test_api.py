"""What the package offers to programs and notebooks."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
import sympy

import proofcheck
from proofcheck import Report, UnreadableFile, Verdict, to_sympy

WRONG = "Let $A$ and $B$ be square matrices.\n\n$$(AB)^T = A^TB^T$$\n"


class Cells(HTMLParser):
    """The text of the cells of a table, and the names of all tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.tags.add(tag)
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


def table(report: Report) -> Cells:
    """The report as a notebook shows it."""
    return Cells(report._repr_html_())


def test_a_text_gives_a_report() -> None:
    report = proofcheck.check_text(WRONG)
    assert isinstance(report, Report)
    assert [found.rule for found in report.diagnostics] == ["unequal-step"]
    assert report.status == 1
    assert report.tally() == {Verdict.FAILS: 1}
    assert [len(derivation.steps) for derivation in report.derivations] == [1]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (r"\[(AB)^T = A^TB^T\]", "latex"),
        ("<p>$$(AB)^T = A^TB^T$$</p>", "html"),
        (".. math:: (AB)^T = A^TB^T", "restructured"),
    ],
)
def test_the_kind_says_how_a_text_is_read(text: str, kind: str) -> None:
    report = proofcheck.check_text(text, kind=kind, path="a")
    assert [file.path for file in report.files] == ["a"]
    assert len(list(report.steps())) == 1


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(ValueError, match="no kind of document `word`; the kinds are markdown"):
        proofcheck.check_text("", kind="word")


def test_a_path_is_a_file_or_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(WRONG)
    (tmp_path / "b.md").write_text("$$A + A = 2A$$")
    assert proofcheck.check_path(tmp_path / "a.md").tally() == {Verdict.FAILS: 1}
    assert proofcheck.check_path(tmp_path).tally() == {Verdict.FAILS: 1, Verdict.HOLDS: 1}
    with pytest.raises(UnreadableFile, match="does not exist"):
        proofcheck.check_path(tmp_path / "c.md")


def test_the_configuration_of_a_project_holds_for_paths(tmp_path: Path) -> None:
    (tmp_path / "proofcheck.toml").write_text('ignore = ["unequal-step"]\n')
    (tmp_path / "a.md").write_text(WRONG)
    assert proofcheck.check_path(tmp_path / "a.md").diagnostics == ()


def test_several_paths_leave_what_goes_wrong_to_the_failures(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(WRONG)
    report = proofcheck.check_paths([tmp_path / "a.md", tmp_path / "none.md"])
    assert (len(report.files), len(report.failures), report.status) == (1, 1, 2)
    assert "does not exist" in report._repr_html_()
    assert str(report).startswith("proofcheck: `")


def test_a_report_is_printed_as_the_command_does() -> None:
    report = proofcheck.check_text(WRONG, path="note.md")
    assert str(report).startswith("note.md:3:12: error: ")
    assert str(report).endswith(
        "1 step: 0 hold, 1 fail, 0 conditional, 0 not checked (0 definitions)\n"
    )
    assert repr(report).startswith("<Report: 1 step: 0 hold, 1 fail")


def test_a_notebook_shows_a_row_for_each_step() -> None:
    found = table(proofcheck.check_text(WRONG, path="note.md"))
    assert found.cells[:3] == ["note.md:3:12", r"\((AB)^T = A^TB^T\)", "fails"]
    assert "is not equal to" in found.cells[3]


def test_the_table_shows_what_is_no_step() -> None:
    found = table(proofcheck.check_text("\\begin{align} a &= b"))
    assert "is never closed" in found.cells[3]


@pytest.mark.parametrize(
    "formula", ["a<b>c", r"\text{<script>alert(1)</script>}", r"\href{javascript:x}{a}", '"<b>"']
)
def test_nothing_of_a_document_becomes_markup(formula: str) -> None:
    report = proofcheck.check_text(f"$$x = {formula}$$", path="<img src=x>.md")
    found = table(report)
    assert found.tags <= {"table", "thead", "tbody", "tr", "th", "td", "span", "p", "code"}
    assert ("code" in found.tags) == ("href" in formula)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\operatorname{tr}(A^TB)", "Trace(A.T*B)"),
        ("A:B", "Trace(A.T*B)"),
        (r"x^TAx", "x.T*A*x"),
        (r"\det(A^{-1})", "1/Determinant(A)"),
        (r"(a+b)^2", "(a + b)**2"),
        (r"\frac{1}{2}a - 0.5", "a/2 - 1/2"),
        (r"\log(e^a)", "log(exp(a))"),
        (r"\sum_{i=1}^n x_i", "Sum(x[i - 1, 0], (i, 1, n))"),
        ("I_nA + 0", "A"),
        (r"\begin{pmatrix} a & 1 \\ 0 & b \end{pmatrix}", "Matrix([[a, 1], [0, b]])"),
    ],
)
def test_sides_become_expressions_of_sympy(latex: str, expected: str) -> None:
    kinds = {"A": "matrix(n,n)", "B": "matrix(n,n)", "x": "vector(n)"}
    assert str(to_sympy(latex, kinds)) == expected


def test_a_step_becomes_sympy_under_its_reading() -> None:
    (step,) = proofcheck.check_text("For numbers, $$(a+b)^2 = a^2 + 2ab + b^2$$").steps()
    left, right = (
        to_sympy(side, step.judgement.reading) for side in (step.step.left, step.step.right)
    )
    assert sympy.expand(left - right) == 0


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        ("A + 1", "`A+1` is not expressed in sympy: a number is added to a matrix"),
        (r"\log A", "a matrix stands where sympy wants a number"),
        (r"\|x\|", "is not expressed in sympy"),
        ("dA", "is not expressed in sympy"),
        ("I A", "its size is not written"),
        (r"a \unknown", "not understood"),
        ("Bx", "sympy cannot express it"),
    ],
)
def test_what_sympy_cannot_express_says_why(latex: str, reason: str) -> None:
    kinds = {"A": "matrix(n,n)", "B": "matrix(2,3)", "x": "vector(2)"}
    with pytest.raises(ValueError, match=reason.replace("+", r"\+")):
        to_sympy(latex, kinds)

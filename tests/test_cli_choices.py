"""The arguments of `proofcheck check` that choose what is reported, and where."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from proofcheck.cli import main
from tests.judging import FAILS, HOLDS, prescribe

STEP = "$$\n(AB)^T = B^TA^T\n$$\n"
DIRECTIVE = "<!-- proofcheck: nonsense -->\n"
Output = pytest.CaptureFixture[str]


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A document with one `unequal-step` and one `invalid-directive`."""
    prescribe(monkeypatch, FAILS)
    path = tmp_path / "note.md"
    path.write_text(DIRECTIVE + STEP)
    return path


@pytest.mark.parametrize(
    ("arguments", "rules"),
    [
        ([], ["invalid-directive", "unequal-step"]),
        (["--select", "unequal-step"], ["unequal-step"]),
        (["--select", "un"], ["unequal-step"]),
        (["--select", "un,invalid-directive"], ["invalid-directive", "unequal-step"]),
        (["--select", "inv", "--select", "une"], ["invalid-directive", "unequal-step"]),
        (["--select", "ALL", "--ignore", "invalid"], ["unequal-step"]),
        (["--ignore", "unequal-step, invalid-directive"], []),
        (["--ignore", "ALL"], []),
    ],
)
def test_rules_by_name(note: Path, arguments: list[str], rules: list[str], capsys: Output) -> None:
    status = main(["check", str(note), "--format", "json", *arguments])
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert [found["rule"] for found in file["diagnostics"]] == rules
    assert status == (1 if rules else 0)


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("unequal-stpe", "did you mean `unequal-step`?"),
        ("all", "did you mean `ALL`?"),
        ("E501", "`proofcheck rules` lists them"),
    ],
)
@pytest.mark.parametrize("flag", ["--select", "--ignore"])
def test_a_rule_that_does_not_exist(
    note: Path, flag: str, word: str, hint: str, capsys: Output
) -> None:
    assert main(["check", str(note), flag, word]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"proofcheck: there is no rule `{word}`; {hint}\n"


def test_exit_zero_forgives_findings_only(note: Path) -> None:
    assert main(["check", str(note), "--exit-zero"]) == 0
    assert main(["check", str(note), str(note.parent / "none.md"), "--exit-zero"]) == 2


def test_quiet(note: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    main(["check", str(note), "--quiet"])
    said = capsys.readouterr().out
    assert "[unequal-step]" in said
    assert "1 step" not in said
    note.write_text(STEP)
    prescribe(monkeypatch, HOLDS)
    assert main(["check", str(note), "-q"]) == 0
    assert capsys.readouterr().out == ""


def test_verbose_says_of_each_file_what_was_found(note: Path, capsys: Output) -> None:
    main(["check", str(note), "--verbose"])
    assert capsys.readouterr().err == f"proofcheck: {note}: 1 derivation, 1 step, 2 findings\n"


def test_statistics(note: Path, capsys: Output) -> None:
    note.write_text(DIRECTIVE + DIRECTIVE + STEP)
    assert main(["check", str(note), "--statistics"]) == 1
    first, second, closing = capsys.readouterr().out.splitlines()
    assert first.startswith("2  invalid-directive  A comment ")
    assert second.startswith("1  unequal-step       ")
    assert closing.startswith("1 step: ")


def test_the_report_in_a_file(note: Path, capsys: Output) -> None:
    there = note.parent / "report.json"
    assert main(["check", str(note), "--format", "json", "--output-file", str(there)]) == 1
    assert capsys.readouterr().out == ""
    assert json.loads(there.read_text())["schema"] == "proofcheck/1"


def test_a_report_that_cannot_be_written(note: Path, capsys: Output) -> None:
    assert main(["check", str(note), "-o", str(note.parent / "no" / "report")]) == 2
    said = capsys.readouterr().err
    assert said.startswith("proofcheck: cannot write the report: No such file")


def _feed(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("", STEP),
        ("chapter.tex", "% a comment $\n\\[\n(AB)^T = B^TA^T\n\\]\n"),
        ("deep/note.md", STEP),
    ],
)
def test_standard_input(
    name: str, text: str, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    prescribe(monkeypatch, FAILS)
    _feed(monkeypatch, text.encode())
    named = ["--stdin-filename", name] if name else []
    assert main(["check", "-", *named]) == 1
    line = 3 if name.endswith("tex") else 2
    assert capsys.readouterr().out.startswith(f"{name or '<stdin>'}:{line}:10: error: ")


def test_standard_input_that_is_no_text(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    _feed(monkeypatch, b"na\xefve")
    assert main(["check", "-"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("<stdin>:1:1: error: `<stdin>` is not UTF-8")
    _feed(monkeypatch, b"na\xefve")
    assert main(["check", "-", "--ignore", "unreadable-file"]) == 0

"""Known findings: written once, not reported again, and told when they are gone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from proofcheck.cli import main

KNOWN = "$$(a + b)^2 = a^2 + b^2$$\n"
NEW = "$$(a - b)^2 = a^2 - b^2$$\n"
Output = pytest.CaptureFixture[str]


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "docs" / "note.md"
    path.parent.mkdir()
    path.write_text(f"Words.\n\n{KNOWN}")
    return path


def _check(note: Path, *arguments: str) -> int:
    return main(["check", str(note), "--baseline", ".proofcheck-baseline.json", *arguments])


@pytest.fixture
def baseline(note: Path, capsys: Output) -> Path:
    assert main(["baseline", str(note)]) == 0
    said = capsys.readouterr().err
    assert said == "proofcheck: wrote 1 known finding to .proofcheck-baseline.json\n"
    return note.parent.parent / ".proofcheck-baseline.json"


@pytest.mark.usefixtures("baseline")
@pytest.mark.parametrize(
    "text",
    [
        KNOWN,
        f"# Title\n\nMuch more.\n\n$$a + b = b + a$$\n\n{KNOWN}\nThe end.\n",
        "$$\n(a + b)^2\n  = a^2\n  + b^2\n$$\n",
        "> $$(a+b)^2 = a^2+b^2$$\n",
    ],
    ids=["as it was", "moved", "broken over lines", "quoted"],
)
def test_what_is_known_is_not_reported(note: Path, text: str, capsys: Output) -> None:
    note.write_text(text)
    assert _check(note) == 0
    said = capsys.readouterr()
    assert "; 1 known by the baseline\n" in said.out
    assert said.err == ""


@pytest.mark.usefixtures("baseline")
def test_what_is_new_is_reported(note: Path, capsys: Output) -> None:
    note.write_text(f"{KNOWN}\n{NEW}\n{KNOWN}")
    assert _check(note, "--format", "json") == 1
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert [found["line"] for found in file["diagnostics"]] == [3, 5]


@pytest.mark.usefixtures("baseline")
def test_what_is_fixed_can_be_removed(note: Path, capsys: Output) -> None:
    note.write_text("$$(a + b)^2 = a^2 + 2ab + b^2$$\n")
    assert _check(note) == 0
    said = capsys.readouterr().err
    assert "no longer found: unequal-step in docs/note.md (" in said
    assert "1 entry of .proofcheck-baseline.json can be removed" in said
    assert _check(note, "--ignore", "unequal-step") == 0
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("baseline")
def test_a_file_that_was_not_checked_is_not_said_to_be_fixed(note: Path, capsys: Output) -> None:
    other = note.with_name("other.md")
    other.write_text("$$a + b = b + a$$\n")
    assert _check(other) == 0
    assert capsys.readouterr().err == ""


def test_the_same_baseline_from_another_folder(
    note: Path, baseline: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(note.parent)
    assert main(["check", "note.md", "--baseline", str(baseline)]) == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot read the baseline"),
        ("{", "is not JSON"),
        ("[]", "is no baseline"),
        ('{"schema": "proofcheck-baseline/1", "findings": [3]}', "has an entry that is not"),
        ('{"schema": "proofcheck-baseline/1", "findings": 3}', "has no list of findings"),
        ("\x00", "is not JSON"),
    ],
)
def test_a_bad_baseline(note: Path, content: str | None, said: str, capsys: Output) -> None:
    if content is not None:
        Path(".proofcheck-baseline.json").write_text(content)
    assert _check(note) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_a_missing_file_leaves_the_baseline_alone(note: Path, baseline: Path) -> None:
    before = baseline.read_text()
    assert main(["baseline", str(note), "missing.md"]) == 2
    assert baseline.read_text() == before

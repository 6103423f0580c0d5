"""Reports on what changed since a revision, in a real repository."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from proofcheck.cli import main

OLD = "$$(a + b)^2 = a^2 + b^2$$\n"
CHAIN = "\\begin{align}\n(a - b)^2 &= a^2 - 2ab + b^2 \\\\\n&= a^2 - b^2\n\\end{align}\n"
Output = pytest.CaptureFixture[str]


def _git(folder: Path, *words: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    settings = ("-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *settings, *words], cwd=folder, check=True, env=environment)


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a [note].md"
    path.write_text(f"Words.\n\n{OLD}\n{CHAIN}\nThe end.\n")
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-qm", "first")
    return path


def _lines(capsys: Output, path: Path, *arguments: str) -> list[int]:
    status = main(["check", str(path), "--format", "github", *arguments])
    found = [line for line in capsys.readouterr().out.splitlines() if line.startswith("::error")]
    assert status == (1 if found else 0)
    return [int(line.partition(",line=")[2].partition(",")[0]) for line in found]


def test_nothing_changed(note: Path, capsys: Output) -> None:
    assert _lines(capsys, note) == [3, 7]
    assert _lines(capsys, note, "--diff-base", "HEAD") == []
    assert main(["check", str(note), "--diff-base", "HEAD"]) == 0
    assert capsys.readouterr().out.endswith("; 2 on lines that did not change\n")


def test_lines_that_were_added(note: Path, capsys: Output) -> None:
    note.write_text(f"{OLD}\n{note.read_text()}")
    assert _lines(capsys, note, "--diff-base", "HEAD") == [1]


def test_the_side_before_counts(note: Path, capsys: Output) -> None:
    note.write_text(note.read_text().replace("a^2 - 2ab + b^2", "b^2 - 2ab + a^2"))
    assert _lines(capsys, note, "--diff-base", "HEAD") == [7]


def test_words_elsewhere_do_not(note: Path, capsys: Output) -> None:
    note.write_text(note.read_text().replace("Words.", "Other\nwords."))
    assert _lines(capsys, note, "--diff-base", "HEAD") == []


def test_a_line_that_is_gone(note: Path, capsys: Output) -> None:
    three = CHAIN.replace("a^2 - b^2\n", "a^2 + b^2 - 2ab \\\\\n&= b^2\n")
    note.write_text(three)
    _git(note.parent, "commit", "-qam", "second")
    note.write_text(three.replace("&= a^2 + b^2 - 2ab \\\\\n", ""))
    assert _lines(capsys, note, "--diff-base", "HEAD") == [3]


def test_a_file_that_git_does_not_know_is_new(note: Path, capsys: Output) -> None:
    other = note.with_name("other.md")
    other.write_text(OLD)
    assert _lines(capsys, other, "--diff-base", "HEAD") == [1]


@pytest.mark.parametrize("revision", ["no-such", "--output=x", "", "HEAD:x"])
def test_a_revision_that_is_none(note: Path, revision: str, capsys: Output) -> None:
    assert main(["check", str(note), f"--diff-base={revision}"]) == 2
    assert f"git does not know a revision `{revision}`" in capsys.readouterr().err
    assert not Path("x").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, capsys: Output) -> None:
    pytest.importorskip("shtab")
    assert main(["completion", shell]) == 0
    said = capsys.readouterr().out
    assert "proofcheck" in said
    assert "diff-base" in said

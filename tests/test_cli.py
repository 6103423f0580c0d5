"""The command: its exit statuses and what it says when something is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from proofcheck import __version__, pipeline
from proofcheck.cli import main
from proofcheck.document.document import Document
from proofcheck.extraction.derivation import Extraction
from proofcheck.extraction.extract import extract
from tests.judging import FAILS, HOLDS, prescribe

STEP = "$$\n(AB)^T = B^TA^T\n$$\n"
Output = pytest.CaptureFixture[str]


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.md"
    path.write_text(STEP)
    return path


def test_nothing_found(note: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    prescribe(monkeypatch, HOLDS)
    assert main(["check", str(note)]) == 0
    said = capsys.readouterr()
    closing = "1 step: 1 hold, 0 fail, 0 conditional, 0 not checked (0 definitions)\n"
    assert said.out == closing
    assert said.err == ""


def test_something_found(note: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    prescribe(monkeypatch, FAILS)
    assert main(["check", str(note)]) == 1
    assert f"{note}:2:10: error: " in capsys.readouterr().out


def test_a_missing_file_leaves_the_others(
    note: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    prescribe(monkeypatch, FAILS)
    assert main(["check", str(note.parent / "missing.md"), str(note)]) == 2
    said = capsys.readouterr()
    assert "missing.md` does not exist" in said.err
    assert f"{note}:2:10: error: " in said.out


def test_a_directory_is_searched(
    note: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    prescribe(monkeypatch, HOLDS)
    (note.parent / "deep").mkdir()
    (note.parent / "deep" / "paper.tex").write_text(r"\[ (AB)^T = B^TA^T \]")
    (note.parent / ".hidden").mkdir()
    (note.parent / ".hidden" / "other.md").write_text(STEP)
    (note.parent / "picture.png").write_bytes(b"\x89PNG")
    assert main(["check", str(note.parent), str(note), "--format", "json"]) == 0
    files = json.loads(capsys.readouterr().out)["files"]
    assert [Path(file["path"]).name for file in files] == ["note.md", "paper.tex"]


def test_a_directory_without_documents(tmp_path: Path, capsys: Output) -> None:
    assert main(["check", str(tmp_path)]) == 2
    assert "holds no documents" in capsys.readouterr().err


def test_bytes_that_are_not_utf8(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "latin.md"
    path.write_bytes(b"na\xefve $$a = b$$")
    assert main(["check", str(path)]) == 1
    said = capsys.readouterr().out
    assert "is not UTF-8" in said
    assert "[unreadable-file]" in said


def test_an_empty_file(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "empty.md"
    path.touch()
    assert main(["check", str(path)]) == 0
    assert f"; no derivation found in {path}\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [[], ["--colour"], ["check", "--colour"], ["check", "x", "--format", "xml"]],
)
def test_wrong_arguments(arguments: list[str], capsys: Output) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert "error: " in said
    assert "usage: proofcheck" in said or "see `proofcheck " in said


def test_without_a_path_the_working_folder_is_checked(
    note: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(note.parent)
    prescribe(monkeypatch, FAILS)
    assert main(["check"]) == 1
    assert capsys.readouterr().out.startswith(f"{note.name}:")


@pytest.mark.parametrize("flag", ["--help", "--version"])
def test_flags_that_only_tell(flag: str, capsys: Output) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([flag])
    assert stopped.value.code == 0
    said = capsys.readouterr().out
    assert said == f"proofcheck {__version__}\n" if flag == "--version" else "exit status" in said


def test_lists_the_rules(capsys: Output) -> None:
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("unequal-step ") and "(error)" in line for line in lines)


def test_explains_a_rule(capsys: Output) -> None:
    assert main(["explain", "unequal-step"]) == 0
    assert capsys.readouterr().out.startswith("# unequal-step\n")


def test_explains_no_other_word(capsys: Output) -> None:
    assert main(["explain", "E501"]) == 2
    assert "there is no rule `E501`" in capsys.readouterr().err


def test_a_defect_loses_one_document_only(
    note: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    (note.parent / "bad.md").write_text("$$a = b$$")
    prescribe(monkeypatch, HOLDS)

    def extract_or_break(document: Document) -> Extraction:
        if document.source.path.endswith("bad.md"):
            raise ZeroDivisionError("division by zero")
        return extract(document)

    monkeypatch.setattr(pipeline, "extract", extract_or_break)
    assert main(["check", str(note.parent)]) == 2
    said = capsys.readouterr()
    assert "bad.md`: ZeroDivisionError: division by zero" in said.err
    assert "Traceback" not in said.err
    assert "1 step: 1 hold" in said.out


def test_an_interrupt_ends_without_a_traceback(
    note: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    def interrupt(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "judge", interrupt)
    assert main(["check", str(note)]) == 130
    assert capsys.readouterr().err == "proofcheck: interrupted\n"


def _command(*arguments: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, in a locale without any letters but ASCII."""
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    words = [sys.executable, "-m", "proofcheck", *arguments]
    return subprocess.run(
        words, stdout=stdout, stderr=subprocess.PIPE, env=environment, check=False
    )


def test_json_is_utf8_in_any_locale(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("größe-\udcff.md".encode(errors="surrogateescape"))
    path.write_text("$$α = α$$", encoding="utf-8")
    done = _command("check", str(path), "--format", "json")
    assert done.returncode in (0, 1), done.stderr.decode()
    report = json.loads(done.stdout.decode("utf-8"))
    assert report["files"][0]["path"] == str(path)
    assert report["files"][0]["derivations"][0]["steps"][0]["rhs"] == "α"


def test_a_reader_that_stops_early_is_no_error(note: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = _command("check", str(note), stdout=writing)
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode in (0, 1)

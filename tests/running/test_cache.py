"""Results of earlier runs: used where nothing has changed, and never in the way."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import platformdirs
import pytest

from proofcheck import pipeline
from proofcheck.cli import main
from proofcheck.config import Settings
from proofcheck.document.document import Document
from proofcheck.extraction.derivation import Extraction
from proofcheck.extraction.extract import extract
from proofcheck.running import program as depending
from proofcheck.running import store as storing
from proofcheck.running.cache import Cache
from proofcheck.running.store import FILE, Store, folder
from proofcheck.running.workers import Task

WRONG = "$$\n(AB)^T = A^TB^T\n$$\n"
Output = pytest.CaptureFixture[str]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that were checked, by name."""
    names: list[str] = []

    def noted(document: Document) -> Extraction:
        names.append(Path(document.source.path).name)
        return extract(document)

    monkeypatch.setattr(pipeline, "extract", noted)
    return names


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.md"
    path.write_text(WRONG)
    return path


def _check(path: Path, *more: str) -> int:
    return main(["check", str(path), "--jobs", "1", *more])


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_is_unchanged_is_not_checked_again(
    note: Path, read: list[str], capsys: Output, form: str
) -> None:
    assert _check(note, "--format", form) == 1
    first = capsys.readouterr()
    assert _check(note, "--format", form) == 1
    assert capsys.readouterr() == first
    assert read == ["note.md"]


def test_what_changed_is_checked_again(note: Path, read: list[str]) -> None:
    other = note.with_name("other.md")
    other.write_text(WRONG)
    assert _check(note.parent) == 1
    note.write_text(WRONG.replace("A^TB^T", "B^TA^T"))
    assert _check(note) == 0
    assert _check(note.parent) == 1
    assert read == ["note.md", "other.md", "note.md"]


def test_settings_are_a_part_of_the_key(note: Path, read: list[str]) -> None:
    assert _check(note) == 1
    (note.parent / "proofcheck.toml").write_text('ignore = ["unequal-step"]')
    assert _check(note) == 0
    assert _check(note, "--show-unchecked") == 0
    assert len(read) == 3


@pytest.mark.parametrize("changed", ["macros.tex", "main.tex"])
def test_files_that_latex_brings_in_are_a_part_of_the_key(
    tmp_path: Path, read: list[str], changed: str
) -> None:
    (tmp_path / "main.tex").write_text(
        "\\documentclass{article}\\input{macros}\\begin{document}\\input{chapter}\\end{document}"
    )
    (tmp_path / "macros.tex").write_text("\\newcommand{\\flip}[1]{{#1}^T}")
    chapter = tmp_path / "chapter.tex"
    chapter.write_text("\\[ \\flip{AB} = \\flip{B}\\flip{A} \\]")
    assert _check(chapter) == _check(chapter) == 0
    assert read == ["chapter.tex"]
    text = (tmp_path / changed).read_text()
    wrong = "\\newcommand{\\flip}[1]{{#1}}"
    (tmp_path / changed).write_text(wrong if changed == "macros.tex" else f"{wrong}{text}")
    _check(chapter)
    assert read == ["chapter.tex", "chapter.tex"]


def test_the_program_is_a_part_of_the_key(
    note: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _check(note) == 1
    monkeypatch.setattr(depending, "program", lambda: b"another")
    assert _check(note) == 1
    assert len(read) == 2


def test_it_can_be_left_aside_and_cleaned(note: Path, read: list[str]) -> None:
    assert _check(note, "--no-cache") == 1
    assert not (Path(folder(), FILE)).exists()
    assert _check(note) == 1
    assert main(["clean"]) == 0
    assert not (Path(folder(), FILE)).exists()
    assert main(["clean"]) == 0
    assert _check(note) == 1
    assert len(read) == 3


def _truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _garble(path: Path) -> None:
    path.write_bytes(b"not a database" * 1000)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _another_version(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("pragma user_version = 99")
        database.execute("drop table results")
        database.execute("create table results (all_different text)")
    database.close()


def _swap(path: Path) -> None:
    """Another result in the place of the right one."""
    with sqlite3.connect(path) as database:
        database.execute("update results set content = ?", (b'[{"proofcheck.rules":[]}]',))
    database.close()


@pytest.mark.parametrize("damage", [_truncate, _garble, _empty, _another_version, _swap])
def test_a_damaged_cache_heals(note: Path, read: list[str], capsys: Output, damage: object) -> None:
    assert _check(note) == 1
    first = capsys.readouterr()
    assert callable(damage)
    damage(Path(folder(), FILE))
    assert _check(note) == _check(note) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == (first.out * 2, "")
    assert len(read) == 2


def test_a_locked_cache_is_left_alone(
    note: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr(storing, "_PATIENCE", 0.05)
    assert _check(note) == 1
    other = sqlite3.connect(Path(folder(), FILE))
    other.execute("begin exclusive")
    note.write_text(WRONG * 2)
    assert _check(note) == 1
    other.rollback()
    other.close()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("place", ["file", "missing"])
def test_a_folder_that_cannot_be_used_is_no_error(
    note: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output, place: str
) -> None:
    there = note if place == "file" else Path("/proc/nothing/here")
    monkeypatch.setenv("PROOFCHECK_CACHE_DIR", str(there))
    assert _check(note) == 1
    assert capsys.readouterr().err == ""


def test_a_read_only_cache_is_still_read(note: Path, read: list[str]) -> None:
    assert _check(note) == 1
    place = Path(folder(), FILE)
    place.chmod(0o400)
    assert _check(note) == 1
    place.chmod(0o600)
    assert set(read) == {"note.md"}


def test_it_is_bounded(note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "LARGEST", 1)
    for number in range(8):
        note.write_text(f"{WRONG}{number}")
        assert _check(note) == 1
    with sqlite3.connect(Path(folder(), FILE)) as database:
        (count,) = database.execute("select count(*) from results").fetchone()
    database.close()
    assert count < 4


@pytest.mark.skipif(sys.platform != "linux", reason="the bound is that of Linux")
@pytest.mark.parametrize("most", [0, 1000, 20_000])
def test_a_full_disk_is_no_error(note: Path, read: list[str], most: int) -> None:
    code = (
        "import resource, sys; from proofcheck.cli import main\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))\n"
        f"sys.exit(main(['check', {str(note)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "1 fail" in done.stdout
    assert _check(note) == _check(note) == 1
    assert len(read) < 2  # what was left is whole, or healed


def test_several_writers_at_once(tmp_path: Path) -> None:
    report = pipeline.check_text(WRONG)
    results = [(bytes([number]) * 32, (report,)) for number in range(20)]
    place = str(tmp_path / "shared")

    def keep() -> None:
        with Store(place) as store:
            for key, outcomes in results:
                Cache(store).keep(key, outcomes)

    threads = [threading.Thread(target=keep) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Store(place) as store:
        assert all(Cache(store)._get(key) == (report,) for key, _ in results)


def test_failures_are_not_kept(note: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    def broken(document: Document) -> Extraction:
        raise ZeroDivisionError

    with monkeypatch.context() as inside:
        inside.setattr(pipeline, "extract", broken)
        assert _check(note) == 2
    capsys.readouterr()
    assert _check(note, "--format", "json") == 1
    assert json.loads(capsys.readouterr().out)["summary"]["fails"] == 1


def test_the_settings_are_all_in_the_key() -> None:
    choices = (Settings(), Settings(reveal=True), Settings(preamble="% x"))
    with Store(folder()) as store:
        keys = {Cache(store).key(Task(__file__, settings)) for settings in choices}
    assert len(keys) == 3


@pytest.mark.parametrize("home", ["", "/somewhere/else"])
def test_results_are_kept_where_the_system_keeps_such(
    monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    monkeypatch.delenv("PROOFCHECK_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", home)
    assert folder() == platformdirs.user_cache_dir("proofcheck", appauthor=False)

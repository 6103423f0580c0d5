"""`--diff` shows corrections and `--fix` writes them, each only where it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofcheck.cli import main

TEXT = "One: $$(AB)^T = A^TB^T$$\r\nTwo: $$(x+y)^2 = x^2 + xy + y^2$$\r\n"
RIGHT = "One: $$(AB)^T = B^TA^T$$\r\nTwo: $$(x+y)^2 = x^2 + 2xy + y^2$$\r\n"
Output = pytest.CaptureFixture[str]


def _note(folder: Path, data: bytes = TEXT.encode()) -> Path:
    path = folder / "note.md"
    path.write_bytes(data)
    return path


def test_a_check_writes_nothing(tmp_path: Path) -> None:
    path = _note(tmp_path)
    assert main(["check", str(path)]) == 1
    assert path.read_bytes() == TEXT.encode()


def test_a_diff_shows_and_writes_nothing(tmp_path: Path, capsys: Output) -> None:
    path = _note(tmp_path)
    assert main(["check", "--diff", "--fix", str(path)]) == 1
    assert path.read_bytes() == TEXT.encode()
    lines = capsys.readouterr().out.splitlines()
    assert "-One: $$(AB)^T = A^TB^T$$" in lines
    assert "+One: $$(AB)^T = B^TA^T$$" in lines


def test_a_fix_is_written_and_what_is_left_is_reported(tmp_path: Path, capsys: Output) -> None:
    mark = b"\xef\xbb\xbf"
    path = _note(tmp_path, mark + TEXT.encode())
    path.chmod(0o640)
    assert main(["check", "--fix", str(path)]) == 0
    assert path.read_bytes() == mark + RIGHT.encode()
    assert path.stat().st_mode & 0o777 == 0o640
    said = capsys.readouterr()
    assert "corrected 2 steps" in said.err
    assert "2 hold, 0 fail" in said.out
    assert sorted(p.name for p in tmp_path.iterdir()) == ["note.md"]


def test_a_notebook_is_left_as_it_is(tmp_path: Path, capsys: Output) -> None:
    cell = '{"cell_type": "markdown", "metadata": {}, "source": ["$$(AB)^T = A^TB^T$$"]}'
    text = f'{{"cells": [{cell}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 5}}'
    path = tmp_path / "book.ipynb"
    path.write_text(text)
    assert main(["check", "--fix", str(path)]) == 1
    assert path.read_text() == text
    assert "is not corrected" in capsys.readouterr().err

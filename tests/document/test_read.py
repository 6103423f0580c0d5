"""Files on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofcheck.document.kinds import SUFFIXES
from proofcheck.document.read import UnreadableFile, read
from tests.document.reading import formulas, place


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.md", ["x"]),
        ("a.QMD", ["x"]),
        ("a.tex", ["x"]),
        ("a.txt", ["x", "y"]),
        ("a", ["x", "y"]),
    ],
)
def test_the_suffix_tells_the_kind(tmp_path: Path, name: str, expected: list[str]) -> None:
    (tmp_path / name).write_text("$x$\n\n    % $y$\n", encoding="utf-8")
    assert formulas(read(tmp_path / name)) == expected


NOTEBOOK = '{"cells": [{"cell_type": "markdown", "source": "$x$"}]}'


def test_every_suffix_has_a_reader(tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        text = {".ipynb": NOTEBOOK, ".rst": ":math:`x`", ".rest": ":math:`x`"}.get(suffix, "$x$")
        (tmp_path / f"a{suffix}").write_text(text)
        assert formulas(read(tmp_path / f"a{suffix}")) == ["x"]


def test_a_byte_order_mark_and_line_ends_are_not_translated(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbfa\r\n\rb $x$")
    document = read(path)
    assert document.source.text == "a\r\n\rb $x$"
    assert place(document, 0) == (3, 4)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"ab\nc\xff", "is not UTF-8: byte 0xff at line 2, column 2, byte offset 4"),
        (b"\xef\xbb\xbfa\0", "has a NUL character at line 1, column 2"),
        (b"a\0", "has a NUL character at line 1, column 2"),
    ],
)
def test_bytes_that_are_no_text(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as error:
        read(path)
    assert str(error.value) == f"`{path}` {reason}"


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="is a directory"):
        read(tmp_path)
    with pytest.raises(UnreadableFile, match="does not exist"):
        read(tmp_path / "a.md")
    with pytest.raises(UnreadableFile, match="is not a regular file"):
        read("/dev/null")

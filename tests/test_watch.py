"""`--watch` checks again when a file changes; `--seed` draws other points."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

import pytest

from proofcheck.cli import main
from proofcheck.cli.watching import stamps
from tests.test_exit_statuses import heed_interrupts

Output = pytest.CaptureFixture[str]


def test_stamps_change_with_the_files(tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("$a = a$")
    first = stamps([str(tmp_path)])
    assert stamps([str(tmp_path)]) == first
    note.write_text("$a = a + b$")
    second = stamps([str(tmp_path)])
    assert second != first
    (tmp_path / "other.md").touch()
    third = stamps([str(tmp_path)])
    assert third != second
    (tmp_path / "proofcheck.toml").touch()
    assert stamps([str(tmp_path)]) != third


def test_checks_again_until_it_is_interrupted(tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("$$(a + b)^2 = a^2 + 2ab + b^2$$\n")
    root = str(Path(__file__).parent.parent)
    process = subprocess.Popen(
        [sys.executable, "-m", "proofcheck", "check", "note.md", "--watch"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 (no other thread runs yet)
    )
    assert process.stdout is not None
    lines: queue.Queue[str] = queue.Queue()
    reader = threading.Thread(target=_read, args=(process.stdout, lines))
    reader.start()
    try:
        _wait(lines, "1 hold, 0 fail")
        _wait(lines, "watching")
        note.write_text("$$(a + b)^2 = a^2 + b^2$$\n")
        _wait(lines, "0 hold, 1 fail")
        _wait(lines, "watching")
        process.send_signal(signal.SIGINT)
        _wait(lines, "proofcheck: interrupted")
        assert process.wait(timeout=60) == 130
    finally:
        process.kill()
        reader.join(timeout=60)
        process.stdout.close()


def _read(stream: IO[str], lines: queue.Queue[str]) -> None:
    for line in stream:
        lines.put(line)


def _wait(lines: queue.Queue[str], words: str) -> None:
    """Reads until a line with the words comes."""
    while words not in lines.get(timeout=60):
        pass


def test_standard_input_cannot_be_watched(capsys: Output) -> None:
    assert main(["check", "-", "--watch"]) == 2
    assert "--watch has files to look at" in capsys.readouterr().err


def test_another_seed_draws_other_points(tmp_path: Path, capsys: Output) -> None:
    note = tmp_path / "note.md"
    note.write_text("$$(a + b)^2 = a^2 + b^2$$\n")

    def seed(*arguments: str) -> str:
        assert main(["check", str(note), "--format", "json", *arguments]) == 1
        (file,) = json.loads(capsys.readouterr().out)["files"]
        found: str = file["derivations"][0]["steps"][0]["counterexample"]["seed"]
        return found

    assert seed() == seed()
    assert seed("--seed", "7") == seed("--seed", "7") != seed()

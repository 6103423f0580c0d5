"""What the pages of the documentation show is what the program does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from proofcheck.config import Settings
from proofcheck.pipeline import check_path, check_text

DOCS = Path(__file__).parent.parent / "docs"


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of a page in one language."""
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "proofcheck", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the note of the first page."""
    (tmp_path / "note.md").write_text(blocks("start", "markdown")[0], encoding="utf-8")
    return tmp_path


def test_the_first_report_is_as_shown(folder: Path) -> None:
    assert run(folder, "check", "note.md").stdout == blocks("start", "text")[0]


@pytest.mark.parametrize("page", ["start"])
def test_the_commands_work(folder: Path, page: str) -> None:
    lines = [line for block in blocks(page, "sh") for line in block.splitlines()]
    assert lines
    for line in lines:
        program, *arguments = line.split()
        assert program == "proofcheck"
        done = run(folder, *arguments)
        assert done.returncode in (0, 1), done.stderr
        assert done.stderr == ""


def test_the_directives_are_understood() -> None:
    (directive,) = blocks("verdicts", "markdown")
    assert check_text(f"{directive}\n\n$$A = A^T$$\n").diagnostics == ()


def test_the_program_runs() -> None:
    code = "".join(blocks("python", "python"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "fails a^2 + b^2\n2*a*b\n"


@pytest.mark.parametrize("page", ["start", "verdicts", "mkdocs"])
def test_pages_hold_derivations_that_hold(page: str) -> None:
    report = check_path(DOCS / f"{page}.md", Settings(frozenset(("unchecked-step",))))
    assert [str(step.judgement.verdict) for step in report.steps()] == ["holds"]
    assert report.diagnostics == ()


def test_the_error_format_of_editors_matches_a_finding(folder: Path) -> None:
    (task,) = blocks("editors", "json")
    pattern = re.search(r'"regexp": "(.*)"', task)
    assert pattern
    first = run(folder, "check", "note.md").stdout.splitlines()[0]
    found = re.match(pattern[1].replace("\\\\", "\\"), first)
    assert found
    assert found.groups()[:4] == ("note.md", "6", "7", "error")

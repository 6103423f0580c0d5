"""A run over an unchanged tree says what it said before, to the byte, without reading mathematics;
a run over any other says what a run without results of earlier ones says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from proofcheck.cli import main
from proofcheck.cli.arguments import FORMATS

WRONG = "Let $A$ and $B$ be square matrices.\n\n$$(AB)^T = A^TB^T$$\n"
RIGHT = "Let $A$ and $B$ be square matrices.\n\n$$(AB)^T = B^TA^T$$\n"
HEAVY = ("flint", "sympy", "markdown_it", "pylatexenc", "pathspec", "proofcheck.pipeline")
Output = pytest.CaptureFixture[str]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with documents of several kinds, in which the process stands."""
    tree = tmp_path / "project"
    (tree / "docs" / "paper").mkdir(parents=True)
    (tree / ".git").mkdir()
    (tree / "docs" / "wrong.md").write_text(WRONG)
    (tree / "docs" / "right.md").write_text(RIGHT)
    (tree / "docs" / "prose.txt").write_text("Nothing.\n")
    (tree / "docs" / "paper" / "main.tex").write_text(
        "\\documentclass{article}\\input{macros}\\begin{document}\\input{chapter}\\end{document}\n"
    )
    (tree / "docs" / "paper" / "macros.tex").write_text("\\newcommand{\\flip}[1]{{#1}^T}\n")
    (tree / "docs" / "paper" / "chapter.tex").write_text(
        "\\[ \\flip{AB} = \\flip{A}\\flip{B} \\]\n"
    )
    (tree / "proofcheck.toml").write_text('exclude = ["prose.txt"]\n')
    monkeypatch.chdir(tree)
    return tree


def _run(*arguments: str) -> tuple[int, bytes, bytes, list[str]]:
    """What the command does in a process of its own, and which heavy modules it imported."""
    code = (
        "import sys; from proofcheck.cli import main\n"
        "status = main(sys.argv[1:]); sys.stdout.flush()\n"
        f"print(*(m for m in {HEAVY} if m in sys.modules), file=open('imported', 'w'))\n"
        "raise SystemExit(status)"
    )
    words = [sys.executable, "-c", code, "check", *arguments]
    done = subprocess.run(words, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr, Path("imported").read_text().split()


ROWS = [
    *(["docs", "--format", form] for form in FORMATS),
    ["docs", "--reveal", "--verbose"],
    ["docs", "--statistics", "--exit-zero"],
    ["docs", "--show-unchecked", "--quiet"],
    ["docs", "--diff"],
    ["docs/*.md", "--select", "unequal-step", "--seed", "x"],
]


@pytest.mark.parametrize("arguments", ROWS, ids=" ".join)
def test_an_unchanged_tree_is_answered_without_reading_mathematics(
    tree: Path, arguments: list[str]
) -> None:
    first = _run(*arguments)
    again = _run(*arguments)
    assert first[:3] == again[:3] == _run(*arguments, "--no-cache")[:3]
    assert (first[3] != [], again[3]) == (True, [])
    assert first[1]


def test_the_report_goes_to_its_file_again(tree: Path, capsys: Output) -> None:
    arguments = ["check", "docs", "--format", "json", "-o", "report.json"]
    assert main(arguments) == 1
    first = (tree / "report.json").read_text()
    (tree / "report.json").unlink()
    assert main(arguments) == 1
    assert (tree / "report.json").read_text() == first


def _write(path: str, text: str) -> Callable[[], object]:
    return lambda: Path(path).write_text(text)


def _unlike(path: str, old: str, new: str) -> Callable[[], object]:
    """Another content of the same length and time."""

    def change() -> None:
        place = Path(path)
        status = place.stat()
        text = place.read_text()
        assert old in text
        place.write_text(text.replace(old, new))
        os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))

    return change


def _link() -> None:
    Path("docs/wrong.md").unlink()
    Path("docs/wrong.md").symlink_to("right.md")


CHANGES: dict[str, Callable[[], object]] = {
    "edited": _write("docs/wrong.md", RIGHT),
    "edited in no time": _unlike("docs/wrong.md", "A^TB^T", "B^TA^T"),
    "new": _write("docs/another.md", WRONG),
    "gone": lambda: Path("docs/wrong.md").unlink(),
    "renamed": lambda: Path("docs/wrong.md").rename("docs/a.md"),
    "another configuration": _write("proofcheck.toml", 'ignore = ["unequal-step"]'),
    "a configuration that cannot be read": _write("proofcheck.toml", "ignore ="),
    "a nearer configuration": _write("docs/proofcheck.toml", 'exclude = ["wrong.md"]'),
    "a nearer project": _write("docs/paper/pyproject.toml", "[tool.proofcheck]\nselect = []"),
    "no configuration": lambda: Path("proofcheck.toml").unlink(),
    "macros": _write("docs/paper/macros.tex", "\\newcommand{\\flip}[1]{{#1}}"),
    "a new part": _write("docs/paper/other.tex", "\\[ (AB)^T = A^TB^T \\]"),
    "the baseline": _write("known.json", '{"schema": "proofcheck-baseline/1", "findings": []}'),
    "a link": _link,
    "a folder": lambda: shutil.rmtree("docs/paper"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_is_seen(tree: Path, capsys: Output, name: str) -> None:
    main(["baseline", "docs/paper", "-o", "known.json"])
    arguments = ["check", "docs", "--verbose", "--jobs", "1", "--baseline", "known.json"]
    main(arguments)
    capsys.readouterr()
    before = (main(arguments), capsys.readouterr())
    CHANGES[name]()
    after = (main(arguments), capsys.readouterr())
    assert after == (main([*arguments, "--no-cache"]), capsys.readouterr())
    assert after != before


def test_what_git_ignores_is_seen(tree: Path) -> None:
    first = _run("docs")
    (tree / ".gitignore").write_text("wrong.md\n")
    after = _run("docs")
    assert after[:3] == _run("docs", "--no-cache")[:3] != first[:3]
    assert _run("docs")[3] == ["pathspec"]


def test_the_working_folder_is_a_part_of_the_question(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    place = str(tree / "docs")
    assert main(["check", place, "--format", "github"]) == 1
    monkeypatch.chdir(tree / "docs")
    capsys.readouterr()
    assert main(["check", place, "--format", "github"]) == 1
    assert "file=wrong.md" in capsys.readouterr().out


def test_what_failed_is_no_answer(tree: Path, capsys: Output) -> None:
    (tree / "bad").mkdir()
    for _ in range(2):
        assert main(["check", "docs", "bad"]) == 2
        assert "`bad` holds no documents" in capsys.readouterr().err
    (tree / "bad" / "now.md").write_text(RIGHT)
    assert main(["check", "docs", "bad"]) == 1

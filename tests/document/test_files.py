"""Which files are documents: folders, patterns and what git leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofcheck.document.files import Absent, find


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        "a.md",
        "b.tex",
        "notes.pdf",
        "build/out.md",
        "docs/one.md",
        "docs/draft.md",
        "docs/deep/two.md",
        "docs/deep/draft.md",
        "ok/three.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("$a = a$")
    return tmp_path


def _names(tree: Path, *paths: Path) -> list[str]:
    found = [path for path in find(paths) if isinstance(path, str)]
    return [Path(path).relative_to(tree).as_posix() for path in found]


def test_what_git_ignores_is_passed_over(tree: Path) -> None:
    (tree / ".git").mkdir()
    (tree / ".gitignore").write_text("build/\ndraft.md\n[\n")
    (tree / "docs" / "deep" / ".gitignore").write_text("!draft.md\n")
    all_found = _names(tree, tree)
    expected = ["a.md", "b.tex", "docs/one.md", "docs/deep/draft.md", "docs/deep/two.md"]
    assert all_found == [*expected, "ok/three.md"]
    assert _names(tree, tree / "docs") == ["docs/one.md", "docs/deep/draft.md", "docs/deep/two.md"]


def test_what_is_named_is_checked_though_git_ignores_it(tree: Path) -> None:
    (tree / ".git").mkdir()
    (tree / ".gitignore").write_text("build/\n*.tex\n")
    assert _names(tree, tree / "build", tree / "b.tex") == ["build/out.md", "b.tex"]


def test_outside_of_a_working_tree_git_says_nothing(tree: Path) -> None:
    (tree / ".gitignore").write_text("docs\n")
    assert "docs/one.md" in _names(tree, tree)


def test_patterns(tree: Path) -> None:
    assert _names(tree, tree / "*.md") == ["a.md"]
    expected = ["docs/deep/draft.md", "docs/deep/two.md", "docs/draft.md", "docs/one.md"]
    assert _names(tree, tree / "docs" / "**" / "*.md") == expected


def test_a_pattern_that_matches_nothing(tree: Path) -> None:
    (found,) = find([tree / "*.rst"])
    assert isinstance(found, Absent)
    assert "matches no file" in found.message

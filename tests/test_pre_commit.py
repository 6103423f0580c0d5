"""The hooks for pre-commit, run by the real program on real repositories."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from proofcheck.document.kinds import SUFFIXES

PROJECT = Path(__file__).parent.parent
HOOKS: list[dict[str, Any]] = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text())
RIGHT = "Let $A$ and $B$ be square matrices.\n\n$$(AB)^T = B^TA^T$$\n"
WRONG = RIGHT.replace("B^TA^T", "A^TB^T")
ROOT = (
    "\\documentclass{article}\n\\newcommand{\\trans}{^T}\n\\begin{document}\n"
    "\\input{chapter}\n\\end{document}\n"
)
CHAPTER = "Let $A$ and $B$ be square matrices.\n\\[(AB)\\trans = A\\trans B\\trans\\]\n"

needs_pre_commit = pytest.mark.skipif(
    importlib.util.find_spec("pre_commit") is None or shutil.which("git") is None,
    reason="pre-commit and git are not installed",
)


class Repository:
    """A repository with the hooks installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        bare = folder.with_name("remote.git")
        self.git("init", "-q", "--bare", str(bare))
        self.git("init", "-q", "-b", "main")
        self.git("remote", "add", "origin", str(bare))

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A command in the repository; what it prints is in `stdout`."""
        clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        names = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b.c"}
        names |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b.c"}
        names |= {"GIT_CONFIG_GLOBAL": os.devnull, "PYTHONPATH": str(PROJECT)}
        names |= {"PRE_COMMIT_HOME": str(self.folder.with_name("cache"))}
        return subprocess.run(
            command,
            cwd=self.folder,
            env=clean | names,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run("git", *arguments)

    def pre_commit(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(sys.executable, "-m", "pre_commit", *arguments)

    def commit(self, **files: str) -> subprocess.CompletedProcess[str]:
        """Commits files, named with `_` for the dot."""
        for name, text in files.items():
            (self.folder / name.replace("_", ".")).write_text(text)
        self.git("add", "-A")
        return self.git("commit", "-m", "x")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with the project's hooks, run by the code under test and not from an index."""
    made = Repository(tmp_path / "work")
    entry = f"{sys.executable} -m proofcheck"
    hooks = [
        hook | {"language": "system", "entry": hook["entry"].replace("proofcheck", entry, 1)}
        for hook in HOOKS
    ]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (made.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    done = made.pre_commit("install", "-t", "pre-commit", "-t", "pre-push")
    assert done.returncode == 0, done.stdout
    return made


def test_the_hooks_match_the_documents_that_are_read() -> None:
    (pattern,) = {hook["files"] for hook in HOOKS}
    named = {suffix for suffix in SUFFIXES if re.search(pattern, f"docs/a{suffix}")}
    assert set(SUFFIXES) - named == {".txt"}
    assert re.search(pattern, "data/Posts.xml")
    assert not re.search(pattern, "a.py")


@needs_pre_commit
def test_a_wrong_step_stops_the_commit(repository: Repository) -> None:
    done = repository.commit(a_md=WRONG, b_py="x = 1\n")
    assert done.returncode == 1
    assert "a.md:3:12: error:" in done.stdout
    assert "[unequal-step]" in done.stdout
    done = repository.commit(a_md=RIGHT)
    assert done.returncode == 0, done.stdout
    assert "Passed" in done.stdout


@needs_pre_commit
def test_a_commit_without_documents_is_left_alone(repository: Repository) -> None:
    done = repository.commit(b_py="x = 1\n")
    assert done.returncode == 0, done.stdout
    assert "Skipped" in done.stdout


@needs_pre_commit
def test_a_chapter_alone_knows_the_macros_of_its_root(repository: Repository) -> None:
    assert repository.commit(main_tex=ROOT, chapter_tex="").returncode == 0
    done = repository.commit(chapter_tex=CHAPTER)
    assert done.returncode == 1
    assert "chapter.tex:2:" in done.stdout
    assert "[unequal-step]" in done.stdout


@needs_pre_commit
def test_all_documents_are_checked_before_a_push(repository: Repository) -> None:
    repository.commit(a_md=RIGHT)
    repository.git("commit", "-q", "--allow-empty", "-m", "y")
    (repository.folder / "old.md").write_text(WRONG)
    repository.git("add", "-A")
    repository.git("commit", "-q", "--no-verify", "-m", "z")
    done = repository.git("push", "origin", "main")
    assert done.returncode != 0
    assert "old.md:3:12: error:" in done.stdout
    repository.commit(old_md=RIGHT)
    assert repository.git("push", "origin", "main").returncode == 0


@needs_pre_commit
@pytest.mark.skipif(not os.environ.get("CI"), reason="installs from the package index: set CI=1")
def test_the_project_is_installed_and_run_as_a_hook(tmp_path: Path) -> None:
    hooks = Repository(tmp_path / "hooks")
    for name in ("proofcheck", "docs"):
        shutil.copytree(PROJECT / name, hooks.folder / name)
    for name in (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(PROJECT / name, hooks.folder / name)
    hooks.git("add", "-A")
    hooks.git("commit", "-q", "-m", "x")
    work = Repository(tmp_path / "work")
    (work.folder / "a.md").write_text(WRONG)
    work.git("add", "-A")
    done = work.pre_commit("try-repo", str(hooks.folder), "proofcheck", "--files", "a.md")
    assert done.returncode == 1
    assert "a.md:3:12: error:" in done.stdout

"""What git leaves alone: the patterns in the files `.gitignore` of a working tree."""

from __future__ import annotations

import functools
from pathlib import Path

from pathspec import GitIgnoreSpec

_NAME = ".gitignore"


def ignored(path: Path, folder: bool = False) -> bool:
    """Whether a `.gitignore` beside a path or above it, up to the top of its working tree, names
    it; the nearest that says something decides. `folder` says that the path is one."""
    real = path.parent.resolve() / path.name
    for place, patterns in _above(real.parent):
        name = real.relative_to(place).as_posix() + "/" * folder
        said = patterns.check_file(name).include
        if said is not None:
            return said
    return False


@functools.lru_cache(maxsize=4096)
def _above(folder: Path) -> tuple[tuple[Path, GitIgnoreSpec], ...]:
    """The patterns that hold in a folder, the nearest first; none outside of a working tree."""
    found: list[tuple[Path, GitIgnoreSpec]] = []
    for place in (folder, *folder.parents):
        if patterns := _patterns(place):
            found.append((place, patterns))
        if (place / ".git").exists():
            return tuple(found)
    return ()


@functools.lru_cache(maxsize=4096)
def _patterns(folder: Path) -> GitIgnoreSpec | None:
    """The patterns of one file, if it is there and can be read."""
    try:
        lines = (folder / _NAME).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    return GitIgnoreSpec.from_lines(line for line in lines if _valid(line))


def _valid(line: str) -> bool:
    """Whether a line is a pattern; git passes over what is none."""
    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True

"""What git leaves alone: the patterns in the files `.gitignore` of a working tree."""

from __future__ import annotations

import functools
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_NAME = ".gitignore"


def ignored(path: Path, folder: bool = False) -> bool:
    """Whether a `.gitignore` beside a path or above it, up to the top of its working tree, names
    it; the nearest that says something decides. `folder` says that the path is one."""
    real, holding = _above(path.parent)
    for place, patterns in holding:
        name = (real / path.name).relative_to(place).as_posix() + "/" * folder
        said = patterns.check_file(name).include
        if said is not None:
            return said
    return False


@functools.lru_cache(maxsize=4096)
def _above(folder: Path) -> tuple[Path, tuple[tuple[Path, GitIgnoreSpec], ...]]:
    """A folder without symbolic links, and the patterns that hold in it, the nearest first; none
    outside of a working tree."""
    real = folder.resolve()
    found: list[tuple[Path, GitIgnoreSpec]] = []
    for place in (real, *real.parents):
        if patterns := _patterns(place):
            found.append((place, patterns))
        if (place / ".git").exists():
            return real, tuple(found)
    return real, ()


@functools.lru_cache(maxsize=4096)
def _patterns(folder: Path) -> GitIgnoreSpec | None:
    """The patterns of one file, if it is there and can be read."""
    try:
        lines = (folder / _NAME).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    from pathspec import GitIgnoreSpec  # which takes a while, and most folders have no such file

    return GitIgnoreSpec.from_lines(line for line in lines if _valid(line))


def _valid(line: str) -> bool:
    """Whether a line is a pattern; git passes over what is none."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True

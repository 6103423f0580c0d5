"""What git leaves alone: the patterns in the files `.gitignore` of a working tree."""

from __future__ import annotations

import functools
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_NAME = ".gitignore"


def ignored(path: str, folder: bool = False) -> bool:
    """Whether a `.gitignore` beside a path or above it, up to the top of its working tree, names
    it; the nearest that says something decides. `folder` says that the path is one."""
    above, name = os.path.split(path)
    real, holding = _above(above)
    for place, patterns in holding:
        inside = os.path.relpath(os.path.join(real, name), place).replace(os.sep, "/")
        said = patterns.check_file(inside + "/" * folder).include
        if said is not None:
            return said
    return False


@functools.lru_cache(maxsize=4096)
def _above(folder: str) -> tuple[str, tuple[tuple[str, GitIgnoreSpec], ...]]:
    """A folder without symbolic links, and the patterns that hold in it, the nearest first; none
    outside of a working tree."""
    real = place = os.path.realpath(folder)
    found: list[tuple[str, GitIgnoreSpec]] = []
    while True:
        if patterns := _patterns(place):
            found.append((place, patterns))
        if os.path.lexists(os.path.join(place, ".git")):
            return real, tuple(found)
        above = os.path.dirname(place)
        if above == place:
            return real, ()
        place = above


@functools.lru_cache(maxsize=4096)
def _patterns(folder: str) -> GitIgnoreSpec | None:
    """The patterns of one file, if it is there and can be read."""
    try:
        with open(os.path.join(folder, _NAME), encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
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

r"""The files that a LaTeX file brings in by `\input` and its like, inside of its project.

Nothing outside of its folder is opened, through a symbolic link or otherwise, and no file that is
large, binary or not a regular one. A file that is not there is passed over: it may be generated.
"""

from __future__ import annotations

import functools
import itertools
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from proofcheck.document.source import Span

LARGEST = 2_000_000
"""How many bytes a file may have that another one brings in."""
MOST_FILES = 500
"""How many files one document may be made of."""
_MOST_ROOTS = 40

_PROJECT = ("pyproject.toml", ".git", ".hg")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\r\n]*")
_INPUT = re.compile(
    r"""\\ (?: (?: input | include | subfile | subfileinclude ) \s*
              (?: \{ (?P<name> [^{}\\\r\n]{1,250} ) \}
                | (?<=input[ \t]) (?P<bare> [^\s{}\\]{1,250} ) )
            | (?: sub )? (?: import | inputfrom | includefrom ) \*? \s*
              \{ (?P<folder> [^{}\\\r\n]{0,250} ) \} \s* \{ (?P<inner> [^{}\\\r\n]{1,250} ) \}
            | (?: usepackage | RequirePackage ) \s* (?: \[ [^\]]{0,500} \] \s* )?
              \{ (?P<packages> [^{}\\]{1,500} ) \} )""",
    re.VERBOSE,
)
_ROOT = re.compile(
    r"%\s*!\s*T[Ee]X\s+root\s*=\s*(?P<magic>[^\r\n]{1,250})"
    r"|\\documentclass\s*\[(?P<main>[^\]{}\\]{1,250})\]\s*\{subfiles\}"
)
_STARTS = re.compile(r"\\begin\s*\{document\}")


@dataclass(frozen=True, slots=True)
class _Mention:
    """The names of files in a text, with the folder and the suffix that they lack."""

    names: tuple[str, ...]
    folder: str
    suffix: str
    span: Span


@dataclass(frozen=True, slots=True)
class Input:
    """A file that another one brings in: where that says so, and why the file cannot be read."""

    path: Path
    span: Span
    reason: str = ""


def folder_of(root: Path) -> Path:
    """The folder of a project: the nearest one above that says so, else that of the file."""
    home = root.resolve().parent
    for folder in (home, *home.parents):
        if any((folder / name).exists() for name in _PROJECT):
            return folder
    return home


def inputs(path: Path, root: Path) -> tuple[Input, ...]:
    """What a file of the document `root` brings in, in order, as far as it is there."""
    project = folder_of(root)
    found: list[Input] = []
    for mention in _mentions(content(path)):
        for name in mention.names:
            bases = dict.fromkeys((root.parent, path.parent))
            places = (_existing(base / mention.folder / name, mention.suffix) for base in bases)
            if target := next((place for place in places if place), None):
                found.append(Input(target, mention.span, _refusal(target, project, (path, root))))
    return tuple(found)


def walk(start: Path, root: Path) -> Iterator[Path]:
    """A file of the document `root` and what it brings in, in the order in which LaTeX reads them,
    each once."""
    seen: set[Path] = set()
    pending = [start]
    while pending and len(seen) < MOST_FILES:
        path = pending.pop()
        if (real := path.resolve()) not in seen:
            seen.add(real)
            yield path
            pending += [found.path for found in inputs(path, root) if not found.reason][::-1]


def root_of(path: Path, told: str = "") -> Path:
    r"""The file that a chapter is a part of: what `% !TEX root` or its class says, the one that is
    `told` if it brings it in, or a document of its project, in its own folder or one above, that
    does; else the file itself."""
    text = content(path)
    home = folder_of(path)
    if said := _ROOT.search(text):
        name = (said["magic"] or said["main"]).strip()
        target = _existing(path.parent / name, ".tex")
        return path if target is None or _refusal(target, home) else target
    if _STARTS.search(text):
        return path
    real = path.resolve()
    if told and _brings_in(Path(told), real):
        return Path(told)
    for folder in (real.parent, *real.parent.parents):
        for root in _documents(folder):
            if _brings_in(root, real):
                return root
        if folder == home:
            break
    return path


def _brings_in(root: Path, real: Path) -> bool:
    """Whether a file, without symbolic links, is a part of the document `root`."""
    return any(part.resolve() == real for part in walk(root, root))


def inherited(path: Path, root: Path) -> tuple[Path, ...]:
    """The other files of the document `root` whose definitions hold in a file: those that LaTeX
    reads before it, and those that it brings in itself."""
    real = path.resolve()
    before = itertools.takewhile(lambda part: part.resolve() != real, walk(root, root))
    inside = (part for part in walk(path, root) if part.resolve() != real)
    return tuple(dict.fromkeys((*before, *inside)))


def _documents(folder: Path) -> list[Path]:
    """The whole documents in a folder."""
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".tex"))
    except OSError:
        return []
    paths = [folder / name for name in names[:_MOST_ROOTS] if not name.startswith(".")]
    return [path for path in paths if _STARTS.search(content(path))]


@functools.lru_cache(maxsize=256)
def _mentions(text: str) -> tuple[_Mention, ...]:
    """The files that a text names, outside of comments."""
    bare = _COMMENT.sub(lambda match: match[1] + " " * (len(match[0]) - len(match[1])), text)
    return tuple(_mention(match) for match in _INPUT.finditer(bare))


def _mention(match: re.Match[str]) -> _Mention:
    span = Span(*match.span())
    if packages := match["packages"]:
        names = tuple(name.strip() for name in packages.split(","))
        return _Mention(names, "", ".sty", span)
    name = match["inner"] or match["name"] or match["bare"]
    return _Mention((name.strip(),), (match["folder"] or "").strip(), ".tex", span)


def _existing(path: Path, suffix: str) -> Path | None:
    """The path with the suffix, or as it is, at which something is."""
    for candidate in (path.with_name(path.name + suffix), path):
        if path.name and os.path.lexists(candidate) and not candidate.is_dir():
            return candidate
    return None


def _refusal(path: Path, project: Path, within: tuple[Path, ...] = ()) -> str:
    """Why a file must not be read, `within` files that it would bring in once more; empty if it
    may."""
    try:
        real = path.resolve(strict=True)
        status = real.stat()
    except (OSError, RuntimeError):
        return "cannot be opened"
    if not real.is_relative_to(project):
        return f"lies outside of the project, whose folder is `{project.name}`"
    if any(real == outer.resolve() for outer in within):
        return "brings in itself"
    if not stat.S_ISREG(status.st_mode):
        return "is not a regular file"
    if status.st_size > LARGEST:
        return f"has more than {LARGEST:,} bytes"
    return (
        "" if _text(real, status.st_mtime_ns, status.st_size) is not None else "is not UTF-8 text"
    )


def content(path: Path) -> str:
    """The text of a file, nothing if it cannot be read."""
    try:
        status = path.stat()
    except OSError:
        return ""
    if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
        return ""
    return _text(path, status.st_mtime_ns, status.st_size) or ""


@functools.lru_cache(maxsize=256)
def _text(path: Path, modified: int, size: int) -> str | None:
    """The text of a file as it was at a time; None if it is none."""
    del modified, size
    try:
        decoded = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return None if "\0" in decoded else decoded.removeprefix("\ufeff")

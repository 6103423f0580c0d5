"""A configuration file, read, and the one that is nearest to a document."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from proofcheck.config import Settings
from proofcheck.configuration.checking import troubles
from proofcheck.configuration.keys import Table
from proofcheck.configuration.lines import line_of
from proofcheck.document.directives import Let
from proofcheck.document.source import Span
from proofcheck.extraction.lets import Misunderstood, declared
from proofcheck.rules.registry import BY_NAME

OWN, SHARED = "proofcheck.toml", "pyproject.toml"
_INSIDE = ("tool", "proofcheck")
_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_ARGUMENT = re.compile(r"#([1-9])")


class BadConfiguration(Exception):
    """A configuration file that cannot be followed: where, and why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Project:
    """What a configuration file says. `path` is None, and `table` empty, where there is none;
    `lines` says where each key stands."""

    path: Path | None = None
    table: Table = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def settings(self, path: Path, chosen: Settings) -> Settings:
        """The settings for a document, of which those that the user `chosen` come first."""
        wanted = frozenset[str](self.table.get("select", ()))
        silent = frozenset[str](self.table.get("ignore", ()))
        if "select" in self.table:
            silent |= frozenset(BY_NAME) - wanted
        for pattern, rules in self.table.get("per-file-ignores", {}).items():
            if self._matches(pattern, path):
                silent |= frozenset(rules)
        return replace(
            chosen,
            enabled=chosen.enabled | (wanted - chosen.disabled),
            disabled=chosen.disabled | (silent - chosen.enabled),
            preamble=self.preamble(),
            seed=chosen.seed or self.table.get("seed", ""),
            root=self.beside("latex-root"),
        )

    def beside(self, key: str) -> str:
        """The path that a key says from the folder of the file; empty if it says none."""
        if self.path is None or key not in self.table:
            return ""
        return str(self.path.parent / self.table[key])

    def excludes(self, path: Path) -> bool:
        """Whether a file is passed over where its folder is checked."""
        return any(self._matches(pattern, path) for pattern in self.table.get("exclude", ()))

    def preamble(self) -> str:
        """What holds in every document, as the LaTeX that would say it."""
        return "".join(f"{line}\n" for line in self._preamble())

    def _preamble(self) -> Iterator[str]:
        if layout := self.table.get("layout"):
            yield f"% proofcheck: layout {layout}"
        for symbol, said in self.table.get("symbols", {}).items():
            yield f"% proofcheck: let {symbol} {said}"
        for command, body in self.table.get("macros", {}).items():
            count = max(map(int, _ARGUMENT.findall(body)), default=0)
            name = command if command.startswith("\\") else f"\\operatorname{{{command}}}"
            yield f"\\newcommand{{{name}}}[{count}]{{{body}}}"

    def _matches(self, pattern: str, path: Path) -> bool:
        """Whether a pattern names a file or a folder above it."""
        if self.path is None:
            return False
        inside = path.resolve().relative_to(self.path.parent)
        above = [place for place in (inside, *inside.parents) if place != PurePath()]
        wanted = pattern.rstrip("/").removeprefix("./")
        return any(
            fnmatchcase(place.as_posix(), wanted) or fnmatchcase(place.name, wanted)
            for place in above
        )


class Projects:
    """The configuration files of one run, each read once."""

    def __init__(self) -> None:
        self._known: dict[Path, Project] = {}

    def said(self, key: str) -> tuple[str, ...]:
        """The paths that the files which were looked for say by a key, each once."""
        paths = (project.beside(key) for project in self._known.values())
        return tuple(sorted({path for path in paths if path}))

    def of(self, path: Path) -> Project:
        """The configuration that holds for a file: the nearest one, in its folder or above.

        Raises `BadConfiguration`.
        """
        folder = path.resolve().parent
        passed = []
        project = Project()
        for place in (folder, *folder.parents):
            if place in self._known:
                project = self._known[place]
                break
            passed.append(place)
            if found := _in(place):
                project = found
                break
        self._known.update(dict.fromkeys(passed, project))
        return project


def _in(folder: Path) -> Project | None:
    """What a folder configures; None if nothing."""
    own, shared = folder / OWN, folder / SHARED
    if own.is_file():
        return read(own)
    return read(shared) if shared.is_file() else None


def read(path: Path) -> Project | None:
    """The configuration in a file; None where a `pyproject.toml` has none.

    Raises `BadConfiguration`.
    """
    text = _text(path)
    if path.name == SHARED and "proofcheck" not in text:
        return None
    table: object = _parse(text, path)
    prefix = _INSIDE if path.name == SHARED else ()
    for key in prefix:
        table = table.get(key) if isinstance(table, dict) else None
    if prefix and table is None:
        return None
    if not isinstance(table, dict):
        raise BadConfiguration(f"{path}:{line_of(text, prefix)}: `tool.proofcheck` needs a table")
    _accept(table, text, path, prefix)
    lines = {name: line_of(text, (*prefix, name)) for name in table}
    return Project(path, table, lines)


def _accept(table: Table, text: str, path: Path, prefix: tuple[str, ...]) -> None:
    """Refuses a table with anything wrong in it, by the first thing that is."""
    for keys, message in (*troubles(table), *_misunderstood(table), *_missing(table, path)):
        raise BadConfiguration(f"{path}:{line_of(text, (*prefix, *keys))}: {message}")


def _misunderstood(table: Table) -> Iterator[tuple[tuple[str, ...], str]]:
    """The declarations that say nothing which the program knows."""
    start = Span(0, 0)
    symbols = table.get("symbols")
    for symbol, said in symbols.items() if isinstance(symbols, dict) else ():
        try:
            declared(Let(f"{symbol} {said}", start, start))
        except Misunderstood as error:
            yield ("symbols", symbol), str(error)


def _missing(table: Table, path: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    """The root of a LaTeX document that is not there."""
    root = table.get("latex-root")
    if isinstance(root, str) and not (path.parent / root).is_file():
        yield ("latex-root",), f"there is no file `{root}`"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadConfiguration(f"{path}: cannot be read: {error}") from None


def _parse(text: str, path: Path) -> Table:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        at = _AT.search(said)
        line = at[1] if at and at[1] else str(max(1, text.count("\n")))
        raise BadConfiguration(f"{path}:{line}: not TOML: {_AT.sub('', said).lower()}") from None

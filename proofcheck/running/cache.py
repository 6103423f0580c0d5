"""Results that are known from earlier runs, by all that they depend on.

A key is a digest of the document and the files that it brings in, of the settings, and of the
program itself with the libraries it judges by. What is stored is the JSON of `stored`, with a
digest of its own: what was damaged is as good as not there. Several processes can use one file at
once.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from proofcheck.document.inputs import content, inherited, inputs, root_of
from proofcheck.document.read import SUFFIXES
from proofcheck.running import stored
from proofcheck.running.workers import Outcomes, Task

FILE = "results.sqlite3"
LARGEST = 256 << 20
"""How many bytes of results are kept; past that the older half is dropped."""
_FORM = 1
_FILES = ("", "-wal", "-shm")
_PATIENCE = 5.0
_PACKAGE = Path(__file__).parents[1]
_LIBRARIES = ("flint", "sympy", "markdown_it", "pylatexenc")
_TABLE = """create table if not exists results
    (key blob primary key, digest blob not null, content blob not null, used real not null)"""


def folder() -> Path:
    """Where results are kept: as `PROOFCHECK_CACHE_DIR` says, else where the system keeps such."""
    if chosen := os.environ.get("PROOFCHECK_CACHE_DIR"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home(), "proofcheck", "Cache")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "proofcheck"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "proofcheck")


class Cache:
    """The results in a folder. Nothing raises: where it can't be used, nothing is known."""

    def __init__(self, place: Path) -> None:
        self._program = _program()
        self._database = _open(place / FILE)

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_: object) -> None:
        if self._database is not None:
            self._database.close()

    def known(self, keys: Mapping[Task, bytes | None]) -> dict[Task, Outcomes]:
        """What tasks with these keys came to before."""
        if self._database is None:
            return {}
        found = {}
        for task, key in keys.items():
            if key is not None and (outcomes := self._get(key)) is not None:
                found[task] = outcomes
        return found

    def keep(self, results: Iterable[tuple[bytes | None, Outcomes]]) -> None:
        """Keeps results by the keys that their tasks had before they were begun."""
        rows = list(_rows(results))
        if self._database is None or not rows:
            return
        with contextlib.suppress(sqlite3.Error), self._database:
            self._database.executemany("insert or replace into results values (?, ?, ?, ?)", rows)
            _shrink(self._database)

    def key(self, task: Task) -> bytes | None:
        """A digest of all that a result depends on; None where that can't be read."""
        path = Path(task.path)
        try:
            text = path.read_bytes()
        except OSError:
            return None
        digest = hashlib.blake2b(self._program, digest_size=32)
        parts = (stored.write(task, Task), text, *_others(path))
        for part in parts:
            digest.update(len(part).to_bytes(8, "big") + part)
        return digest.digest()

    def _get(self, key: bytes) -> Outcomes | None:
        """A result, if it is there and whole."""
        assert self._database is not None
        query = "select digest, content from results where key = ?"
        try:
            row = self._database.execute(query, (key,)).fetchone()
            if row is None or _digest(row[1]) != row[0]:
                return None
            outcomes: Outcomes = stored.read(row[1], Outcomes)
        except (sqlite3.Error, ValueError):
            return None
        return outcomes


def clean() -> bool:
    """Removes all results; whether there were any. Raises `OSError`."""
    removed = [_remove(folder() / f"{FILE}{suffix}") for suffix in _FILES]
    return any(removed)


def _remove(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True


def _others(path: Path) -> Iterator[bytes]:
    """What the reading of a LaTeX file depends on beside itself: the files it brings in or stands
    among, and the reasons why some are not read."""
    if SUFFIXES.get(path.suffix.lower()) == "latex":
        root = root_of(path)
        for part in inherited(path, root):
            yield str(part).encode(errors="surrogateescape")
            yield content(part).encode()
        for found in inputs(path, root):
            yield f"{found}".encode(errors="surrogateescape")


def _program() -> bytes:
    """A digest of the program and its libraries, by the times at which their files were written."""
    digest = hashlib.blake2b(f"{_FORM} {sys.version}".encode(), digest_size=32)
    for path in sorted(_PACKAGE.rglob("*.py")):
        digest.update(f"{path} {_stamp(path)}\n".encode(errors="surrogateescape"))
    for name in _LIBRARIES:
        found = importlib.util.find_spec(name)
        origin = found.origin if found is not None else None
        digest.update(f"{name} {origin} {_stamp(Path(origin)) if origin else ''}\n".encode())
    return digest.digest()


def _stamp(path: Path) -> str:
    status = path.stat()
    return f"{status.st_mtime_ns} {status.st_size}"


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def _rows(
    results: Iterable[tuple[bytes | None, Outcomes]],
) -> Iterator[tuple[bytes, bytes, bytes, float]]:
    now = time.time()
    for key, outcomes in results:
        if key is not None:
            content = stored.write(outcomes, Outcomes)
            yield key, _digest(content), content, now


def _open(path: Path) -> sqlite3.Connection | None:
    """The database at a path, made anew where what is there is none; None if it can't be."""
    for attempt in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(path, timeout=_PATIENCE)
        except (OSError, sqlite3.Error):
            return None
        try:
            return _prepared(database)
        except sqlite3.OperationalError:
            database.close()  # locked, read-only, or no room: it is not ours to remove
            return None
        except sqlite3.DatabaseError:
            database.close()
            if attempt == 0 and not _discard(path):
                return None
    return None


def _prepared(database: sqlite3.Connection) -> sqlite3.Connection:
    """A database with its table. Raises `sqlite3.Error`."""
    database.execute("pragma journal_mode = wal")
    database.execute("pragma synchronous = normal")
    (form,) = database.execute("pragma user_version").fetchone()
    if form != _FORM:
        with database:
            database.execute("drop table if exists results")
            database.execute(f"pragma user_version = {_FORM}")
    database.execute(_TABLE)
    database.execute("select key, digest, content, used from results limit 1").fetchone()
    return database


def _discard(path: Path) -> bool:
    """Removes a damaged database; whether that could be done."""
    try:
        for suffix in _FILES:
            _remove(path.with_name(f"{path.name}{suffix}"))
    except OSError:
        return False
    return True


def _shrink(database: sqlite3.Connection) -> None:
    """Drops the older half of the results where there are too many."""
    (size,) = database.execute("select coalesce(sum(length(content)), 0) from results").fetchone()
    if size > LARGEST:
        database.execute(
            "delete from results where rowid in (select rowid from results order by used "
            "limit (select count(*) / 2 from results))"
        )

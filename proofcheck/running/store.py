"""Where the results of earlier runs are: one SQLite file, with a digest for each of them.

What was damaged is as good as not there. Several processes can use the file at once.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable

from proofcheck.running.digests import blake2b

FILE = "results.sqlite3"
LARGEST = 256 << 20
"""How many bytes of results are kept; past that the older half is dropped."""
_FORM = 2
_FILES = ("", "-wal", "-shm", "-journal")
_PATIENCE = 1.0
_TABLE = """create table results
    (key blob primary key, digest blob not null, content blob not null, used real not null)"""


def folder() -> str:
    """Where results are kept: as `PROOFCHECK_CACHE_DIR` says, else where the system keeps such."""
    if chosen := os.environ.get("PROOFCHECK_CACHE_DIR"):
        return chosen
    if sys.platform != "linux":
        import platformdirs

        return platformdirs.user_cache_dir("proofcheck", appauthor=False)
    # the same, without what platformdirs imports
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(caches, "proofcheck")


class Store:
    """The results in a folder. Nothing raises: where it can't be used, nothing is known."""

    def __init__(self, place: str) -> None:
        self._path = os.path.join(place, FILE)
        self._database = _open(self._path)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        if self._database is not None:
            self._database.close()

    def get(self, key: bytes) -> bytes | None:
        """What is kept by a key, if it is there and whole."""
        query = "select digest, content from results where key = ?"
        row = self._attempt(lambda database: database.execute(query, (key,)).fetchone())
        if not isinstance(row, tuple) or _digest(row[1]) != row[0]:
            return None
        return bytes(row[1])

    def put(self, key: bytes, content: bytes) -> None:
        """Keeps a content by its key."""
        row = (key, _digest(content), content, time.time())
        self._attempt(lambda database: _insert(database, row))

    def _attempt(self, work: Callable[[sqlite3.Connection], object]) -> object:
        """What some work on the database comes to, on a new one where it turns out to be damaged;
        None where it can't be done."""
        for _ in range(2):
            if self._database is None:
                return None
            try:
                return work(self._database)
            except sqlite3.OperationalError:
                return None  # locked, read-only, or no room: it is not ours to remove
            except sqlite3.DatabaseError:
                self._database.close()
                self._database = _open(self._path) if _discard(self._path) else None
        return None


def clean() -> bool:
    """Removes all results; whether there were any. Raises `OSError`."""
    removed = [_remove(os.path.join(folder(), FILE + suffix)) for suffix in _FILES]
    return any(removed)


def _remove(path: str) -> bool:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return False
    return True


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).digest()


def _open(path: str) -> sqlite3.Connection | None:
    """The database at a path, made anew where what is there is none; None if it can't be."""
    for _ in range(2):
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            database = sqlite3.connect(path, timeout=_PATIENCE)
        except (OSError, sqlite3.Error):
            return None
        try:
            _prepare(database)
        except sqlite3.OperationalError:
            database.close()
            return None
        except sqlite3.DatabaseError:
            database.close()
            if not _discard(path):
                return None
        else:
            return database
    return None


def _prepare(database: sqlite3.Connection) -> None:
    """Makes the table, in place of one of another form. Raises `sqlite3.Error`."""
    database.execute("pragma synchronous = off")  # what a lost machine damages is found so
    (form,) = database.execute("pragma user_version").fetchone()
    if form != _FORM:
        with database:
            database.execute("begin immediate")
            database.execute("drop table if exists results")
            database.execute(_TABLE)
            database.execute(f"pragma user_version = {_FORM}")


def _insert(database: sqlite3.Connection, row: tuple[bytes, bytes, bytes, float]) -> None:
    """Adds a row, and drops the older half of all where there are too many."""
    with database:
        database.execute("insert or replace into results values (?, ?, ?, ?)", row)
        if _size(database) > LARGEST:
            database.execute(
                "delete from results where rowid in (select rowid from results order by used "
                "limit (select count(*) / 2 from results))"
            )


def _size(database: sqlite3.Connection) -> int:
    """How many bytes are in use."""
    names = ("page_count", "freelist_count", "page_size")
    pages, free, size = (database.execute(f"pragma {name}").fetchone()[0] for name in names)
    return int((pages - free) * size)


def _discard(path: str) -> bool:
    """Removes a damaged database; whether that could be done."""
    try:
        for suffix in _FILES:
            _remove(path + suffix)
    except OSError:
        return False
    return True

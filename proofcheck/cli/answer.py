"""What a run says, and what it said before where all that it depends on is as it was.

An answer is known by the arguments, the terminal, the program, and the files that are found, with
their contents and their configuration. Nothing that reads or judges mathematics is imported for it,
nor anything else that takes a while, such as dataclasses.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from proofcheck.document.files import Absent, find
from proofcheck.document.kinds import is_dump
from proofcheck.running import program
from proofcheck.running.dependence import dependence
from proofcheck.running.digests import blake2b
from proofcheck.running.store import Store

CONFIGURATIONS = ("proofcheck.toml", "pyproject.toml")
_LARGEST = 16 << 20
_ASIDE = ("jobs", "watch")
"""Arguments that change nothing of what is said."""


class Answer:
    """What goes to standard output, or to a file, as `text`, and to standard error as `said`.

    One that is `lasting` is so as long as nothing changes: nothing failed. `read` are the files it
    depends on that the arguments don't name, with digests of their contents.
    """

    __slots__ = ("lasting", "read", "said", "status", "text")

    def __init__(
        self,
        text: str,
        said: Sequence[str],
        status: int,
        lasting: bool,
        read: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.text, self.said, self.status = text, said, status
        self.lasting, self.read = lasting, read


def key(options: argparse.Namespace, terminal: object) -> bytes | None:
    """A digest of all that an answer depends on; None where it depends on more than can be known:
    standard input, the history of git, a dump of posts, files that are not there."""
    if options.fix or options.no_cache or options.diff_base is not None or "-" in options.paths:
        return None
    if os.environ.get("PROOFCHECK_DEBUG"):
        return None
    said = {name: value for name, value in vars(options).items() if name not in _ASIDE}
    try:
        run = repr((sorted(said.items()), terminal, os.getcwd())).encode()
        return program.key((run, *_files(options)))
    except (OSError, _Unknown):
        return None


class _Unknown(Exception):
    """The answer depends on something that is not looked at."""


def _files(options: argparse.Namespace) -> Iterator[bytes]:
    """The documents in their order, with all that is read for them."""
    seen: dict[str, str] = {}
    for found in find(options.paths):
        if isinstance(found, Absent) or is_dump(found):
            raise _Unknown
        yield os.fsencode(found)
        yield from dependence(found)
        yield from _configuration(os.path.dirname(_real(found, seen)), seen)


def _real(path: Path, known: dict[str, str]) -> str:
    """A path without symbolic links; folders are looked at once."""
    if os.path.islink(path):
        return os.path.realpath(path)
    folder, name = os.path.split(path)
    if folder not in known:
        known[folder] = os.path.realpath(folder)
    return os.path.join(known[folder], name)


def _configuration(folder: str, known: dict[str, str]) -> Iterator[bytes]:
    """A folder, and what is configured there or above, where that is not `known` yet."""
    yield os.fsencode(folder)
    while (mark := f"configured {folder}") not in known:
        known[mark] = folder
        for name in CONFIGURATIONS:
            try:
                with open(os.path.join(folder, name), "rb") as file:
                    yield name.encode() + file.read()
            except FileNotFoundError:
                yield b""
        folder = os.path.dirname(folder)


def recall(store: Store, key: bytes) -> Answer | None:
    """The answer that was given before."""
    content = store.get(key)
    try:
        answer = Answer(*json.loads(content)) if content else None
    except (TypeError, ValueError):
        return None
    if answer is None or any(digest != _content(path) for path, digest in answer.read):
        return None
    return answer


def remember(store: Store, key: bytes, answer: Answer) -> None:
    """Keeps an answer for as long as nothing changes."""
    content = json.dumps([answer.text, answer.said, answer.status, True, answer.read]).encode()
    if answer.lasting and len(content) <= _LARGEST:
        store.put(key, content)


def reading(paths: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Files with digests of their contents."""
    return tuple((path, _content(path)) for path in paths)


def _content(path: str) -> str:
    """A digest of a file; empty where it can't be read."""
    try:
        with open(path, "rb") as file:
            return blake2b(file.read(), digest_size=16).hexdigest()
    except OSError:
        return ""

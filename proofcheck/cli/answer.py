"""What a run says, and what it said before where all that it depends on is as it was.

An answer is known by the words of the command, the terminal and the program, and says itself on
which files it rests, and what was in them. Nothing that reads or judges mathematics is imported for
it, nor anything else that takes a while: the words are not parsed again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence

from proofcheck.cli.terminal import complain, output, put, width
from proofcheck.document.files import Absent, find
from proofcheck.document.kinds import is_dump
from proofcheck.running import program
from proofcheck.running.dependence import dependence, read
from proofcheck.running.digests import blake2b
from proofcheck.running.store import Store, folder

CONFIGURATIONS = ("proofcheck.toml", "pyproject.toml")
_LARGEST = 16 << 20
_ASIDE = ("said", "status", "read", "target", "encoding")


class Answer:
    """What goes to standard output, or to the file `target`, as `text`, and to standard error as
    `said`; `encoding` is that of the text where the terminal does not choose it.

    One that is `lasting` is so as long as nothing changes: nothing failed. `read` are the files it
    depends on that the arguments don't name, with digests of their contents.
    """

    __slots__ = ("lasting", "text", *_ASIDE)

    def __init__(
        self,
        text: str,
        said: Sequence[str],
        status: int,
        lasting: bool = True,
        read: Sequence[Sequence[str]] = (),
        target: str | None = None,
        encoding: str | None = None,
    ) -> None:
        self.text, self.said, self.status = text, said, status
        self.lasting, self.read = lasting, read
        self.target, self.encoding = target, encoding


def deliver(answer: Answer) -> int:
    """Writes the report to where it goes; what could not be done is said on standard error. Gives
    the exit status."""
    for message in answer.said:
        complain(message)
    if answer.target is None:
        put(answer.text, answer.encoding)
    else:
        with open(answer.target, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(answer.text)
    return answer.status


def recall(words: Sequence[str]) -> Answer | None:
    """The answer that was given before to a command, if it is right still."""
    if "--no-cache" in words or os.environ.get("PROOFCHECK_DEBUG"):
        return None
    with Store(folder()) as store:
        content = store.get(_key(words))
    if content is None:
        return None
    head, _, text = content.partition(b"\n")
    paths, found, aside = json.loads(head)
    answer = Answer(text.decode(errors="surrogatepass"), **aside)
    if found != state(paths) or any(_content(path) != digest for path, digest in answer.read):
        return None
    return answer


def remember(words: Sequence[str], paths: Sequence[str], found: str, answer: Answer) -> None:
    """Keeps an answer for as long as the `state` of the paths is as it was `found`."""
    aside = {name: getattr(answer, name) for name in _ASIDE}
    head = json.dumps([paths, found, aside])
    content = f"{head}\n{answer.text}".encode(errors="surrogatepass")
    if answer.lasting and len(content) <= _LARGEST:
        with Store(folder()) as store:
            store.put(_key(words), content)


def state(paths: Iterable[str]) -> str | None:
    """A digest of the documents at the paths, in their order, with all that is read for them; None
    where an answer depends on more than can be known: a dump of posts, files that are not there."""
    digest = blake2b(digest_size=32)
    try:
        for part in _files(paths):
            digest.update(len(part).to_bytes(8, "big") + part)
    except (OSError, _Unknown):
        return None
    return digest.hexdigest()


class _Unknown(Exception):
    """The answer depends on something that is not looked at."""


def _key(words: Sequence[str]) -> bytes:
    """A digest of all that an answer depends on beside files."""
    return program.key((repr((list(words), _terminal(), os.getcwd())).encode(),))


def _terminal() -> tuple[object, ...]:
    """What a report depends on of where it goes."""
    stream, environment = output(), os.environ
    return stream.isatty(), width(stream), environment.get("NO_COLOR"), environment.get("TERM")


def _files(paths: Iterable[str]) -> Iterator[bytes]:
    """The documents with all that is read for them."""
    seen: set[str] = set()
    for found in find(paths):
        if isinstance(found, Absent) or is_dump(found):
            raise _Unknown
        yield os.fsencode(found)
        yield from dependence(found)
        folder = os.path.dirname(found)
        if os.path.islink(found):
            folder = os.path.dirname(os.path.realpath(found))
            yield os.fsencode(folder)
        if folder not in seen:
            seen.add(folder)
            yield from _configuration(os.path.realpath(folder), seen)


def _configuration(folder: str, seen: set[str]) -> Iterator[bytes]:
    """A folder, and what is configured there or above, where that was not seen yet."""
    yield os.fsencode(folder)
    while (mark := f"configured {folder}") not in seen:
        seen.add(mark)
        for name in CONFIGURATIONS:
            try:
                yield name.encode() + read(os.path.join(folder, name))
            except FileNotFoundError:
                yield b""
        folder = os.path.dirname(folder)


def reading(paths: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Files with digests of their contents."""
    return tuple((path, _content(path)) for path in paths)


def _content(path: str) -> str:
    """A digest of a file; empty where it can't be read."""
    try:
        return blake2b(read(path), digest_size=16).hexdigest()
    except OSError:
        return ""

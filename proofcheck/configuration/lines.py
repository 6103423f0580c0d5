"""On which line of a TOML text a key stands, which `tomllib` does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

_HEADER = re.compile(r"[ \t]*\[(?P<keys>[^\[\]]+)\][ \t]*(?:#.*)?$")
_ENTRY = re.compile(r"""[ \t]*(?P<keys>(?:"[^"]*"|'[^']*'|[\w.\- ])+?)[ \t]*=""")


def line_of(text: str, keys: Sequence[str]) -> int:
    """The line of the longest part of `keys` that is found, counted from 1."""
    wanted = list(keys)
    table: list[str] = []
    best, line = 0, 1
    for number, written in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(written):
            table = found = _split(header["keys"])
        elif entry := _ENTRY.match(written):
            found = table + _split(entry["keys"])
        else:
            continue
        if len(found) > best and found == wanted[: len(found)]:
            best, line = len(found), number
    return line


def _split(keys: str) -> list[str]:
    """The parts of a dotted key, which may be quoted."""
    try:
        value: object = tomllib.loads(f"{keys} = 0")
    except tomllib.TOMLDecodeError:
        return []
    parts = []
    while isinstance(value, dict):
        key, value = next(iter(value.items()))
        parts.append(key)
    return parts

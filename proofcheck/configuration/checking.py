"""Whether values are what the keys accept, in the part of JSON Schema that their table uses."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

from proofcheck.configuration.keys import BY_KEY, Schema, Table

Trouble = tuple[tuple[str, ...], str]
"""The keys that lead to a value, and what is wrong with it."""


def troubles(table: Table) -> Iterator[Trouble]:
    """What is wrong with a configuration, in its order."""
    for name, value in table.items():
        if name in BY_KEY:
            yield from _check(value, BY_KEY[name].schema, (name,))
        else:
            yield (name,), f"unknown key `{name}`{suggestion(name, BY_KEY)}"


def suggestion(word: str, known: Iterable[str]) -> str:
    """What may have been meant by a word, and otherwise what there is."""
    known = list(known)
    if near := difflib.get_close_matches(word, known, 1, 0.6):
        return f"; did you mean `{near[0]}`?"
    return f"; expected one of {', '.join(f'`{name}`' for name in known)}"


def _check(value: object, schema: Schema, where: tuple[str, ...]) -> Iterator[Trouble]:
    """What is wrong with one value."""
    name = where[-1]
    match schema:
        case {"enum": list(known)}:
            if not isinstance(value, str):
                yield where, f"`{name}` needs text"
            elif value not in known:
                yield where, f"`{name}` does not know `{value}`{suggestion(value, known)}"
        case {"type": "array", "items": items}:
            if not isinstance(value, list):
                yield where, f"`{name}` needs a list"
            else:
                for item in value:
                    yield from _check(item, items, where)
        case {"type": "object", "additionalProperties": values}:
            yield from _entries(value, schema.get("propertyNames"), values, where)
        case {"type": "integer", "minimum": least}:
            if type(value) is not int or value < least:
                yield where, f"`{name}` needs a whole number of at least {least}"
        case _:
            if not isinstance(value, str) or len(value) < schema.get("minLength", 0):
                yield where, f"`{name}` needs text"


def _entries(
    value: object, names: Schema | None, values: Schema, where: tuple[str, ...]
) -> Iterator[Trouble]:
    """What is wrong with a table whose keys the author chooses."""
    if not isinstance(value, dict):
        yield where, f"`{where[-1]}` needs a table"
        return
    for name, entry in value.items():
        if names is not None and not re.search(names["pattern"], name):
            yield (*where, name), f"`{name}` is not a command such as `\\name`"
        else:
            yield from _check(entry, values, (*where, name))

"""Frozen data as JSON and back, exactly, by the types of its fields; nothing is ever unpickled.

A dataclass is the list of its fields. It is named by its class only where the type of the field
leaves that open, and only classes of this package are ever made.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import importlib
import json
import types
import typing
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

_Convert = Callable[[Any], Any]
_PLAIN = (str, int, float, bool, types.NoneType)
_PACKAGE = __name__.partition(".")[0]


def write(value: object, kind: Any) -> bytes:  # noqa: ANN401 - any type, also `A | B`
    """A value of the type `kind` as JSON. Raises `TypeError` for what has no form in it."""
    return json.dumps(_codec(kind)[0](value), separators=(",", ":")).encode()


def read(content: bytes, kind: Any) -> Any:  # noqa: ANN401 - a value of the type
    """The value of the type `kind` that was written. Raises `ValueError` for anything else."""
    try:
        return _codec(kind)[1](json.loads(content))
    except (TypeError, KeyError, IndexError, AttributeError, ImportError) as error:
        raise ValueError(f"not a value that was stored: {error}") from error


@functools.cache
def _codec(kind: Any) -> tuple[_Convert, _Convert]:  # noqa: ANN401
    """How values of a type are written and read."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind in _PLAIN:
        return _same, _same
    if origin in (typing.Union, types.UnionType):
        return _union(arguments)
    if origin is tuple:
        return _tuple(arguments)
    if origin is Counter:
        write, read = _codec(arguments[0])
        return (
            lambda value: [[write(key), count] for key, count in value.items()],
            lambda value: Counter({read(key): count for key, count in value}),
        )
    if origin is frozenset:
        write, read = _codec(arguments[0])
        return (
            lambda value: sorted(map(write, value)),
            lambda value: frozenset(map(read, value)),
        )
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return lambda value: value.value, kind
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _dataclass(kind)
    raise TypeError(f"{kind} has no form in JSON")


def _same(value: object) -> object:
    return value


def _tuple(arguments: tuple[Any, ...]) -> tuple[_Convert, _Convert]:
    """Tuples of one type and any length, or of one type for each place."""
    if arguments[1:] == (...,):
        write, read = _codec(arguments[0])
        return lambda value: [write(v) for v in value], lambda value: tuple(map(read, value))
    codecs = [_codec(argument) for argument in arguments]
    return (
        lambda value: [codec[0](v) for codec, v in zip(codecs, value, strict=True)],
        lambda value: tuple(codec[1](v) for codec, v in zip(codecs, value, strict=True)),
    )


def _union(arguments: tuple[Any, ...]) -> tuple[_Convert, _Convert]:
    """One of several types: plain values as they are, of several others with their class."""
    plain = tuple(argument for argument in arguments if argument in _PLAIN)
    members = tuple(argument for argument in arguments if argument not in _PLAIN)
    one = _codec(members[0]) if len(members) == 1 else (_named, partial(_unnamed, bases=members))
    return (
        lambda value: value if isinstance(value, plain) else one[0](value),
        lambda value: value if isinstance(value, plain) else one[1](value),
    )


def _dataclass(kind: type) -> tuple[_Convert, _Convert]:
    """A class, or one that is derived from it."""
    fields = [field for field in dataclasses.fields(kind) if field.init]
    hints = typing.get_type_hints(kind)
    names = [field.name for field in fields]
    codecs: list[tuple[_Convert, _Convert]] = []  # made late: a type can hold itself

    def known() -> list[tuple[_Convert, _Convert]]:
        if not codecs:
            codecs.extend(_codec(hints[name]) for name in names)
        return codecs

    def write(value: Any) -> Any:  # noqa: ANN401
        if type(value) is not kind:
            return _named(value)
        pairs = zip(names, known(), strict=True)
        return [codec[0](getattr(value, name)) for name, codec in pairs]

    def read(value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, dict):
            return _unnamed(value, (kind,))
        made = {name: c[1](v) for name, c, v in zip(names, known(), value, strict=True)}
        return kind(**made)

    return write, read


def _named(value: object) -> dict[str, Any]:
    """A value with the name of its class."""
    kind: Any = type(value)
    return {f"{kind.__module__}:{kind.__qualname__}": _codec(kind)[0](value)}


def _unnamed(value: dict[str, Any], bases: tuple[type, ...]) -> Any:  # noqa: ANN401
    """A value by the name of its class, which must be of this package and one of `bases`."""
    ((name, fields),) = value.items()
    module, _, word = name.partition(":")
    if module.partition(".")[0] != _PACKAGE:
        raise ValueError(f"`{name}` is not a class of this package")
    kind = getattr(importlib.import_module(module), word)
    if not issubclass(kind, bases):
        raise ValueError(f"`{name}` is not expected here")
    return _codec(kind)[1](fields)

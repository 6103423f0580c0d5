"""The page of the configuration and its JSON schema, made from the table of the keys."""

from __future__ import annotations

import json

from proofcheck.configuration.keys import KEYS, Key, schema

_INTRODUCTION = """\
# Configuration

What a project wants stands in `proofcheck.toml`, or under `[tool.proofcheck]` in
`pyproject.toml`. For each document the nearest file counts, in its folder or above; where both
are in a folder, `proofcheck.toml` does. A `pyproject.toml` without the table is passed over. What
is said on the command line comes before what is said here, and a document's own directives come
before the `layout` and the `symbols` of the project.

A key that is not known is an error, and so is a value that is not understood: exit status 2, with
the line of the file. `proofcheck config PATH` prints what holds for a file and where it is said.
The JSON schema for editors ships as `proofcheck/configuration/schema.json`.

The examples are those of `proofcheck.toml`; in `pyproject.toml` a table such as `[symbols]` is
`[tool.proofcheck.symbols]`.
"""


def page() -> str:
    """The page in Markdown."""
    return _INTRODUCTION + "".join(map(_section, KEYS))


def _section(key: Key) -> str:
    example = f"```toml\n{key.example}\n```"
    return f"\n## {key.name}\n\n{key.says}\n\nDefault: {_code(key.default)}\n\n{example}\n"


def _code(default: str) -> str:
    """What holds without a key, as code where it is a value."""
    return f"`{default}`" if default[0] in '[{"' else f"{default}."


def schema_text() -> str:
    """The JSON schema as it ships."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"

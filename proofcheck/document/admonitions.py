"""Admonitions and tabs of Python-Markdown, whose indented content CommonMark takes for code."""

from __future__ import annotations

import re

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_INDENT = re.compile(r"[ \t]*")
_HEADER = re.compile(r'(?:!!!|\?\?\?\+?)[ \t]+\S|===[!+]?[ \t]+"')
_DEPTH = 4
"""Columns by which the content of an admonition is indented."""


def dedent(text: str) -> str:
    """`text` with the same lines, in which the content of `!!! note`, `??? note` and `=== "tab"`
    is no longer indented and their headers are empty."""
    if not re.search(r"!!!|\?\?\?|===", text):
        return text
    lines: list[str] = []
    depth = 0
    for line in _LINE.findall(text):
        indent = len(_INDENT.match(line)[0].expandtabs(_DEPTH))  # type: ignore[index]
        content = line.lstrip(" \t")
        if content.strip():
            depth = min(depth, indent // _DEPTH)
        if _HEADER.match(content) and indent - depth * _DEPTH < _DEPTH:
            depth += 1
            lines.append(line[len(line.rstrip("\r\n")) :])
        else:
            lines.append(" " * max(0, indent - depth * _DEPTH) + content)
    return "".join(lines)

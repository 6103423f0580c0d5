"""The kinds of document, by the names of their files."""

from __future__ import annotations

from pathlib import Path

SUFFIXES = {
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"), "markdown"),
    **dict.fromkeys((".mdx", ".myst"), "markdown"),
    **dict.fromkeys((".tex", ".ltx", ".latex"), "latex"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".rst", ".rest"), "restructured"),
    ".ipynb": "notebook",
    ".txt": "text",
}
"""The kind of document by the suffix of its file in lower case; any other file is `text`."""


def kind_of(path: Path) -> str:
    """The kind of the document that a file is, by its name."""
    return SUFFIXES.get(path.suffix.lower(), "text")


def is_dump(path: Path) -> bool:
    """Whether a file is called as a dump of posts is."""
    return path.name.lower() == "posts.xml"

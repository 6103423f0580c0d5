"""The kinds of document, by the names of their files."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    Named = str | os.PathLike[str]

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


def suffix(path: Named) -> str:
    """The suffix of a file's name in lower case."""
    return os.path.splitext(path)[1].lower()


def kind_of(path: Named) -> str:
    """The kind of the document that a file is, by its name."""
    return SUFFIXES.get(suffix(path), "text")


def is_dump(path: Named) -> bool:
    """Whether a file is called as a dump of posts is."""
    return os.path.basename(path).lower() == "posts.xml"

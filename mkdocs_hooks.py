"""Formulas of the documentation as MathML, made while it is built: a page needs no script."""

from __future__ import annotations

import html
import re
from typing import Any

from latex2mathml.converter import convert

_FORMULA = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">'
    r"(?:\\\((?P<inline>.*?)\\\)|\\\[(?P<display>.*?)\\\])</(?P=tag)>",
    re.DOTALL,
)


def on_page_content(content: str, **_: Any) -> str:  # noqa: ANN401 - what mkdocs passes
    """The page with its formulas typeset."""
    return _FORMULA.sub(_typeset, content)


def _typeset(match: re.Match[str]) -> str:
    """A formula, from the element in which `pymdownx.arithmatex` leaves it."""
    if match["inline"] is not None:
        return convert(html.unescape(match["inline"]))
    return f"<p>{convert(html.unescape(match['display']), display='block')}</p>"

r"""Reads HTML, such as posts of question-and-answer sites; nothing in it is executed or fetched.

Tags become line ends or nothing, references such as `&lt;` the characters they stand for, and what
is left is read as plain text: formulas between `$`, `$$`, `\(`, `\[` or in environments. The TeX
that MathJax keeps in scripts, and KaTeX and MathML in annotations, are formulas too.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace

from proofcheck.document import text
from proofcheck.document.assembly import Cut
from proofcheck.document.delimiters import Closers
from proofcheck.document.document import Boundary, Document
from proofcheck.document.drawn import Drawing, Drawn
from proofcheck.document.source import Source, Span

_PIECE = re.compile(
    r"""
      (?P<comment> <!-- )
    | < (?P<closing> /? ) (?P<tag> [A-Za-z][A-Za-z0-9-]* )
        (?P<attributes> (?: [^<>"'] | "[^"<]*" | '[^'<]*' )* ) >
    | (?P<declaration> <[!?] [^<>]* > )
    | (?P<reference> & (?: \#[0-9]{1,7} | \#[xX][0-9A-Fa-f]{1,6} | [A-Za-z][A-Za-z0-9]{1,31} ) ; )
    | (?P<text> [^<&]+ | [<&] )
    """,
    re.VERBOSE,
)
_ANNOTATION = re.compile(r"""<annotation\b[^<>]*\bapplication/x-tex\b[^<>]*>(?P<tex>[^<]*)<""")
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p section summary table "
    "tbody td tfoot th thead title tr ul".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNREAD = frozenset("pre script style textarea template svg noscript math".split())
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_HUSH = str.maketrans("$\\", "  ")
_HIDDEN = re.compile(
    r"""\baria-hidden\s*=\s*["']?true|\bclass\s*=\s*["']?(?:katex-html|MathJax)|^\s*hidden\b"""
)
_ANSWER = re.compile(r"""\bclass\s*=\s*["']?(?:question|answer)(?![\w-])""")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


def read(source: Source) -> Document:
    """The parts of an HTML page or fragment."""
    reader = _Reader(source)
    reader.read(0, len(source.text))
    excerpt = reader.drawing.excerpt()
    drawn = Drawn(source.path, excerpt.text, file=source, excerpt=excerpt)
    boundaries = reader.boundaries(excerpt.text)
    return replace(text.read(drawn, boundaries, frozenset(reader.comments)), source=drawn)


class _Reader:
    """Turns tags and references into text; `comments` are the offsets at which comments start.

    What is `hidden` counts the open elements named `hider`; `heading` is where the open heading
    starts, and `code` how many elements of code are open, in whose text nothing opens a formula.
    """

    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.drawing = Drawing()
        self.comments: list[int] = []
        self._closers = Closers(source.text)
        self._headings: list[Span] = []
        self._answers: list[Span] = []
        self._heading: int | None = None
        self._hider, self._hidden, self._code = "", 0, 0

    def read(self, start: int, end: int) -> None:
        """Draws the text between two offsets."""
        while start < end and (match := _PIECE.match(self.text, start, end)):
            start = self._piece(match)

    def boundaries(self, drawn: str) -> list[Cut]:
        """The headings, and the starts of posts."""
        headings = [
            Cut(span, Boundary("section", drawn[span.start : span.end].strip(), span))
            for span in self._headings
        ]
        return headings + [Cut(span, Boundary("answer", "", span)) for span in self._answers]

    def _piece(self, match: re.Match[str]) -> int:
        """Draws one piece; gives the offset after it."""
        start, end = match.span()
        if match["comment"]:
            closing = self._closers.end("-->", end)
            self.comments.append(self.drawing.length)
            self._add(self.text[start:closing] if closing else "", start)
            return closing or len(self.text)
        if match["tag"]:
            return self._tag(match, match["tag"].lower())
        if match["reference"]:
            self._add(html.unescape(match[0]), start)
        elif match["text"]:
            self._add(match[0], start)
        return end

    def _add(self, text: str, origin: int) -> None:
        if not self._hidden:
            self.drawing.add(text.translate(_HUSH) if self._code else text, origin)

    def _tag(self, match: re.Match[str], tag: str) -> int:
        """Draws what a tag stands for, and skips what is no text."""
        start, end = match.span()
        closing = bool(match["closing"])
        if self._hidden:
            self._hidden += (1 - 2 * closing) * (tag == self._hider)
            return end
        if tag in _UNREAD and not closing:
            return self._unread(match, tag)
        if tag in _BLOCKS:
            self._block(match, tag)
        elif tag == "br":
            self._add("\n", start)
        elif tag in _CODE:
            self._code = max(0, self._code + 1 - 2 * closing)
        if not closing and tag not in _VOID and _HIDDEN.search(match["attributes"]):
            self._hider, self._hidden = tag, 1
        return end

    def _block(self, match: re.Match[str], tag: str) -> None:
        """A paragraph ends, and perhaps a heading or a post begins."""
        before = self.drawing.length
        self._code = 0
        self._add("\n\n", match.start())
        if tag in _HEADINGS:
            if not match["closing"]:
                self._heading = self.drawing.length
            elif self._heading is not None:
                self._headings.append(Span(self._heading, before))
                self._heading = None
        elif not match["closing"] and _ANSWER.search(match["attributes"]):
            self._answers.append(Span(before, self.drawing.length))

    def _unread(self, match: re.Match[str], tag: str) -> int:
        """An element that is no text; the TeX in it is a formula."""
        closer = f"</{match['tag']}>"
        closing = self._closers.end(closer, match.end()) or match.end()
        attributes, inside = match["attributes"], Span(match.end(), closing - len(closer))
        if tag == "script" and "math/tex" in attributes:
            self._formula(inside, "mode=display" in attributes.replace(" ", ""), match)
        elif tag == "math":
            if found := _ANNOTATION.search(self.text, inside.start, max(inside.end, inside.start)):
                display = bool(re.search(r"""\bdisplay\s*=\s*["']?block""", attributes))
                self._formula(Span(*found.span("tex")), display, match)
        elif tag == "pre":
            self._add("\n\n", match.start())
        return closing

    def _formula(self, body: Span, display: bool, match: re.Match[str]) -> None:
        """A formula; in a script the characters stand for themselves."""
        self._add("\\[" if display else "\\(", match.start())
        if match["tag"].lower() == "script":
            self._add(self.text[body.start : body.end], body.start)
        else:
            self.read(body.start, body.end)
        self._add("\\]" if display else "\\)", match.start())

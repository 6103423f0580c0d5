r"""Reads LaTeX: formulas, comments, sections and theorems, but nothing from verbatim text.

An author's own short forms of an environment, `\newcommand{\be}{\begin{equation}}`, are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from proofcheck.document.assembly import Cut, assemble, block, comment
from proofcheck.document.delimiters import Closers, Hide, Mark, Marks, grammar, lex
from proofcheck.document.document import Boundary, Document
from proofcheck.document.formulas import Dialect, find
from proofcheck.document.plausibility import has_prose
from proofcheck.document.source import Source, Span

_OWN = r"""
      (?P<blank> (?:\r\n?|\n) [ \t]* (?=[\r\n]) )
    | (?P<comment> % [^\r\n]* )
    | (?P<verb> \\ (?: verb | lstinline ) \*? (?P<bar> [!-)+-/0-9:-@\[-`|~] ) [^\r\n]*? (?P=bar) )
    | (?P<hidden> \\begin \s* \{ (?P<listing> (?: verbatim | Verbatim | lstlisting | comment ) \*?
                                   | minted | alltt | filecontents \*? ) \}
                | \\iffalse (?![A-Za-z]) )
    | (?P<heading> \\ (?: part | chapter | (?:sub){0,2}section | (?:sub)?paragraph ) \*? \s*
                   (?: \[ [^\]\r\n]{0,200} \] \s* )? (?=\{) )
    | (?P<definition> \\ (?: (?: re | provide )? (?: new )? command | DeclareMathOperator | def
                           | (?: re )? newenvironment (?P<two>) | NewDocumentCommand ) \*? \s*
                      (?: \{ \s* \\? [A-Za-z@]+ \*? \s* \} | \\ [A-Za-z@]+ ) )
"""
_SHORT_FORM = re.compile(
    r"""\\ (?: (?:re|provide)?(?:new)?command \*? | def ) \s* \{? \s*
    (?P<short> \\ [A-Za-z]+ ) \s* \}? \s*
    \{ \s* \\ (?P<edge> begin | end ) \s* \{ (?P<name> [A-Za-z]+ \*? ) \} \s* \}""",
    re.VERBOSE,
)
_THEOREM = re.compile(r"\\newtheorem\*?\s*\{([^{}\r\n]*)\}")
_NOTE = re.compile(r"\s*\[([^\]\r\n]{0,300})\]")
_THEOREMS = frozenset(
    "theorem lemma proposition corollary proof definition example remark claim conjecture "
    "exercise problem question solution answer".split()
)
_ANSWERS = frozenset(("question", "solution", "answer"))
_SWALLOWED = re.compile(r"\\begin\s*\{(?:equation|align|gather|eqnarray)\*?\}")
_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*[\r\n]")


def read(source: Source, inherited: tuple[Document, ...] = ()) -> Document:
    """The parts of a LaTeX file, in which the definitions of others hold; its preamble is prose."""
    texts = [*(document.source.text for document in inherited), source.text]
    short_forms = {form["short"]: form for text in texts for form in _SHORT_FORM.finditer(text)}
    marks = lex(source.text, _grammar(short_forms), _hide(source.text, short_forms))
    formulas, problems = find(source.text, marks, _DIALECT)
    cuts = [block(source, formula) for formula in formulas]
    cuts += [comment(source, mark, "%", "") for mark in marks.marks if mark.kind == "comment"]
    cuts += [Cut(Span(mark.start, mark.end)) for mark in marks.marks if mark.kind == "hidden"]
    cuts += [*_headings(source, marks), *_theorems(source, marks, texts)]
    return replace(assemble(source, cuts, problems), inherited=inherited)


def _accepts(opener: str, text: str, body: Span) -> bool:
    """All between delimiters is mathematics, but not a display that runs on into paragraphs."""
    inside = text[body.start : body.end]
    if opener in ("$", "\\("):
        return not _SWALLOWED.search(inside)
    return not (_BLANK_LINE.search(inside) and has_prose(inside))


_DIALECT = Dialect(_accepts, lambda _: False, frozenset(("$", "$$", "\\(", "\\[")))


def _grammar(short_forms: dict[str, re.Match[str]]) -> re.Pattern[str]:
    names = "|".join(re.escape(short) for short in short_forms)
    return grammar(_OWN + (rf"| (?P<short> (?:{names}) (?![A-Za-z]) )" if names else ""))


def _hide(text: str, short_forms: dict[str, re.Match[str]]) -> Hide:
    """Turns matches of LaTeX's own groups into marks."""
    closers = Closers(text)

    def hide(match: re.Match[str]) -> Mark | None:
        kind = match.lastgroup or ""
        start, end = match.span()
        if form := short_forms.get(match[0]):
            return Mark(form["edge"], start, end, form["name"])
        if match["hidden"]:
            listing = match["listing"]
            closing = closers.end(f"\\end{{{listing}}}" if listing else "\\fi", end)
            return Mark("hidden", start, closing or end)
        if match["definition"]:
            return Mark("definition", start, end, "1" if match["two"] is None else "2")
        return Mark(kind, start, end) if kind in ("blank", "comment", "heading") else None

    return hide


def _headings(source: Source, marks: Marks) -> Iterator[Cut]:
    """The boundaries at `\\section{…}` and its like."""
    for mark, partner in zip(marks.marks, marks.partners[1:], strict=False):
        if mark.kind == "heading" and partner >= 0:
            closing = marks.marks[partner]
            span = Span(mark.start, closing.end)
            title = source.text[mark.end + 1 : closing.start]
            yield Cut(span, Boundary("section", title.strip(), span))


def _theorems(source: Source, marks: Marks, texts: list[str]) -> Iterator[Cut]:
    """The boundaries at `\\begin{theorem}[note]`, also of the theorems that the texts declare."""
    names = _THEOREMS.union(*map(_THEOREM.findall, texts))
    for mark in marks.marks:
        name = mark.name.rstrip("*")
        if mark.kind == "begin" and name in names:
            note = _NOTE.match(source.text, mark.end)
            span = Span(mark.start, note.end() if note else mark.end)
            title = f"{name} {note[1]}" if note else name
            yield Cut(span, Boundary(_kind_of(name), title, span))


def _kind_of(name: str) -> str:
    """What an environment is."""
    if name == "proof":
        return "proof"
    return "answer" if name in _ANSWERS else "statement"

r"""Tokens without what a formula says nothing by: spaces, sizes, colours, frames and notes.

`\boxed{x}`, `\color{red}{x}`, `\cancelto{0}{x}`, `\underbrace{x}_{\text{note}}` and
`\overset{\text{note}}{x}` are `x`; `\underset{i}{\sum}` is `\sum_{i}`. What is not known to say
nothing stays, and is refused where it is parsed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.gaps import GAP, gaps

_SIZES = [
    f"\\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")
]
_WORDS_DROPPED = (
    r"\, \; \: \! \> \/ \- \quad \qquad \enspace \enskip \thinspace \medspace \thickspace \hfill "
    r"\hfil \negthinspace \negmedspace \displaystyle \textstyle \scriptstyle \scriptscriptstyle "
    r"\limits \nolimits \displaylimits \mathstrut \strut \nonumber \notag \tiny \scriptsize "
    r"\footnotesize \small \normalsize \large \Large \LARGE \huge \Huge \middle \ensuremath "
    r"\allowbreak \nobreak \relax \protect \nonscript \boxed \fbox \Aboxed \cancel \bcancel "
    r"\xcancel \sout \underbar \mathclap \mathrlap \mathllap \clap \rlap \llap \mathopen "
    r"\mathclose \hline \mathinner \mathpunct \mathord \mathbin \mathrel \mathop"
)
DROPPED = frozenset((*_WORDS_DROPPED.split(), *("\\" + blank for blank in " \n\r\t"), *_SIZES))
"""Commands that are dropped, while what they are about stays."""

WITH_ARGUMENT = frozenset(
    r"\label \tag \phantom \hphantom \vphantom \hspace \hskip \mspace \mskip \kern \mkern "
    r"\vspace \noalign".split()
)
"""Commands that are dropped together with their argument."""
_UNITS = frozenset(("em", "ex", "pt", "mu", "cm", "mm", "in", "pc"))

NOTES = {r"\bbox": 0, r"\smash": 0, r"\fcolorbox": 2} | dict.fromkeys(
    r"\color \textcolor \mathcolor \colorbox \cancelto \enclose \href \class \style \cssId "
    r"\htmlClass \htmlId".split(),
    1,
)
"""Commands that are dropped together with this many arguments, and with one in brackets, while the
argument behind those stays."""

BRACES = frozenset(
    r"\underbrace \overbrace \underbracket \overbracket \underparen \overparen".split()
)
"""Commands of which a note may stand in the script behind their argument."""

STACKS = {r"\overset": "^", r"\underset": "_", r"\stackrel": "^", r"\stackbin": "^"}
_CLASSES = frozenset((r"\mathop", r"\mathbin", r"\mathrel", r"\mathord"))
_WORDS = frozenset((r"\mathrm", r"\operatorname", r"\mathbf", r"\mathsf", r"\text"))
_NAMING = frozenset((r"\operatorname", r"\mathrm"))
_TAKES_LIMITS = frozenset(
    r"\sum \prod \min \max \inf \sup \lim \argmin \argmax \bigotimes \bigoplus "
    r"\bigodot \int \coprod \arg".split()
)
_DOTS = frozenset(r"\dots \ldots \cdots \dotsb \dotsc \dotsm".split())
_OPENING = frozenset(("(", "[", r"\{"))
_CLOSING = frozenset((")", "]", r"\}"))
_SIGNS = frozenset(("+", "-", r"\cdot", r"\times"))
_NUMERALS = frozenset("-.0123456789")
_MOST_STACKED = 3
_BARS = {"|": "vert", r"\|": "Vert"}
_SYNONYMS = {
    r"\Vert": r"\|", r"\vert": "|", r"\lbrace": r"\{", r"\rbrace": r"\}", r"\lbrack": "[",
    r"\rbrack": "]", r"\triangledown": r"\nabla", r"\dfrac": r"\frac", r"\tfrac": r"\frac",
    r"\cfrac": r"\frac", r"\dbinom": r"\binom", r"\tbinom": r"\binom", r"\prime": "'",
    r"\ast": "*", r"\colon": ":", r"\intercal": r"\top", r"\mid": "|", r"\transpose": r"\top",
    r"\dotsb": r"\cdots", r"\dotsm": r"\cdots", r"\dotsc": r"\ldots", r"\dotsi": r"\cdots",
    r"\lparen": "(", r"\rparen": ")",
}  # fmt: skip


def laid_out(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens that carry meaning, in canonical spelling; linear in their number."""
    return _Layout(tokens).run()


class _Layout:
    """Walks once over the tokens. A handler yields what a command becomes and sets `index` to
    where to go on; `ends` are the closing braces behind which notes stand, `dropped` those that
    are left out."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.partners = _partners(tokens)
        self.index = 0
        self.ends: set[int] = set()
        self.dropped: set[int] = set()
        self.listed: list[int] = []
        self.fences = _fences(tokens)
        self.single = _single_bars(tokens)
        self.gaps = gaps(tokens)
        self.dots = [index for index, token in enumerate(tokens) if token.text in _DOTS]

    def run(self) -> Iterator[Token]:
        while self.index < len(self.tokens):
            token, index = self.tokens[self.index], self.index
            self.index += 1
            if index in self.gaps:
                yield _respelled(token, GAP)
            elif index in self.single:
                yield _respelled(token, "|")
            elif token.kind is TokenKind.COMMAND:
                yield from self.command(token)
            elif self.partners.get(index) == index + 2 and self.text(index + 1) == r"\partial":
                self.index -= 1
                self.unwrap()
            elif self.is_strut(index):
                self.index += 1
            elif token.text == "^" and self.partners.get(index + 1) == index + 2:
                self.index += 2  # `L^{}`
            elif token.kind is not TokenKind.SYMBOL or token.text != "~":
                if index not in self.dropped:
                    yield token
                if token.kind is TokenKind.BEGIN and token.text.endswith("*"):
                    self.skip_option()
                if index in self.ends:
                    self.skip_scripts()

    def command(self, token: Token) -> Iterator[Token]:
        text = token.text
        if text in (r"\left", r"\right"):
            yield from self.fence(token)
        elif text in WITH_ARGUMENT:
            self.index = self.after_sized(self.index)
        elif text in NOTES:
            self.skip_notes(NOTES[text])
        elif text in BRACES:
            self.brace()
        elif text in STACKS:
            yield from self.stack(token)
        elif text in (r"\\", r"\cr", r"\atop"):
            yield self.row_end(token)
        elif text == r"\substack":
            self.listed.append(self.unbrace())
        elif text == r"\underline" and self.partners.get(self.index) != self.index + 2:
            return
        elif text in DROPPED:
            if text in _CLASSES:
                self.unwrap()
        else:
            yield _respelled(token, _SYNONYMS[text]) if text in _SYNONYMS else token
            if text == r"\operatorname" and self.text(self.index) == "*":
                self.index += 1

    def text(self, index: int) -> str:
        """What the token at an index reads; nothing past the end."""
        return self.tokens[index].text if index < len(self.tokens) else ""

    def after_sized(self, index: int) -> int:
        """The index after a group, or after a dimension such as `-.5em`."""
        index += self.text(index) == "*"
        if index in self.partners:
            return self.partners[index] + 1
        stop = index
        while self.text(stop) in _NUMERALS:
            stop += 1
        return stop + 2 if self.text(stop) + self.text(stop + 1) in _UNITS else index

    def after_argument(self, index: int) -> int:
        """The index after the group, or else the token, at `index`."""
        return max(self.partners.get(index, index) + 1, index + 1)

    def fence(self, token: Token) -> Iterator[Token]:
        r"""`\left` or `\right` with its delimiter: bars keep their sides, a pair whose one side is
        empty is dropped, but for the `\left.` before a bar with a script."""
        place = self.index - 1
        delimiter = _SYNONYMS.get(self.text(self.index), self.text(self.index))
        self.index += 1
        side = "l" if token.text == r"\left" else "r"
        partner = self.fences.get(place)
        if delimiter == ".":
            if side == "l" and partner is not None and self.evaluates(partner):
                yield _respelled(token, r"\left.")
        elif delimiter in _BARS:
            yield _respelled(token, f"\\{side}{_BARS[delimiter]}")
        else:
            self.index -= 1

    def evaluates(self, place: int) -> bool:
        r"""Whether `\right|_{x=0}` stands at an index."""
        bar = _SYNONYMS.get(self.text(place + 1), self.text(place + 1))
        return bar == "|" and self.text(place + 2) in ("_", "^")

    def skip_option(self) -> None:
        r"""Goes to behind the alignment of `\begin{pmatrix*}[r]`."""
        if self.text(self.index) == "[" and self.text(self.index + 2) == "]":
            self.index += 3

    def is_strut(self, index: int) -> bool:
        """Whether `{}` stands before a script, and behind what that belongs to."""
        empty = self.partners.get(index) == index + 1 and self.text(index + 2) in ("^", "_")
        return empty and (index == 0 or self.tokens[index - 1].kind is not TokenKind.COMMAND)

    def row_end(self, token: Token) -> Token:
        r"""The end of a row; what is stacked in a script is a list, `_{i=1 \\ i\ne j}`."""
        if self.text(self.index) == "[":
            stop = self.after_sized(self.index + 1)
            self.index = stop + 1 if stop > self.index + 1 else self.index
        while self.listed and self.listed[-1] < self.index:
            self.listed.pop()
        return _respelled(token, ",") if self.listed or token.text == r"\atop" else token

    def unbrace(self) -> int:
        """Drops the braces that open here; the index of the closing one."""
        end = self.partners.get(self.index, -1)
        if end >= 0:
            self.index += 1
            self.dropped.add(end)
        return end

    def skip_notes(self, count: int) -> None:
        """Goes to the argument that counts."""
        if self.text(self.index) == "[":
            while self.index < len(self.tokens) and self.text(self.index) != "]":
                self.index += 1
            self.index += 1
        for _ in range(count):
            self.index = self.partners.get(self.index, self.index - 1) + 1

    def brace(self) -> None:
        """Notes where the argument of `\\underbrace` ends, unless its note counts dots."""
        end = self.partners.get(self.index, self.index)
        if bisect_left(self.dots, self.index) == bisect_left(self.dots, end):
            self.ends.add(end)

    def skip_scripts(self) -> None:
        """Goes to behind the scripts that stand here."""
        while self.text(self.index) in ("^", "_"):
            self.index = self.after_argument(self.index + 1)

    def unwrap(self) -> None:
        r"""Drops the braces of `\mathop{\sum}` and `\mathop{\mathrm{tr}}`, which hold one thing or
        nothing."""
        start, end = self.index, self.partners.get(self.index, -1)
        if end == start + 1:
            self.index += 2
            return
        one = end == start + 2
        word = self.text(start + 1) in _WORDS and self.partners.get(start + 2) == end - 1
        if one or word:
            self.unbrace()

    def stack(self, token: Token) -> Iterator[Token]:
        r"""`\overset{note}{x}`: `x` if the note is one, a script if `x` takes limits."""
        base = self.after_argument(self.index)
        note, stop = self.tokens[self.index : base], self.after_argument(base)
        if self.takes_limits(base, stop):
            self.index = stop
            start, end = (base + 1, stop - 1) if base in self.partners else (base, stop)
            yield from laid_out(self.tokens[start:end])
            yield _respelled(token, STACKS[token.text])
            yield from laid_out(note)
        elif _is_remark(note) or self.is_sign(base, stop):
            self.index = base
            if base in self.partners and self.is_sign(base, stop):
                self.unbrace()
        else:
            yield token

    def is_sign(self, start: int, stop: int) -> bool:
        """Whether a sign between terms or factors, and nothing else, stands between two indices: a
        note on it is a remark."""
        if self.partners.get(start) == stop - 1:
            start, stop = start + 1, stop - 1
        return stop == start + 1 and self.text(start) in _SIGNS

    def takes_limits(self, start: int, stop: int, depth: int = 0) -> bool:
        """Whether an operator such as `\\sum`, and nothing else, stands between two indices."""
        if self.partners.get(start) == stop - 1:
            start, stop = start + 1, stop - 1
        if self.text(start) in STACKS and depth < _MOST_STACKED:
            base = self.after_argument(start + 1)
            return self.takes_limits(base, stop, depth + 1)
        if self.text(start) in _NAMING:
            start += self.text(start + 1) == "*"
            return self.partners.get(start + 1) == stop - 1
        return stop == start + 1 and self.text(start) in _TAKES_LIMITS


def _is_remark(note: Sequence[Token]) -> bool:
    r"""Whether a note over a symbol says nothing of its value: words, or a size `m\times n`."""
    inside = [token for token in note if token.text not in ("{", "}", r"\,")]
    texts = [token.text for token in inside]
    if len(texts) == 3 and texts[0] == "(" and texts[2] == ")" and texts[1].isalnum():
        return True  # a number in brackets, of an equation or a reason
    sized = any(token.text in (r"\times", "×") for token in inside)
    return sized or all(token.kind is TokenKind.TEXT for token in inside)


def _partners(tokens: Sequence[Token]) -> dict[int, int]:
    """For the index of every opening brace that of the closing one."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind is TokenKind.OPEN:
            opened.append(index)
        elif token.kind is TokenKind.CLOSE and opened:
            partners[opened.pop()] = index
    return partners


def _fences(tokens: Sequence[Token]) -> dict[int, int]:
    r"""For the index of every `\left` that of its `\right`."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.text == r"\left":
            opened.append(index)
        elif token.text == r"\right" and opened:
            partners[opened.pop()] = index
    return partners


def _single_bars(tokens: Sequence[Token]) -> set[int]:
    r"""The indices of every `\lvert` and `\rvert` without a partner inside the same brackets: each
    is a bar between two things, `p(x \lvert y)`."""
    found: set[int] = set()
    opened: list[list[int]] = [[]]
    for index, token in enumerate(tokens):
        if token.text in _OPENING or token.kind is TokenKind.OPEN:
            opened.append([])
        elif (token.text in _CLOSING or token.kind is TokenKind.CLOSE) and len(opened) > 1:
            found.update(opened.pop())
        elif token.text == r"\lvert":
            opened[-1].append(index)
        elif token.text == r"\rvert":
            if opened[-1]:
                opened[-1].pop()
            else:
                found.add(index)
    return found.union(*opened)


def _respelled(token: Token, text: str) -> Token:
    kind = TokenKind.COMMAND if text.startswith("\\") else TokenKind.SYMBOL
    return Token(kind, text, token.span)

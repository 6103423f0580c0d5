r"""What stands in a formula and says nothing: spaces, sizes, tags, colours, frames around it."""

from __future__ import annotations

from proofcheck.document.tokens import Token, TokenKind


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


SPACES = _words(
    r"\, \; \: \! \> \/ \- ~ \enspace \space \thinspace \medspace \thickspace \negthinspace",
    r"\limits \nolimits",
) | {"\\ ", "\\\n", "\\\r", "\\\t"}
"""Spaces too small to part two formulas; they are kept inside of a side and cut off its ends."""

WIDE = _words(r"\quad \qquad \enskip \eqno \leqno")
"""Spaces that part two formulas, or a formula and a remark."""

WIDE_WITH_ARGUMENT = _words(r"\hspace \hskip \mskip \mspace")

SILENT = _words(
    r"\nonumber \notag \hfill \hfil \displaystyle \textstyle \scriptstyle \displaylimits \hline",
    r"\tiny \scriptsize \footnotesize \small \normalsize \large \Large \LARGE \huge \Huge",
    r"\allowbreak \nobreak \break \displaybreak \pagebreak \allowdisplaybreaks \noindent",
    r"\centering \raggedright \qed \qedhere \qedsymbol \blacksquare \strut \mathstrut \relax",
    r"\protect \begingroup \endgroup \mathrel \lefteqn \toprule \midrule \bottomrule",
)
"""Commands that are dropped wherever they stand."""

SILENT_WITH_ARGUMENT = _words(
    r"\tag \label \phantom \hphantom \vphantom \require \vspace \vskip \kern \mkern \cline \index",
    r"\setlength \footnote \rule \eqref \ref \cite \cref \citep \citet",
)
"""Commands that are dropped together with the group, or the dimension, behind them."""

COLOURS = _words(r"\color \textcolor \colorbox \fcolorbox \class \style")
"""Commands with an argument, the name of a colour, before the group that they are about."""

FRAMES = _words(
    r"\boxed \Aboxed \fbox \framebox \bbox \hbox \underbrace \overbrace \underbracket \overbracket",
    r"\underline \overline \cancel \mathop \ensuremath \smash \medmath \mathmakebox \alert \emph",
)
"""Commands whose argument is looked into where it holds an equation."""

BRACES = _words(r"\underbrace \overbrace \underbracket \overbracket")
"""Commands of which a note may stand in the script behind their argument."""

ROW_ENDS = _words(r"\\ \cr \crcr \newline \tabularnewline")

ALIGNING_COMMANDS = _words(r"\eqalign \eqalignno \leqalignno \displaylines")


def is_dimension(token: Token) -> bool:
    r"""Whether a token can begin `2pt` or `-.5em`."""
    return token.kind is TokenKind.DIGIT or token.text in ("-", ".")


def after_dimension(tokens: tuple[Token, ...], index: int) -> int:
    """The index after a dimension that stands at `index` without braces, or `index`."""
    stop = index
    while stop < len(tokens) and is_dimension(tokens[stop]):
        stop += 1
    if stop == index:
        return index
    unit = "".join(token.text for token in tokens[stop : stop + 2])
    return stop + 2 if len(unit) == 2 and unit.isalpha() else index


def after_row_end(tokens: tuple[Token, ...], index: int) -> int:
    r"""The index after what belongs to a `\\` before `index`: a star, a dimension in brackets."""
    if index < len(tokens) and tokens[index].text == "*":
        index += 1
    if index + 1 < len(tokens) and tokens[index].text == "[" and is_dimension(tokens[index + 1]):
        stop = after_dimension(tokens, index + 1)
        if stop < len(tokens) and tokens[stop].text == "]":
            return stop + 1
    return index

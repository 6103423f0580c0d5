"""Commands that are understood and stand for no value that could be computed, one row a kind."""

from __future__ import annotations

_SAID = {
    r"\lim \limsup \liminf \varlimsup \varliminf \plim": "the limit `{}` is not evaluated",
    r"\infty": "`{}` is no number",
    r"\in \notin \cup \cap \setminus \backslash \bigcup \bigcap \emptyset \varnothing \subset": (
        "`{}` is about a set, which is not evaluated"
    ),
    r"\set \Set \subseteq \uplus \biguplus \sqcup \complement": (
        "`{}` is about a set, which is not evaluated"
    ),
    r"\wedge \vee \neg \lnot \forall \exists \land \lor \bigwedge \bigvee": (
        "`{}` joins statements, which are not evaluated"
    ),
    r"\perp \bigoplus \ominus \bigotimes": "`{}` is about spaces, which are not evaluated",
    r"\arg \inf \sup": "where and how far `{}` goes is not evaluated",
    r"\cdot \bullet": "`{}` stands for an argument that is not given",
    r"\coprod \bigodot \oint \iiint \idotsint": "the operator `{}` is not evaluated",
    r"\%": "`{}` is not understood as a number",
}
UNREAD = {command: text for commands, text in _SAID.items() for command in commands.split()}
"""What is said of a command, with a place for it."""

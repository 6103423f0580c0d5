"""How far what a part of a document says reaches."""

from __future__ import annotations

from collections.abc import Sequence


def reaches(parts: Sequence[str], said: int, here: int) -> bool:
    """Whether what one part of a document says of symbols holds in a later one.

    `parts` are the kinds of all parts. What a statement says holds in the proofs behind it, what a
    proof says in itself alone; the answers of a page are apart, and share what comes before them.
    """
    between = parts[said + 1 : here + 1]
    match parts[said]:
        case "statement":
            return all(kind == "proof" for kind in between)
        case "proof":
            return not between
        case "answer":
            return "answer" not in between
        case _:
            return "answer" not in between or "answer" not in parts[: said + 1]

"""Pages copied from question-and-answer sites."""

from __future__ import annotations

from tests.document.reading import boundaries, formulas, plain

PAGE = """3

$\\begingroup$

    Let $A$ be given. Then $$B=A^T$$ and $$C=B$$ hold.

$\\endgroup$

1 Answer

$\\begingroup$ It costs $5 or $6; ``$D$''. # $E$ $\\endgroup$
"""


def test_formulas_of_a_page() -> None:
    assert formulas(plain(PAGE)) == ["A", "B=A^T", "C=B", "D", "E"]


def test_posts_of_a_page() -> None:
    assert boundaries(plain(PAGE)) == [
        *(("answer", ""), ("answer", "")),
        *(("answer", "1 Answer"), ("answer", ""), ("answer", "")),
    ]

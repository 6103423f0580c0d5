"""What a failing step is corrected to: the simplest edit of its right side."""

from __future__ import annotations

import pytest

from proofcheck import Verdict
from proofcheck.pipeline import check_text
from proofcheck.rules.fix import applied

REPAIRED = [  # a false step and its right side as corrected
    (r"$$(AB)^T = A^TB^T$$", "B^TA^T"),
    (r"$$(A+B)^{\top} = A^{\top}+B$$", r"A^{\top}+B^{\top}"),
    (r"$$d(AB) = dA\,B - A\,dB$$", r"dA\,B + A\,dB"),
    (r"$$(x+y)^2 = x^2 + xy + y^2$$", "x^2 + 2xy + y^2"),
    (r"$$(AB)^{-1} = A^{-1}B^{-1}$$", "B^{-1}A^{-1}"),
    (r"$$d(X^{-1}) = -X^{-1}\,dX\,X$$", r"-X^{-1}\,dX\,X^{-1}"),
    (r"$$d(X^{-1}) = -X^{-2}\,dX$$", r"-X^{-1}\,dX\,X^{-1}"),
    (r"$$d(X^2) = 2X\,dX$$", r"X\,dX + dX\,X"),
    (r"$$A:B = \operatorname{tr}(AB)$$", r"\operatorname{tr}(A^TB)"),
    (r"$$(AB)_{ij} = \sum_k A_{ik}B_{jk}$$", r"\sum_k A_{ik}B_{kj}"),
    (r"$$\operatorname{tr}(cA + cB) = c\,\operatorname{tr}A+\operatorname{tr}B$$",
     r"c\,(\operatorname{tr}A+\operatorname{tr}B)"),
    (r"$$d(AB) = dA\,B^T - A\,dB$$", r"dA\,B + A\,dB"),
    (r"$$\operatorname{tr}(A^{*T}BC) = A^{*T}B:C$$", r"A^{*T}B:C^T"),
    (r"$$(A+B)^{-1} = A^{-1} + B^{-1}$$", None),
]  # fmt: skip

MACROS = r"""$$\newcommand{\W}{\mathbf W}\newcommand{\tr}[1]{\operatorname{tr}\left(#1\right)}
\tr{\W^\top A} = \tr{\W A}$$"""


@pytest.mark.parametrize(("text", "expected"), REPAIRED, ids=[text for text, _ in REPAIRED])
def test_is_the_simplest_edit_after_which_the_step_holds(text: str, expected: str | None) -> None:
    (step,) = check_text(text).steps()
    assert step.judgement.verdict in (Verdict.FAILS, Verdict.CONDITIONAL)
    assert (step.fix.latex if step.fix else None) == expected


@pytest.mark.parametrize("text", [text for text, expected in REPAIRED if expected] + [MACROS])
def test_the_corrected_file_holds(text: str) -> None:
    (step,) = check_text(text).steps()
    assert step.fix is not None
    corrected = applied(text, step.fix.edits)
    (again,) = check_text(corrected).steps()
    assert again.judgement.verdict is Verdict.HOLDS, corrected


def test_keeps_the_macros_and_the_spaces_of_the_author() -> None:
    (step,) = check_text(MACROS).steps()
    assert step.fix is not None
    assert step.fix.latex == r"\tr{\W A^\top}"


def test_a_command_is_kept_apart_from_the_letter_behind_it() -> None:
    (step,) = check_text(r"$$d(B\Sigma) = dB\,\Sigma + d\Sigma B$$").steps()
    assert step.fix is not None
    assert step.fix.latex == r"dB\,\Sigma + B d\Sigma"


def test_does_not_make_sizes_equal_that_the_rest_keeps_apart() -> None:
    text = r"Let $X$ be an $n\times p$ matrix. $$X^T(y-Xb) = X^Ty-Xb$$"
    (step,) = check_text(text).steps()
    assert step.fix is not None
    assert step.fix.latex == "X^Ty-X^TXb"


def test_a_step_that_holds_has_none() -> None:
    (step,) = check_text(r"$$(AB)^T = B^TA^T$$").steps()
    assert step.fix is None

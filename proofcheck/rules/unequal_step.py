r"""A step whose right side is not equal to its left side.

The two sides were computed at exact rational values of every symbol, in ball arithmetic, and are
provably different there. The values and both results are part of the report, so the finding can
be checked by hand. Every reading of the notation that fits the derivation was tried; the step
fails in all of them.

## Why it matters

The step is wrong, or it rests on something that the text does not say. Whatever is derived from
it is not derived.

## Example

The factor 2 is lost when the square is differentiated.

```markdown
Let $Y$ be a matrix.

$$\begin{align}
L &= Y:Y \\
dL &= dY:Y + Y:dY \\
   &= Y:dY
\end{align}$$
```

## What to write instead

```markdown
Let $Y$ be a matrix.

$$\begin{align}
L &= Y:Y \\
dL &= dY:Y + Y:dY \\
   &= 2Y:dY
\end{align}$$
```

Where the step holds under an assumption (`A` symmetric, `X` invertible), say so in the text
before it.

## When it is silent

* The sides have different shapes: [`shape-mismatch`](shape-mismatch.md) says that.
* The step holds under one common assumption that the text does not make:
  [`unstated-assumption`](unstated-assumption.md) says that.
* The step could not be understood: it is counted as not checked, see
  [`unchecked-step`](unchecked-step.md).
* The step is an inequality, or the solution of an equation:
  [`broken-inequality`](broken-inequality.md) and [`broken-implication`](broken-implication.md) are
  about these.
* The step introduces a symbol, or poses an equation to be solved.
"""

from __future__ import annotations

from proofcheck.extraction.derivation import Step
from proofcheck.numeric.verdict import Judgement, Verdict
from proofcheck.rules.diagnostic import Severity
from proofcheck.rules.rule import Rule, quote, silence

_NAME = "unequal-step"


def describe(step: Step, judgement: Judgement) -> str | None:
    """The sentence for a step that fails though the shapes of its sides agree."""
    if judgement.verdict is not Verdict.FAILS or judgement.mismatch or judgement.broken:
        return None
    default = f"{quote(step.right.text)} does not follow from {quote(step.left.text)}"
    return judgement.message or default


RULE = Rule(
    name=_NAME,
    severity=Severity.ERROR,
    default=True,
    help=f"correct the right side, state what it relies on, or {silence(_NAME)}",
    page=__doc__ or "",
    describe=describe,
)

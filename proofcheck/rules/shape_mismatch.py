r"""A step whose two sides cannot have the same shape.

The shapes of all symbols are worked out from the whole derivation and from what the text
declares, except for the step under judgement, which has no vote in its own favour. Under these
shapes one side is, say, an n × m matrix and the other an m × n matrix, or a side multiplies
matrices whose inner dimensions differ.

## Why it matters

A lost transpose or a swapped product is the most frequent slip in matrix calculus, and with
square matrices in mind it is easily overlooked.

## Example

The gradient has lost the order of its factors: `X` is p × n and `Y` is n × m, so `YX` does not
exist.

```markdown
Let $X \in \mathbb{R}^{p \times n}$, $W \in \mathbb{R}^{p \times m}$ and $Y = X^TW$.

$$\begin{align}
L &= Y:Y \\
dL &= 2Y:X^TdW \\
   &= 2YX:dW
\end{align}$$
```

## What to write instead

```markdown
Let $X \in \mathbb{R}^{p \times n}$, $W \in \mathbb{R}^{p \times m}$ and $Y = X^TW$.

$$\begin{align}
L &= Y:Y \\
dL &= 2Y:X^TdW \\
   &= 2XY:dW
\end{align}$$
```

Where two dimensions are the same, say so: `Let $X$ be a square matrix`.

## When it is silent

* The shapes agree and the values differ: [`unequal-step`](unequal-step.md) says that.
* The shape of a side stays open: the step is then counted as not checked, see
  [`unchecked-step`](unchecked-step.md).
"""

from __future__ import annotations

from proofcheck.extraction.derivation import Step
from proofcheck.numeric.verdict import Judgement, Verdict
from proofcheck.rules.diagnostic import Severity
from proofcheck.rules.rule import Rule, quote, silence

_NAME = "shape-mismatch"


def describe(step: Step, judgement: Judgement) -> str | None:
    """The sentence for a step whose sides differ in shape."""
    if judgement.verdict is not Verdict.FAILS or not judgement.mismatch:
        return None
    default = f"{quote(step.right.text)} does not have the shape of {quote(step.left.text)}"
    return judgement.message or default


RULE = Rule(
    name=_NAME,
    severity=Severity.ERROR,
    default=True,
    help=f"check the order and the transposes, declare the sizes in the text, or {silence(_NAME)}",
    page=__doc__ or "",
    describe=describe,
)

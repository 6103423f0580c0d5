r"""An inequality of which the opposite is true.

The sides were computed at dozens of points: at random ones, and at those where an inequality is
likely to turn: near zero, large, negative, equal, of other sizes. At all of them the sides were in
the wrong order, so no domain of the symbols can save the step. The values of one point are part of
the report.

## Why it matters

A bound in the wrong direction is no bound: what is estimated with it is not estimated.

## Example

The inequality of Cauchy and Schwarz was written the wrong way round.

```markdown
Let $x$ and $y$ be vectors and $c = (x^Ty)^2$. Then

$$c \ge \|x\|^2\|y\|^2.$$
```

## What to write instead

```markdown
Let $x$ and $y$ be vectors and $c = (x^Ty)^2$. Then

$$c \le \|x\|^2\|y\|^2.$$
```

## When it is silent

* The inequality is true at some points and false at others: it may rest on a domain that the text
  gives in words, and is counted as not checked, see [`unchecked-step`](unchecked-step.md).
* It bounds free symbols and may be meant as a constraint: that is assumed.
* Matrices stand on both sides: they may be compared entry by entry or by eigenvalues.
"""

from __future__ import annotations

from proofcheck.extraction.derivation import Step
from proofcheck.numeric.verdict import Broken, Judgement
from proofcheck.rules.diagnostic import Severity
from proofcheck.rules.rule import Rule, silence

_NAME = "broken-inequality"


def describe(step: Step, judgement: Judgement) -> str | None:
    """The sentence for an inequality whose sides are in the wrong order."""
    del step
    return judgement.message if judgement.broken is Broken.ORDER else None


RULE = Rule(
    name=_NAME,
    severity=Severity.ERROR,
    default=True,
    help=f"turn the inequality, correct a side, or {silence(_NAME)}",
    page=__doc__ or "",
    describe=describe,
)

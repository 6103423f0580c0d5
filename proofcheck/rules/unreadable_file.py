r"""A file, or a part of a file, that could not be read.

The file is not UTF-8 text, or a formula in it has no end: a brace, a `$$` or an environment is
opened and never closed. What can be read of the file is checked all the same.

## Why it matters

Mathematics that is not read is not checked. It usually does not show on the printed page
either.

## Example

```markdown
Let $A$ and $B$ be square matrices.

\begin{align}
(AB)^T &= B^TA^T
```

## What to write instead

```markdown
Let $A$ and $B$ be square matrices.

\begin{align}
(AB)^T &= B^TA^T
\end{align}
```

## When it is silent

* The file does not exist, or a directory holds no documents: that is no finding but an error of
  the call, with exit status 2.
"""

from __future__ import annotations

from proofcheck.document.source import Span
from proofcheck.extraction.derivation import Step
from proofcheck.numeric.verdict import Judgement
from proofcheck.rules.diagnostic import Diagnostic, Severity
from proofcheck.rules.rule import Rule


def describe(step: Step, judgement: Judgement) -> str | None:
    """Nothing: this rule is about files, see `unreadable`."""
    del step, judgement
    return None


RULE = Rule(
    name="unreadable-file",
    severity=Severity.ERROR,
    default=True,
    help="save the file as UTF-8 text and close what it opens",
    page=__doc__ or "",
    describe=describe,
)


_START = Span(0, 0)


def unreadable(message: str, span: Span = _START) -> Diagnostic:
    """The finding that a file cannot be read at `span`."""
    return RULE.at(span, message)

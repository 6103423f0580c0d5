"""The pages of the rules, for the documentation and for `proofcheck explain`."""

from __future__ import annotations

import re

from proofcheck.rules.registry import RULES
from proofcheck.rules.rule import Rule

_EXAMPLE = re.compile(r"^```markdown\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INDEX = """# Rules

Each rule has a name, which is also the word that silences it: `proofcheck: allow[unequal-step]`.

| rule | finds | severity | default |
| --- | --- | --- | --- |
"""


def page(rule: Rule) -> str:
    """The page of a rule in Markdown: its name, its standing and its docstring."""
    state = "on by default" if rule.default else "off by default"
    return f"# {rule.name}\n\n*{rule.severity}, {state}*\n\n{rule.page.strip()}\n"


def index() -> str:
    """The page that lists all rules."""
    rows = (
        f"| [`{rule.name}`]({rule.name}.md) | {rule.title().rstrip('.')} | {rule.severity} | "
        f"{'on' if rule.default else 'off'} |\n"
        for rule in RULES
    )
    return _INDEX + "".join(rows)


def pages() -> dict[str, str]:
    """The contents of the documentation's folder of rules, by file name."""
    return {"index.md": index()} | {f"{rule.name}.md": page(rule) for rule in RULES}


def examples(rule: Rule) -> tuple[str, str]:
    """The document that the rule finds fault with and the one to write instead."""
    bad, good = _EXAMPLE.findall(rule.page)
    return bad, good

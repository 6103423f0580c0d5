"""The keys of a configuration file, one row each: what is accepted, and what the page says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from proofcheck.rules.registry import BY_NAME

Schema = dict[str, Any]
Table = dict[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_RULE: Schema = {"enum": list(BY_NAME)}
_RULES: Schema = {"type": "array", "items": _RULE}
_COMMAND = r"^(?:\\(?:[A-Za-z]+|[^A-Za-z\s])|[A-Za-z]{2,})$"


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the configuration: the JSON schema of its values, what its page says of it, and what
    holds without it, in words or as it would be written."""

    name: str
    schema: Schema
    says: str
    example: str
    default: str


KEYS: tuple[Key, ...] = (
    Key(
        "select",
        _RULES,
        "The only rules that report, in place of those that are on by default.",
        'select = ["unequal-step", "shape-mismatch"]',
        "those that are on by default",
    ),
    Key(
        "ignore",
        _RULES,
        "Rules that do not report.",
        'ignore = ["unstated-assumption"]',
        "[]",
    ),
    Key(
        "exclude",
        {"type": "array", "items": _TEXT},
        "Files and folders that are passed over where a folder is checked: patterns relative to "
        "the folder of the configuration file, or names. A file that is named on the command "
        "line is checked all the same.",
        'exclude = ["drafts", "*.tmp.md"]',
        "[]",
    ),
    Key(
        "layout",
        {"enum": ["numerator", "denominator"]},
        "How derivatives are laid out, where a document does not say it.",
        'layout = "denominator"',
        "the one that a document uses",
    ),
    Key(
        "per-file-ignores",
        {"type": "object", "additionalProperties": _RULES},
        "Rules that do not report in the files that match a pattern, which is read as in "
        "`exclude`.",
        '[per-file-ignores]\n"exercises/*" = ["unequal-step"]',
        "{}",
    ),
    Key(
        "symbols",
        {"type": "object", "additionalProperties": _TEXT},
        "What symbols mean in every document, in the words of the directive `let`, as if it "
        "stood at the top. What a document says itself comes first.",
        '[symbols]\nA = "in R^{n x n}, symmetric"\nsigma = "elementwise"',
        "{}",
    ),
    Key(
        "macros",
        {
            "type": "object",
            "propertyNames": {"pattern": _COMMAND},
            "additionalProperties": {"type": "string"},
        },
        "Other spellings, such as macros that a preamble elsewhere defines: what each command "
        "stands for, with `#1` to `#9` for its arguments. A word stands for itself where it is "
        "written upright: `\\operatorname{Spur}`, `\\mathrm{Spur}`, `\\text{Spur}`.",
        "[macros]\n'\\E' = '\\operatorname{E}'\n'\\inner' = '#1^T #2'\nSpur = '\\operatorname{tr}'",
        "{}",
    ),
    Key(
        "latex-root",
        _TEXT,
        "The file of the LaTeX document whose parts know its macros, from the folder of the "
        "configuration file: where several documents bring in a part, or where the document lies "
        "in neither the folder of its parts nor one above. A part that names its root itself with "
        "`% !TEX root` comes first.",
        'latex-root = "paper/main.tex"',
        "the one that brings a part in",
    ),
    Key(
        "baseline",
        _TEXT,
        "The file of what is known and not reported, from the folder of the configuration file: "
        "what `--baseline` names, and what `proofcheck baseline` writes.",
        'baseline = ".proofcheck-baseline.json"',
        "none",
    ),
    Key(
        "seed",
        _TEXT,
        "A word for the points that are drawn, as `--seed`: another word, other points.",
        'seed = "2024"',
        '""',
    ),
    Key(
        "jobs",
        {"type": "integer", "minimum": 1},
        "How many documents are checked at once, as `--jobs`, in runs that are started in the "
        "folder of the configuration file or below it.",
        "jobs = 2",
        "one for each core",
    ),
)
BY_KEY = {key.name: key for key in KEYS}


def schema() -> Schema:
    """The JSON schema (2020-12) of `proofcheck.toml` and of `[tool.proofcheck]`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The configuration of proofcheck",
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: {"description": key.says, **key.schema} for key in KEYS},
    }

"""`proofcheck config`: what holds for a file, and where it is said."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from proofcheck.cli.terminal import complain, put
from proofcheck.config import Settings
from proofcheck.configuration.keys import KEYS, Key
from proofcheck.configuration.project import BadConfiguration, Project, Projects
from proofcheck.rules.registry import RULES


def run(options: argparse.Namespace) -> int:
    """Prints every key with its value and its place, and what that comes to for a file; a folder
    stands for the files in it."""
    path = Path(options.path)
    file = path / "document" if path.is_dir() else path
    try:
        project = Projects().of(file)
    except BadConfiguration as error:
        complain(str(error))
        return 2
    width = max(len(key.name) for key in KEYS)
    for key in KEYS:
        put(f"{key.name:{width}}  {_said(project, key)}\n")
    settings = project.settings(file, Settings())
    rules = [rule.name for rule in RULES if settings.selects(rule.name, rule.default)]
    put(f"\nrules that report in {path}: {', '.join(rules) or 'none'}\n")
    if project.excludes(file):
        put("it is passed over where its folder is checked\n")
    return 0


def _said(project: Project, key: Key) -> str:
    """The value of a key and where it stands."""
    if key.name not in project.table:
        return f"{key.default}  (default)"
    value = json.dumps(project.table[key.name], ensure_ascii=False)
    return f"{value}  ({project.path}:{project.lines[key.name]})"

"""`proofcheck config`: what holds for a file, and where it is said."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from proofcheck.cli.terminal import complain, put
from proofcheck.configuration.keys import KEYS
from proofcheck.configuration.project import BadConfiguration, Project, Projects


def run(options: argparse.Namespace) -> int:
    """Prints every key with its value and its place; a folder stands for the files in it."""
    path = Path(options.path)
    try:
        project = Projects().of(path / "document" if path.is_dir() else path)
    except BadConfiguration as error:
        complain(str(error))
        return 2
    width = max(len(key.name) for key in KEYS)
    for key in KEYS:
        put(f"{key.name:{width}}  {_said(project, key.name)}\n")
    return 0


def _said(project: Project, key: str) -> str:
    """The value of a key and where it stands."""
    if key not in project.table:
        return "(default)"
    value = json.dumps(project.table[key], ensure_ascii=False)
    return f"{value}  ({project.path}:{project.lines[key]})"

"""Prints what a run over an unchanged tree of documents costs, beside a bare interpreter."""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from pathlib import Path

from benchmarks.parallel import plant, seconds

_BARE = ["-c", "import sqlite3, json"]
_COMMAND = "from proofcheck.cli import main; raise SystemExit(main())"
"""What the script `proofcheck` holds."""


def main() -> None:
    """Measures both in turn, so that what else the machine does slows both down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--runs", type=int, default=31)
    parser.add_argument("--format", default="text")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("PROOFCHECK_CACHE_DIR", None)
        os.environ["XDG_CACHE_HOME"] = str(Path(folder, "cache"))
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder, "compiled"))
        documents = Path(folder, "documents")
        documents.mkdir()
        plant(documents, options.documents)
        check = ["-c", _COMMAND, "check", str(documents), "--format", options.format]
        cold = seconds(check)
        bare, warm = [], []
        for _ in range(options.runs):
            bare.append(seconds(_BARE))
            warm.append(seconds(check))
    base, found = statistics.median(bare), statistics.median(warm)
    print(f"{options.documents} documents, first run   {cold * 1000:8.0f} ms")
    print(f"{options.documents} documents, unchanged   {found * 1000:8.0f} ms")
    print(f"import sqlite3, json       {base * 1000:8.0f} ms")
    print(f"ratio                      {found / base:8.2f}")


if __name__ == "__main__":
    main()

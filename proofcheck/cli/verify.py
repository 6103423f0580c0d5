"""`proofcheck verify`: the certificates of a report, computed anew by other code."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from proofcheck.cli.terminal import complain, put
from proofcheck.verification.verify import LARGEST, Answer, InvalidReport, verify


def run(options: argparse.Namespace) -> int:
    """Says of each certificate whether it is confirmed; status 1 if one is refused."""
    path = Path(options.report)
    try:
        if path.stat().st_size > LARGEST:
            raise InvalidReport(f"the report is longer than {LARGEST:,} bytes")
        findings = list(verify(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, InvalidReport) as error:
        complain(f"{path}: {error}")
        return 2
    for found in findings:
        said = f" ({found.reason})" if found.reason else ""
        put(f"{found.path}:{found.line}:{found.column}: {found.answer}{said}\n")
    counts = Counter(found.answer for found in findings)
    put(f"{len(findings)} findings: {', '.join(f'{counts[a]} {a}' for a in Answer)}\n")
    return 1 if counts[Answer.REFUSED] else 0

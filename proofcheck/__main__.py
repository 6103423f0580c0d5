"""`python -m proofcheck` is the command `proofcheck`."""

from __future__ import annotations

import sys

from proofcheck.cli import main

if __name__ == "__main__":
    sys.exit(main())

"""`python -m proofcheck.configuration PAGE` writes the page of the configuration, and its JSON
schema into the package."""

from __future__ import annotations

import argparse
from pathlib import Path

from proofcheck.configuration.page import page, schema_text

SCHEMA = Path(__file__).with_name("schema.json")


def main() -> None:
    """Writes both files."""
    parser = argparse.ArgumentParser(prog="python -m proofcheck.configuration", description=__doc__)
    parser.add_argument("page", type=Path)
    parser.parse_args().page.write_text(page(), encoding="utf-8")
    SCHEMA.write_text(schema_text(), encoding="utf-8")


if __name__ == "__main__":
    main()

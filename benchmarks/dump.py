"""Prints what a dump of posts costs: its rate, and the peak memory of the process."""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.sax.saxutils import quoteattr

_WORDS = "<p>A post of words with &lt;references&gt; and <em>tags</em>, as most of them are.</p>\n"
_FORMULAS = (
    "<p>Let $A$ and $B$ be square matrices.</p>\n"
    "<p>$$(A + {n}B)^T = A^T + {n}B^T$$ and $$(AB)^T = {right}$$</p>\n"
)
_ESCAPES = {"\n": "&#xA;"}


def main() -> None:
    """Writes a dump and checks it in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=32, help="size of the dump")
    parser.add_argument("--every", type=int, default=500, help="one post in so many has formulas")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "Posts.xml")
        count, formulas = write(path, options.megabytes * 1_000_000, options.every)
        start = time.perf_counter()
        command = [sys.executable, "-m", "proofcheck", "check", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        taken = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    peak //= 2**20 if sys.platform == "darwin" else 2**10
    rate = options.megabytes / taken
    print(f"posts                 {count:10,d}    ({formulas:,d} with formulas)")
    print(f"time                  {taken:10.1f} s")
    print(f"rate                  {rate:10.1f} MB/s  ({count / taken:,.0f} posts/s)")
    print(f"peak memory           {peak:10d} MB")
    print(done.stdout.splitlines()[-1] if done.stdout else done.stderr)


def write(path: Path, size: int, every: int) -> tuple[int, int]:
    """Writes a dump of at least `size` bytes; gives how many posts it has, and with formulas.

    One post with formulas in a hundred has a wrong one.
    """
    count = formulas = 0
    words = quoteattr(_WORDS * 16, _ESCAPES)
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="utf-8"?>\n<posts>\n')
        while file.tell() < size:
            count += 1
            body = words
            if count % every == 0:
                formulas += 1
                right = "A^TB^T" if formulas % 100 == 0 else "B^TA^T"
                text = _FORMULAS.replace("{n}", str(count)).replace("{right}", right)
                body = quoteattr(text + _WORDS * 15, _ESCAPES)
            file.write(f'  <row Id="{count}" PostTypeId="{1 + count % 2}" Body={body} />\n')
        file.write("</posts>\n")
    return count, formulas


if __name__ == "__main__":
    main()

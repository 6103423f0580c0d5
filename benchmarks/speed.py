"""Prints what a check costs: cold, warm, and in memory."""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from proofcheck.document.kinds import SUFFIXES
from proofcheck.pipeline import check_text

_DOCUMENT = Path(__file__).parent.parent / "fixtures" / "correct" / "least_squares_gradient.md"


def main() -> None:
    """Measures every document that is named, or one of the fixtures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="*", type=Path, default=[_DOCUMENT])
    parser.add_argument("--runs", type=int, default=7, help="processes for each cold figure")
    parser.add_argument("--seconds", type=float, default=3.0, help="length of the warm loop")
    options = parser.parse_args()
    sympy = _cold(["-c", "import sympy"], options.runs)
    print(f"import sympy          {sympy * 1000:8.0f} ms")
    for document in options.documents:
        print(document)
        _print_figures(document, sympy, options.runs, options.seconds)


def _print_figures(document: Path, sympy: float, runs: int, seconds: float) -> None:
    """The figures of one document, one a line."""
    command = ["-m", "proofcheck", "check", str(document)]
    cold = _cold(command, runs)
    steps, taken = _warm(document, seconds)
    print(f"  cold check          {cold * 1000:8.0f} ms  ({cold / sympy:.2f} of import sympy)")
    print(f"  warm, one core      {steps / taken:8.0f} steps/s  ({steps} in {taken:.1f} s)")
    print(f"  peak memory         {_peak_memory(command):8.0f} MB")


def _cold(arguments: Sequence[str], runs: int) -> float:
    """Seconds that a new interpreter takes for `arguments`, the median of `runs`."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        _run(arguments)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def _warm(document: Path, seconds: float) -> tuple[int, float]:
    """How many steps were checked in about `seconds`, and in how many exactly."""
    text = document.read_text(encoding="utf-8")
    kind = SUFFIXES.get(document.suffix, "text")
    count = len(list(check_text(text, str(document), kind).steps()))
    checked, start = 0, time.perf_counter()
    while (taken := time.perf_counter() - start) < seconds:
        check_text(text, str(document), kind)
        checked += count
    return checked, taken


def _peak_memory(arguments: Sequence[str]) -> float:
    """Megabytes that a new interpreter needs at most for `arguments`."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_measure, (list(arguments),))


def _measure(arguments: list[str]) -> float:
    """The peak memory of a child of this process, which has no other."""
    _run(arguments)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def _run(arguments: Sequence[str]) -> None:
    """Runs the interpreter. That something is found in a document is no failure."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())


if __name__ == "__main__":
    main()

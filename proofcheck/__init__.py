"""A linter for mathematics: checks every line of a derivation against the one before it.

    >>> import proofcheck
    >>> report = proofcheck.check_text(r"$$(AB)^T = A^TB^T$$")

Importing the package is cheap; what a name needs is imported when the name is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers know it; `typing` takes as long to import as the rest
if TYPE_CHECKING:
    from proofcheck.api import Report, check_path, check_paths, check_text
    from proofcheck.config import Settings
    from proofcheck.document.read import UnreadableFile
    from proofcheck.numeric.verdict import Judgement, Verdict
    from proofcheck.rules.diagnostic import Diagnostic
    from proofcheck.rules.report import FileReport
    from proofcheck.symbolic import to_sympy

__version__ = "0.1.0"

__all__ = [
    "Diagnostic",
    "FileReport",
    "Judgement",
    "Report",
    "Settings",
    "UnreadableFile",
    "Verdict",
    "__version__",
    "check_path",
    "check_paths",
    "check_text",
    "to_sympy",
]

_HOMES = {
    "Diagnostic": "proofcheck.rules.diagnostic",
    "FileReport": "proofcheck.rules.report",
    "Judgement": "proofcheck.numeric.verdict",
    "Report": "proofcheck.api",
    "Settings": "proofcheck.config",
    "UnreadableFile": "proofcheck.document.read",
    "Verdict": "proofcheck.numeric.verdict",
    "check_path": "proofcheck.api",
    "check_paths": "proofcheck.api",
    "check_text": "proofcheck.api",
    "to_sympy": "proofcheck.symbolic",
}


def __getattr__(name: str) -> object:
    """The public name, imported from where it is defined."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__

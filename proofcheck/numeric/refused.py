"""What is not evaluated for a reason of its own."""

from __future__ import annotations

from proofcheck.inference.reason import Reason


class Refused(Exception):
    """A step can't be evaluated for a reason of the closed list."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message

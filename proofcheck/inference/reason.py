"""The closed list of reasons why a step is not checked."""

from __future__ import annotations

import enum


class Reason(enum.StrEnum):
    """Why a step was not checked."""

    UNREADABLE_NOTATION = "unreadable-notation"
    UNKNOWN_SYMBOL = "unknown-symbol"
    AMBIGUOUS_SHAPE = "ambiguous-shape"
    UNSUPPORTED_FUNCTION = "unsupported-function"
    NO_VALID_SAMPLE = "no-valid-sample"
    LIMIT_REACHED = "limit-reached"

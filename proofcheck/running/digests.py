"""The digest by which contents are known."""

from __future__ import annotations

try:
    from _blake2 import blake2b  # `hashlib` loads OpenSSL, which takes longer than to read a tree
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b"]

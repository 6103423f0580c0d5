"""Checks in processes of their own, and reports as they pass between processes."""

"""The language of expressions: what the author wrote, as a tree."""

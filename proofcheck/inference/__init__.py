"""What each symbol is: contexts, shapes and readings."""

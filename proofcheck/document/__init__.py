"""A file in, with positions: prose, mathematics and comments, in order."""

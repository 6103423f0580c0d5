"""What to tell the author: one file a rule, and the report they fill."""

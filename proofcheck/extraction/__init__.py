"""Which formulas derive, and what the prose declares."""

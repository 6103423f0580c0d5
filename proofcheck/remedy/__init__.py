"""What to do about a step that fails."""

"""What each step is worth: values, tangents and verdicts."""

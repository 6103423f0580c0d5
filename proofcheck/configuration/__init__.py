"""What a project says in its configuration file, and what that means for a document."""

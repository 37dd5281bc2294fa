"""Pure: when a version is in force, and what the marks in its text mean."""

"""Intake (mottagning): a report becomes a case or none, and its reporter comes back to it."""

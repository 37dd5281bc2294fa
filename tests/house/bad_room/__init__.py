"""A room that says nothing of itself."""

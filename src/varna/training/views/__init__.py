"""The training pages, and what the invited meet."""

"""Training (utbildning): who was offered what, who came, and who knows."""

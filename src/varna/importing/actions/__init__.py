"""What people do with files: read them in, look, apply or abandon."""

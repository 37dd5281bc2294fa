"""Audit (spårbarhet): every deed and every reading leaves a line that nobody can quietly change."""

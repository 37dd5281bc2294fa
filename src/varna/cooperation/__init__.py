"""Cooperation (samverkan): partners, contacts with them, meetings, and what came of them."""

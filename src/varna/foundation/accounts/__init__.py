"""Accounts (konton): who can sign in, which roles they hold, and how strongly they proved it."""

"""Outbox (utkorg): a mail is a row in the deed's own transaction; a worker sends it."""

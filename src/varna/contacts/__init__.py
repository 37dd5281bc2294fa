"""Contacts (kontakter): whom to call in each administration, body and function, and since when."""

"""Requests (begäran om hjälp): an administration asks the safety process, and gets an answer."""

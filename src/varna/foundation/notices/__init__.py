"""Notices (aviseringar): who is told that something waits, and when. Never what."""

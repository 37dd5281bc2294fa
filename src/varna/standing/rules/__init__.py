"""What proves what, and how it all stands.

Pure: no Django, no database, no clock.
"""

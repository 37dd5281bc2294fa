"""The plan's rules (planens regler): its file, its calendar and how each occurrence stands.

Pure: no Django, no database, no clock.
"""

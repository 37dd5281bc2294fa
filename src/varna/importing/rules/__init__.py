"""The import's rules: tables, rows, columns, who is who, and what a file changes.

Pure: no Django, no database, no clock.
"""

"""The register's rules (registrets regler): periods, roles, names, tables and what a file changes.

Pure: no Django, no database, no clock.
"""

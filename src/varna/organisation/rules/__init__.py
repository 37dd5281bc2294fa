"""The register's rules (registrets regler): periods, days, roles and names.

Pure: no Django, no database, no clock.
"""

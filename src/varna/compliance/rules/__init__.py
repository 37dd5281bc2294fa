"""The rules of compliance (efterlevnadens regler): what proves what, and how it all stands.

Pure: no Django, no database, no clock.
"""

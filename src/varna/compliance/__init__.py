"""Compliance (efterlevnad): what the plan's promises rest on, how each stands, and who is told."""

"""The case room's pages."""

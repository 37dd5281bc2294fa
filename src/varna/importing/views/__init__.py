"""The import's pages."""

"""The register's pages (registrets sidor)."""

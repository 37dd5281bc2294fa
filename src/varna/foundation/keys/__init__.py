"""Keys: a keystore apart from the database, wrapped by a root key that a provider holds."""

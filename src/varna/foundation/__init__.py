"""The foundation: accounts, access, vault, audit, outbox, keys, looks and the clock."""

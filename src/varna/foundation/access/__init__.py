"""Access (behörighet): need to know. A relation to the case opens it; rank does not."""

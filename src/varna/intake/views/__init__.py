"""Pages of reports that have come in, and the reporter's own."""

"""Cases (ärenden): a report handled in confidence until it is closed."""

"""SQLite as Django has it, with writers in this process taking turns."""

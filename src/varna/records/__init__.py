"""Records (allmänna handlingar): what kinds of records there are, how long they are kept and why."""

"""Records (allmänna handlingar): which kinds there are, how long they are kept and why."""

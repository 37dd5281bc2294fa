"""What people do with the register (handlingar): keep bodies and people."""

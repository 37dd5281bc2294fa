"""What people do with the register (handlingar): import files, keep bodies and people."""

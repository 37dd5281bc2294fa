"""What people do with the register (registrets handlingar): import files, keep bodies and people."""

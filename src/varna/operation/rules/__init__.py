"""What a copy says of itself, how long it is kept, and when it may be put back. Pure."""

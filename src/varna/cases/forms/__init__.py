"""What the case pages ask, by noun."""

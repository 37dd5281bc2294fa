"""What those who run Värna do with an installation."""

"""Evidence (bevis): originals as they were received, sealed, with their hash and their custody."""

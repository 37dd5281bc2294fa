"""Organisation (register): bodies, administrations, parties, people and their assignments."""

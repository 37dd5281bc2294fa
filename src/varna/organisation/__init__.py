"""Organisation (organisation): bodies, administrations, parties, people and their assignments."""

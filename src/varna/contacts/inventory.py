"""What each column of contacts may hold. A test compares this with the models."""

FIELDS = {
    "contacts.contact.function": "public",
    "contacts.contact.name": "public",
    "contacts.contact.title": "public",
    "contacts.contact.reach": "sealed",
    "contacts.verification.noted_by": "workflow",
}

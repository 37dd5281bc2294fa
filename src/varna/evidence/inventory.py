"""What each column of evidence may hold. A test compares this with the models."""

FIELDS = {
    "evidence.item.meta": "sealed",
    "evidence.item.origin": "workflow",
}

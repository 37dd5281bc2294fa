"""What each column of duty may hold. A test compares this with the models."""

FIELDS = {
    "duty.turn.note": "sealed",
    "duty.turn.phone": "workflow",
}

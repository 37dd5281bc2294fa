"""What each column about support may hold. A test compares this with the models."""

FIELDS = {
    "support.healthoffer.answer": "sealed",
    "support.measure.outcome": "sealed",
    "support.measure.state": "workflow",
    "support.measure.task": "sealed",
    "support.measure.answer": "sealed",
    "support.measure.what": "sealed",
    "support.policecontact.what": "sealed",
}

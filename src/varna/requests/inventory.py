"""What each column of requests may hold. A test compares this with the models."""

FIELDS = {
    "requests.helprequest.subject": "workflow",
    "requests.helprequest.question": "sealed",
    "requests.helprequest.answer": "sealed",
}

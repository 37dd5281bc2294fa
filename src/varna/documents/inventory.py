"""What each column of documents may hold. A test compares this with the models.

public: what the municipality adopts and publishes. A draft of it stands there too: it is seen by
those who write it, and tells of no person.
"""

FIELDS = {
    "documents.document.code": "public",
    "documents.document.title": "public",
    "documents.version.number": "public",
    "documents.version.text": "public",
    "documents.version.state": "workflow",
    "documents.version.sent_to": "public",
    "documents.version.adopted_by": "public",
    "documents.version.decision": "public",
    "documents.version.reference": "public",
    "documents.version.pdf": "public",
    "documents.version.sha256": "public",
    "documents.advicecheck.name": "public",
    "documents.advicecheck.noted_by": "workflow",
    "documents.asking.groups": "workflow",
    "documents.acknowledgement.kind": "workflow",
    "documents.acknowledgement.minutes": "public",
    "documents.acknowledgement.noted_by": "workflow",
}

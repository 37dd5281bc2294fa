"""What each field of the plan may hold. A plan and its reading are public."""

FIELDS: dict[str, str] = {
    "plan.edition.plan": "public",
    "plan.edition.version": "public",
    "plan.edition.text": "public",
    "plan.edition.sha256": "public",
    "plan.edition.read_by": "workflow",
    "plan.adoption.decision": "public",
    "plan.adoption.by": "workflow",
    "plan.adoption.document_sha256": "public",
    "plan.event.name": "public",
    "plan.event.by": "workflow",
}

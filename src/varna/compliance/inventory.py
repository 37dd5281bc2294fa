"""What each field of compliance may hold. What is said of a promise is public."""

FIELDS: dict[str, str] = {
    "compliance.statement.commitment": "public",
    "compliance.statement.indicator": "public",
    "compliance.statement.reason": "public",
    "compliance.deviation.commitment": "public",
    "compliance.deviation.reason": "public",
    "compliance.deviation.remedy": "public",
    "compliance.responsible.role": "public",
    "compliance.feed.role": "public",
    "compliance.feed.secret": "workflow",
    "compliance.consideration.head": "public",
    "compliance.consideration.words": "public",
    "compliance.report.language": "workflow",
    "compliance.report.state": "workflow",
    "compliance.report.pdf": "public",
    "compliance.report.docx": "public",
    "compliance.report.sha256": "public",
    "compliance.report.fault": "workflow",
}

"""What each field about following the plan may hold. What is said of a promise is public."""

FIELDS: dict[str, str] = {
    "following.statement.commitment": "public",
    "following.statement.indicator": "public",
    "following.statement.reason": "public",
    "following.deviation.commitment": "public",
    "following.deviation.reason": "public",
    "following.deviation.remedy": "public",
    "following.responsible.role": "public",
    "following.feed.role": "public",
    "following.feed.secret": "workflow",
    "following.consideration.head": "public",
    "following.consideration.words": "public",
    "following.report.language": "workflow",
    "following.report.state": "workflow",
    "following.report.pdf": "public",
    "following.report.docx": "public",
    "following.report.sha256": "public",
    "following.report.fault": "workflow",
}

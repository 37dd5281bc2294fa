"""What each column of a report may hold. A test compares this with the models."""

FIELDS = {
    "reports.entry.author": "workflow",
    "reports.entry.words": "sealed",
    "reports.report.consents": "sealed",
    "reports.report.contact": "sealed",
    "reports.report.lane": "workflow",
    "reports.report.language": "workflow",
    "reports.report.lookup": "workflow",
    "reports.report.pointed_out": "sealed",
    "reports.report.set_aside_for": "workflow",
    "reports.report.state": "workflow",
    "reports.report.told": "sealed",
}
# What can hold anything and yet is not sealed: why.
WHY_IN_CLEAR = {
    "reports.report.lookup": "a hash of the receipt code",
}

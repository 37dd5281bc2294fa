"""What each column of training may hold. A session's words are told to all who are invited."""

FIELDS = {
    "training.session.trainer": "public",
    "training.session.audience": "workflow",
    "training.session.subjects": "workflow",
    "training.session.material": "public",
    "training.session.material_link": "public",
    "training.session.code": "workflow",
    "training.attendance.how": "workflow",
    "training.attendance.noted_by": "workflow",
    "training.confirmation.what": "workflow",
    "training.confirmation.by": "workflow",
    "training.confirmation.note": "sealed",
}
# What can hold anything and yet is not sealed: why.
WHY_IN_CLEAR = {
    "training.session.audience": "codes of groups",
    "training.session.subjects": "codes of what it is about",
    "training.session.material": "mailed to everybody who is invited",
}

"""What each column of cooperation may hold. A test compares this with the models.

public: which organisations the municipality works with. What is said with them is sealed.
"""

FIELDS = {
    "cooperation.partner.name": "public",
    "cooperation.partner.kind": "public",
    "cooperation.partyalone.noted_by": "workflow",
    "cooperation.partnercontact.person": "sealed",
    "cooperation.checked.noted_by": "workflow",
    "cooperation.touch.way": "workflow",
    "cooperation.touch.line": "sealed",
    "cooperation.touch.noted_by": "workflow",
    "cooperation.meeting.agenda": "sealed",
    "cooperation.meeting.minutes": "sealed",
    "cooperation.meeting.decisions": "sealed",
    "cooperation.meeting.picture": "workflow",
    "cooperation.task.what": "sealed",
    "cooperation.sharing.what": "sealed",
    "cooperation.sharing.ground": "workflow",
    "cooperation.sharing.noted_by": "workflow",
}
# What can hold anything and yet is not sealed: why.
WHY_IN_CLEAR = {
    "cooperation.meeting.picture": "levels and rounded numbers, made by figures.shown",
}

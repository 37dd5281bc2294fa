"""What each column of a case may hold. A test compares this with the models."""

FIELDS = {
    "cases.assessment.judgement": "sealed",
    "cases.assessment.second_words": "sealed",
    "cases.case.after_check": "sealed",
    "cases.case.due_clock": "workflow",
    "cases.case.exposed": "sealed",
    "cases.case.exposed_index": "workflow",
    "cases.case.label": "sealed",
    "cases.case.number": "workflow",
    "cases.case.pointed_out": "sealed",
    "cases.case.state": "workflow",
    "cases.case.waits_for": "workflow",
    "cases.classification.channels": "workflow",
    "cases.classification.consequence": "workflow",
    "cases.classification.event_group": "workflow",
    "cases.classification.hate_motive": "workflow",
    "cases.classification.influence": "workflow",
    "cases.classification.kinds": "workflow",
    "cases.classification.police_reported": "workflow",
    "cases.classification.repeated": "workflow",
    "cases.classification.sexual": "workflow",
    "cases.classification.why_not_police": "workflow",
    "cases.closing.what": "sealed",
    "cases.disposal.decision": "workflow",
    "cases.disposal.tag": "workflow",
    "cases.lesson.words": "sealed",
    "cases.linkedreport.reason": "sealed",
    "cases.note.words": "sealed",
    "cases.step.after": "workflow",
    "cases.step.before": "workflow",
    "cases.step.reason": "sealed",
}
# What can hold anything and yet is not sealed: why.
WHY_IN_CLEAR = {
    "cases.disposal.tag": "a keyed hash: nothing without the keystore",
    "cases.case.exposed_index": "a keyed index: nothing without the keystore",
}

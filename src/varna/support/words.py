"""The words for measures, the police and occupational health, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from varna.support.rules import MeasureClass, MeasureState


MEASURE_CLASS = {
    MeasureClass.ACUTE: _("1 Acute"),
    MeasureClass.POLICE: _("2 Police"),
    MeasureClass.PERSONAL: _("3 Personal support"),
    MeasureClass.HOME: _("4 Home and everyday life"),
    MeasureClass.DETAILS: _("5 Personal details"),
    MeasureClass.MEETING: _("6 Meetings and premises"),
    MeasureClass.DIGITAL: _("7 Digital"),
    MeasureClass.LEGAL: _("8 Law and costs"),
    MeasureClass.MATTER: _("9 The matter itself"),
    MeasureClass.ORGANISATION: _("10 The organisation"),
    MeasureClass.ASSIGNMENT: _("11 The assignment, at the person's own wish"),
    MeasureClass.FREE: _("Other"),
}
CATALOGUE = {
    "safe_place": _("Bring the person to safety"),
    "duty_called": _("Call the duty officer or head of security"),
    "reception": _("Tell the reception"),
    "meeting_moved": _("Move or cancel a meeting"),
    "guard": _("Guarding"),
    "report": _("Police report, by the person or by the municipality"),
    "protected_report": _("Ask for the report to be protected; give the work number"),
    "victim_contact": _("Contact with the police's victim support unit"),
    "alarm_phone": _("Alarm telephone from the police"),
    "no_contact_order": _("Application for a no-contact order"),
    "hand_over_evidence": _("Hand over evidence, with a receipt"),
    "contact_person": _("A named contact person"),
    "follow_up_call": _("A call to follow up"),
    "occupational_health": _("Offer occupational health care"),
    "talk": _("Somebody to talk to"),
    "family_talk": _("A talk with the family"),
    "leave": _("Leave from the duties"),
    "home_review": _("Go through the safety of the home"),
    "locks": _("Lock or letter box"),
    "alarm": _("Alarm at home"),
    "personal_alarm": _("Personal alarm"),
    "routes": _("Other routes and parking"),
    "school": _("Tell the school or preschool"),
    "mail": _("Other address for post"),
    "web_details": _("Take private details off the municipality's web and registers"),
    "city_address": _("Use the city hall as address"),
    "secrecy_mark": _("Apply for protected personal data at the Tax Agency"),
    "registers": _("Go through company and other public registers"),
    "agenda": _("Go through the agenda from a safety point of view"),
    "seating": _("Plan entrances and seats"),
    "sign_in": _("Visitors sign in"),
    "guard_at_meeting": _("Guard at the meeting"),
    "security_check": _("Decision on a security check of visitors (2010:294)"),
    "remote": _("Take part at a distance"),
    "company": _("Company to the car or the bus"),
    "save": _("Save evidence"),
    "platform_report": _("Report to the platform"),
    "moderation": _("Moderation of the municipality's own accounts"),
    "account_safety": _("Safer accounts"),
    "take_down": _("Ask for published details to be taken down"),
    "fake_profile": _("Report a fake profile"),
    "lawyer": _("Support from the municipality's lawyer"),
    "counsel": _("Counsel for the injured party"),
    "damages": _("Damages or criminal injuries compensation"),
    "insurance": _("Insurance"),
    "own_costs": _("Decision on the person's own costs"),
    "other_handler": _("Another official handles the matter"),
    "sign_together": _("Decisions are signed together or without a name"),
    "one_way_in": _("One way in for a persistent sender"),
    "communication": _("A plan for communication"),
    "tell_party": _("Tell the party, with consent"),
    "tell_chair": _("Tell the chair, with consent"),
    "tell_others": _("Tell others who are exposed"),
    "lesson": _("A note on what to learn"),
    "replacement": _("A temporary replacement"),
    "hand_over": _("Hand over a question"),
    "pause": _("Pause"),
}
MEASURE_STATE = {
    MeasureState.DECIDED: _("decided"),
    MeasureState.UNDER_WAY: _("under way"),
    MeasureState.DONE: _("done"),
    MeasureState.ENDED: _("ended without being done"),
}
CONSENT = {
    "given": _("given"),
    "not_needed": _("not needed"),
    "declined_but_needed": _("not given, but it must be done"),
}
ANSWER = {
    "yes": _("yes"),
    "no": _("no"),
    "later": _("later, perhaps"),
}
EFFECT = {
    "": _("not asked"),
    "better": _("better"),
    "same": _("no difference"),
    "worse": _("worse"),
}
HEALTH = {"offered": _("offered"), "accepted": _("accepted"), "declined": _("declined")}
EVENT_MEASURE = _("Measure decided, now %(state)s")
EVENT_POLICE = _("Police report noted")
EVENT_HEALTH = _("Occupational health was offered")

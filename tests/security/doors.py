"""Every address: with which of the world's rows it is asked for, who may read it, who may post."""

from dataclasses import dataclass, field

from django.urls import get_resolver

import world as worlds


HANDLERS = {"assigned", "other_handler", "lead"}
STAFF = HANDLERS | {"shared_contact", "other_contact", "access_admin", "registrar", "plan_owner"}
EVERYBODY = set(worlds.CAST) | {"anonymous", "receipt", "reporter_by_mail"}
SIGNED_IN = set(worlds.CAST) | {"reporter_by_mail"}


def addresses(resolver=None, space=""):
    """Every address there is: its full name and its view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = space + (f"{pattern.namespace}:" if pattern.namespace else "")
            yield from addresses(pattern, inner)
        else:
            yield space + pattern.name, pattern


# What each address is asked for with: arguments by name, each an attribute of the world.
BY_SPACE = {
    "cases": {"case_id": "case", "report_id": "report", "item_id": "item",
              "measure_id": "measure", "grant_id": "grant", "version": 1},
    "training": {"pk": "session", "token": "trained", "number": 1},
    "invitations": {"token": "token"},
    "accounts": {"pk": "account", "grant": "role_grant"},
    "register": {"pk": "body"},
    "contacts": {"code": "function"},
    "documents": {"pk": "version", "name": "advice", "token": "known", "invitation": "asked"},
    "requests": {"pk": "help"},
    "duty": {"pk": "turn"},
    "cooperation": {"pk": "partner", "contact": "partner_contact", "partner": "partner",
                    "task": "task"},
    "compliance": {"name": "commitment", "key": "occurrence", "account": "lead_account",
                   "pk": "statement", "kind": "pdf"},
    "plan": {"pk": "edition"},
    "": {"secret": "secret", "pk": 1},
}  # fmt: skip
BUT = {
    **{f"cases:{name}": {"report_id": "untriaged"} for name in (
        "report", "confirm", "write", "declare_at_report", "open_from", "link", "set_aside",
        "take_up")},
    "cases:disposal_ask": {"about": "due"}, "cases:disposal_confirm": {"pk": "disposal"},
    "cases:disposal_withdraw": {"pk": "disposal"},
    "training:person": {"pk": "person"}, "training:note": {"pk": "confirmation"},
    "training:certificate": {"token": "trained_here"},
    "register:person": {"pk": "person"}, "register:contact": {"pk": "person"},
    "register:protect": {"pk": "person"}, "register:import": {"pk": "applied"},
    "register:import_columns": {"pk": "job"}, "register:import_questions": {"pk": "job"},
    "register:import_apply": {"pk": "job"},
    "register:import_abandon": {"pk": "job"}, "register:import_undo": {"pk": "applied"},
    "documents:document": {"pk": "document"}, "documents:write": {"pk": "draft"},
    "documents:send": {"pk": "draft"}, "documents:take_back": {"pk": "draft"},
    "documents:adopt": {"pk": "draft"},
    "cooperation:meeting": {"pk": "meeting"}, "cooperation:change": {"pk": "meeting"},
    "cooperation:cancel": {"pk": "meeting"}, "cooperation:invite": {"pk": "meeting"},
    "cooperation:by_hand": {"pk": "meeting"}, "cooperation:write_down": {"pk": "meeting"},
    "cooperation:finish": {"pk": "meeting"}, "cooperation:alone": {"pk": "party"},
    "compliance:deliver": {"pk": "ready_report"}, "compliance:terms_end": {"pk": "terms"},
    "compliance:revoke_feed": {"pk": "feed"}, "compliance:revise": {"pk": "version"},
    "compliance:weigh": {"pk": "version"}, "compliance:report_file": {"pk": "plan_report"},
    "compliance:auditor": {"name": "granska.py"},
    "compliance:end_responsible": {"name": "role"},
    "plan:take_back": {"pk": "event"},
}  # fmt: skip


WRITTEN = {"pdf", "granska.py"}  # as an address says it, and not what the world calls it


def arguments(world, name, pattern):
    space = name.partition(":")[0] if ":" in name else ""
    known = BY_SPACE.get(space, {}) | BUT.get(name, {})
    wanted = {}
    for one in pattern.pattern.converters:
        value = known[one]
        named = isinstance(value, str) and value not in WRITTEN
        wanted[one] = getattr(world, value) if named else value
    return wanted


# Who is who at the doors.
STRONG = set(worlds.CAST)
CIRCLE = {"assigned", "lead"}
OWN = {"receipt", "reporter"}
LEAD = {"lead"}
DECIDES = {"lead", "registrar"}
KEEPERS = {"access_admin", "registrar"}
ADMIN = {"access_admin"}
ARRANGERS = HANDLERS | {"plan_owner"}
WRITERS = {"lead", "plan_owner"}
CONTACTS = {"shared_contact", "other_contact"}
PLAN = STAFF - {"access_admin"}
WHOLE = STAFF - CONTACTS
HELP = HANDLERS | CONTACTS
NOTERS = ARRANGERS | CONTACTS
NOT_SIGNED_IN = {"anonymous", "receipt"}
PERMITTED = {"outsider"}  # has been let add a first passkey or app
NOBODY: set[str] = set()


@dataclass(frozen=True)
class Door:
    """Who gets an answer by reading it, and who by posting to it; everybody else meets a 404 or a
    way to sign in, and changes nothing. `why`: nobody comes in, and that is right.
    """

    reads: set[str]
    posts: set[str]
    why: str = ""
    sends: dict = field(default_factory=dict)  # what is posted, where nothing would say nothing


DOORS = {
    "live": Door(EVERYBODY, NOBODY),
    "ready": Door(EVERYBODY, NOBODY),
    "watched": Door(
        NOBODY, NOBODY, "503 until a worker has been seen; tests/foundation/test_health.py"
    ),
    "theme": Door(EVERYBODY, NOBODY),
    "logotype": Door(
        NOBODY, NOBODY, "the municipality has none here; tests/foundation/test_looks.py"
    ),
    "feed": Door(EVERYBODY, NOBODY),
    "start": Door(EVERYBODY, NOBODY),
    "home": Door(NOBODY, NOBODY, "leads on to each role's first page; tests/site/test_sign_in.py"),
    "stronger": Door(SIGNED_IN, NOBODY),
    "reports:tell": Door(EVERYBODY, EVERYBODY),
    "cases:return": Door(EVERYBODY, EVERYBODY),
    "cases:mine": Door(STRONG, NOBODY),
    "cases:own": Door(OWN, NOBODY),
    "cases:own_write": Door(NOBODY, OWN),
    "cases:withdraw": Door(NOBODY, OWN, sends={"consent": "police"}),
    "cases:put_aside": Door(HANDLERS, NOBODY),
    "cases:report": Door(HANDLERS, NOBODY),
    "cases:confirm": Door(NOBODY, HANDLERS),
    "cases:write": Door(NOBODY, HANDLERS),
    "cases:declare_at_report": Door(NOBODY, HANDLERS),
    "cases:open_from": Door(HANDLERS, HANDLERS),
    "cases:link": Door(HANDLERS, HANDLERS),
    "cases:set_aside": Door(NOBODY, HANDLERS),
    "cases:take_up": Door(NOBODY, HANDLERS),
    "cases:open": Door(HANDLERS, HANDLERS),
    "cases:tasks": Door(CONTACTS, NOBODY),
    "cases:shared": Door(
        NOBODY,
        NOBODY,
        "tasks are shared here and what happened is not; tests/intake/test_the_walk.py",
    ),
    "cases:task_done": Door(NOBODY, {"shared_contact"}),
    "cases:measures": Door(CIRCLE, CIRCLE),
    "cases:review": Door(NOBODY, CIRCLE),
    "cases:measure": Door(CIRCLE, CIRCLE),
    "cases:offered": Door(CIRCLE, CIRCLE),
    "cases:police": Door(CIRCLE, CIRCLE),
    "cases:health": Door(CIRCLE, CIRCLE),
    "cases:file": Door({"assigned", "lead", "receipt", "reporter"}, NOBODY),
    "cases:disposals": Door(DECIDES, NOBODY),
    "cases:disposal_ask": Door(LEAD, LEAD, sends={"decision": "KS 2026/124"}),
    "cases:disposal_confirm": Door(NOBODY, {"registrar"}),
    "cases:disposal_withdraw": Door(NOBODY, DECIDES),
    "cases:desk": Door(HANDLERS, NOBODY),
    "cases:duty": Door(NOBODY, {"assigned", "other_handler"}),
    "cases:list": Door(HANDLERS, NOBODY),
    "cases:case": Door(CIRCLE, NOBODY),
    "cases:step": Door(NOBODY, CIRCLE),
    "cases:wait": Door(NOBODY, CIRCLE),
    "cases:take": Door(NOBODY, CIRCLE),
    "cases:assess": Door(CIRCLE, CIRCLE),
    "cases:second": Door(NOBODY, CIRCLE),
    "cases:classify": Door(CIRCLE, CIRCLE),
    "cases:talk": Door(CIRCLE, CIRCLE),
    "cases:notes": Door(CIRCLE, CIRCLE),
    "cases:timeline": Door(CIRCLE, NOBODY),
    "cases:circle": Door(CIRCLE, NOBODY),
    "cases:assign": Door(NOBODY, CIRCLE),
    "cases:circle_add": Door(NOBODY, CIRCLE),
    "cases:circle_share": Door(NOBODY, CIRCLE),
    "cases:declare": Door(NOBODY, CIRCLE),
    "cases:find_conflict": Door(NOBODY, LEAD),
    "cases:point_out": Door(NOBODY, CIRCLE),
    "cases:expose": Door(NOBODY, CIRCLE),
    "cases:circle_remove": Door(NOBODY, CIRCLE),
    "cases:close": Door(CIRCLE, CIRCLE),
    "cases:afterwards": Door(CIRCLE, CIRCLE),
    "operation:overview": Door({"operator"}, NOBODY),
    "operation:confirm_clock": Door(NOBODY, {"operator"}),
    "duty:list": Door(HANDLERS, NOBODY),
    "duty:fill": Door(LEAD, LEAD),
    "duty:turn": Door(HANDLERS, HANDLERS),
    "duty:change": Door(HANDLERS, HANDLERS),
    "duty:cancel": Door(NOBODY, LEAD),
    "training:sessions": Door(ARRANGERS, NOBODY),
    "training:plan": Door(ARRANGERS, ARRANGERS),
    "training:open_course": Door(ARRANGERS, ARRANGERS),
    "training:full_time": Door(ARRANGERS, NOBODY),
    "training:person": Door(ARRANGERS, ARRANGERS),
    "training:note": Door(NOBODY, ARRANGERS),
    "training:session": Door(ARRANGERS, NOBODY),
    "training:change": Door(ARRANGERS, ARRANGERS),
    "training:cancel": Door(ARRANGERS, ARRANGERS),
    "training:send": Door(ARRANGERS, ARRANGERS),
    "training:people": Door(ARRANGERS, NOBODY),
    "training:again": Door(NOBODY, ARRANGERS),
    "training:attendance": Door(ARRANGERS, ARRANGERS),
    "training:course": Door(SIGNED_IN, NOBODY),
    "training:part": Door(SIGNED_IN, SIGNED_IN),
    "training:invited": Door(EVERYBODY, EVERYBODY),
    "training:certificate": Door(EVERYBODY, NOBODY),
    "training:invited_part": Door(EVERYBODY, EVERYBODY),
    "invitations:answer": Door(EVERYBODY, EVERYBODY),
    "accessibility": Door(EVERYBODY, NOBODY),
    "privacy": Door(EVERYBODY, NOBODY),
    "accounts:list": Door(ADMIN, NOBODY),
    "accounts:open": Door(ADMIN, ADMIN),
    "accounts:one": Door(ADMIN, NOBODY),
    "accounts:give_role": Door(NOBODY, ADMIN),
    "accounts:end_role": Door(NOBODY, ADMIN),
    "accounts:link_person": Door(NOBODY, ADMIN),
    "accounts:lock": Door(NOBODY, ADMIN),
    "accounts:unlock": Door(NOBODY, ADMIN),
    "accounts:let_enrol": Door(NOBODY, ADMIN),
    "account_login": Door(NOT_SIGNED_IN, EVERYBODY),
    "account_request_login_code": Door(NOT_SIGNED_IN, EVERYBODY),
    "account_confirm_login_code": Door(NOBODY, SIGNED_IN),
    "mfa_authenticate": Door(NOBODY, SIGNED_IN),
    "mfa_login_webauthn": Door(NOBODY, SIGNED_IN),
    "demo_sign_in": Door(NOBODY, NOBODY, "wants an account's address; tests/site/test_sign_in.py"),
    "account_inactive": Door(EVERYBODY, NOBODY),
    "account_logout": Door(SIGNED_IN | {"receipt"}, NOBODY),
    "account_reauthenticate": Door(NOBODY, NOBODY, "allauth's: leads on to the second step"),
    "mfa_reauthenticate": Door(
        NOBODY, NOBODY, "allauth's: wants an authenticator, and none of them has one"
    ),
    "mfa_reauthenticate_webauthn": Door(
        NOBODY, NOBODY, "allauth's: wants an authenticator, and none of them has one"
    ),
    "own_sessions": Door(SIGNED_IN, NOBODY),
    "end_session": Door(NOBODY, SIGNED_IN),
    "end_sessions": Door(NOBODY, NOBODY, "ends every session; tests/site/test_own_sessions.py"),
    "mfa_index": Door(SIGNED_IN, NOBODY),
    "mfa_list_webauthn": Door(SIGNED_IN, NOBODY),
    "mfa_activate_totp": Door(PERMITTED, PERMITTED),
    "mfa_deactivate_totp": Door(
        NOBODY, NOBODY, "allauth's: wants an authenticator, and none of them has one"
    ),
    "mfa_add_webauthn": Door(PERMITTED, PERMITTED),
    "mfa_edit_webauthn": Door(
        NOBODY, NOBODY, "allauth's: wants a passkey, and none of them has one"
    ),
    "mfa_remove_webauthn": Door(
        NOBODY, NOBODY, "allauth's: wants a passkey, and none of them has one"
    ),
    "register:overview": Door(STAFF, NOBODY),
    "register:vouch": Door(NOBODY, KEEPERS),
    "register:kinds": Door(KEEPERS, KEEPERS),
    "register:body": Door(WHOLE, NOBODY),
    "register:keep_body": Door(KEEPERS, KEEPERS),
    "register:set_period": Door(KEEPERS, KEEPERS),
    "register:dissolve": Door(KEEPERS, KEEPERS),
    "register:people": Door(STAFF, NOBODY),
    "register:person": Door(WHOLE, NOBODY),
    "register:contact": Door(NOBODY, KEEPERS),
    "register:protect": Door(NOBODY, KEEPERS),
    "register:imports": Door(KEEPERS, KEEPERS),
    "register:import": Door(KEEPERS, NOBODY),
    "register:import_columns": Door(KEEPERS, KEEPERS),
    "register:import_questions": Door(
        NOBODY, NOBODY, "the file that waits is not compared; tests/importing/test_import_pages.py"
    ),
    "register:import_apply": Door(NOBODY, KEEPERS),
    "register:import_abandon": Door(NOBODY, KEEPERS),
    "register:import_undo": Door(NOBODY, KEEPERS),
    "contacts:overview": Door(STAFF, NOBODY),
    "contacts:function": Door(WHOLE, WHOLE),
    "contacts:place": Door(WHOLE, NOBODY),
    "contacts:reach": Door(NOBODY, WHOLE),
    "contacts:name": Door(WHOLE, WHOLE),
    "contacts:correct": Door(WHOLE, WHOLE),
    "contacts:verify": Door(NOBODY, WHOLE),
    "contacts:end": Door(NOBODY, WHOLE),
    "documents:advice_list": Door(EVERYBODY, NOBODY),
    "documents:advice": Door(EVERYBODY, NOBODY),
    "documents:confirm_advice": Door(NOBODY, WRITERS),
    "documents:overview": Door(SIGNED_IN, NOBODY),
    "documents:open": Door(WRITERS, WRITERS),
    "documents:document": Door(SIGNED_IN, WRITERS),
    "documents:version": Door(SIGNED_IN, NOBODY),
    "documents:file": Door(SIGNED_IN, NOBODY),
    "documents:write": Door(WRITERS, WRITERS),
    "documents:send": Door(WRITERS, WRITERS),
    "documents:take_back": Door(NOBODY, WRITERS),
    "documents:adopt": Door(WRITERS, WRITERS),
    "documents:make_known": Door(WRITERS, WRITERS),
    "documents:read_it": Door(
        NOBODY,
        NOBODY,
        "wants an account with a person in the register; tests/documents/test_made_known.py",
    ),
    "documents:coverage": Door(NOTERS, NOTERS),
    "documents:given": Door(NOBODY, ARRANGERS),
    "documents:acknowledge": Door(EVERYBODY, EVERYBODY),
    "requests:overview": Door(HELP, NOBODY),
    "requests:ask": Door(CONTACTS, CONTACTS),
    "requests:one": Door({"assigned", "lead", "other_handler", "shared_contact"}, HANDLERS),
    "cooperation:overview": Door(ARRANGERS, NOBODY),
    "cooperation:add": Door(ARRANGERS, ARRANGERS),
    "cooperation:partner": Door(ARRANGERS, ARRANGERS),
    "cooperation:end": Door(NOBODY, ARRANGERS),
    "cooperation:say_party": Door(NOBODY, ARRANGERS),
    "cooperation:alone": Door(NOBODY, ARRANGERS),
    "cooperation:contact": Door(ARRANGERS, ARRANGERS),
    "cooperation:correct": Door(ARRANGERS, ARRANGERS),
    "cooperation:verify": Door(NOBODY, ARRANGERS),
    "cooperation:end_contact": Door(NOBODY, ARRANGERS),
    "cooperation:shared": Door(ARRANGERS, ARRANGERS),
    "cooperation:meetings": Door(ARRANGERS, NOBODY),
    "cooperation:plan": Door(ARRANGERS, ARRANGERS),
    "cooperation:meeting": Door(ARRANGERS, ARRANGERS),
    "cooperation:change": Door(ARRANGERS, ARRANGERS),
    "cooperation:cancel": Door(NOBODY, ARRANGERS),
    "cooperation:invite": Door(ARRANGERS, ARRANGERS),
    "cooperation:by_hand": Door(NOBODY, ARRANGERS),
    "cooperation:write_down": Door(ARRANGERS, ARRANGERS),
    "cooperation:finish": Door(NOBODY, ARRANGERS),
    "compliance:mandate": Door(PLAN, NOBODY),
    "compliance:ahead": Door(PLAN, NOBODY),
    "compliance:xray": Door(PLAN, NOBODY),
    "compliance:commitment": Door(PLAN, NOBODY),
    "compliance:state": Door(WRITERS, WRITERS),
    "compliance:explain": Door(WRITERS, WRITERS),
    "compliance:take_back": Door(NOBODY, WRITERS),
    "compliance:confirm": Door(NOBODY, {"lead", "assigned", "other_handler", "registrar"}),
    "compliance:publish": Door(NOBODY, WRITERS),
    "compliance:responsible": Door(PLAN, WRITERS),
    "compliance:end_responsible": Door(NOBODY, WRITERS),
    "compliance:feeds": Door(PLAN, PLAN),
    "compliance:revoke_feed": Door(NOBODY, {"plan_owner"}),
    "compliance:revisions": Door(WRITERS, NOBODY),
    "compliance:revise": Door(WRITERS, WRITERS),
    "compliance:weigh": Door(NOBODY, WRITERS),
    "compliance:reports": Door(PLAN, PLAN),
    "compliance:deliver": Door(WRITERS, WRITERS),
    "compliance:terms": Door(PLAN, WRITERS),
    "compliance:terms_end": Door(NOBODY, WRITERS),
    "compliance:terms_reviewed": Door(NOBODY, WRITERS),
    "compliance:report_file": Door(
        NOBODY, NOBODY, "the worker has not made it; tests/following/test_report.py"
    ),
    "compliance:auditor": Door(PLAN, NOBODY),
    "compliance:text": Door(PLAN, WRITERS),
    "plan:versions": Door(PLAN, NOBODY),
    "plan:read": Door(WRITERS, WRITERS),
    "plan:edition": Door(PLAN, WRITERS),
    "plan:events": Door(PLAN, WRITERS),
    "plan:take_back": Door(NOBODY, WRITERS),
    "commitments": Door(EVERYBODY, NOBODY),
}

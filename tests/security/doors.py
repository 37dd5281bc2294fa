"""Every address: with which of the world's rows it is asked for, who may read it, who may post."""

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
    "cooperation": {"pk": "partner", "contact": "partner_contact", "partner": "partner",
                    "task": "task"},
    "compliance": {"name": "commitment", "key": "occurrence", "account": "lead_account",
                   "pk": "statement", "kind": "pdf"},
    "plan": {"pk": "edition"},
    "": {"secret": "secret", "pk": 1},
}  # fmt: skip
BUT = {
    "training:person": {"pk": "person"}, "training:note": {"pk": "confirmation"},
    "training:certificate": {"token": "trained_here"},
    "register:person": {"pk": "person"}, "register:contact": {"pk": "person"},
    "register:protect": {"pk": "person"}, "register:import": {"pk": "applied"},
    "register:import_columns": {"pk": "job"}, "register:import_apply": {"pk": "job"},
    "register:import_abandon": {"pk": "job"},
    "documents:document": {"pk": "document"}, "documents:write": {"pk": "draft"},
    "documents:send": {"pk": "draft"}, "documents:take_back": {"pk": "draft"},
    "documents:adopt": {"pk": "draft"},
    "cooperation:meeting": {"pk": "meeting"}, "cooperation:change": {"pk": "meeting"},
    "cooperation:cancel": {"pk": "meeting"}, "cooperation:invite": {"pk": "meeting"},
    "cooperation:by_hand": {"pk": "meeting"}, "cooperation:write_down": {"pk": "meeting"},
    "cooperation:finish": {"pk": "meeting"},
    "compliance:revoke_feed": {"pk": "feed"}, "compliance:revise": {"pk": "version"},
    "compliance:weigh": {"pk": "version"}, "compliance:report_file": {"pk": "plan_report"},
    "compliance:end_responsible": {"name": "role"},
    "plan:take_back": {"pk": "event"},
}  # fmt: skip


def arguments(world, name, pattern):
    space = name.partition(":")[0] if ":" in name else ""
    known = BY_SPACE.get(space, {}) | BUT.get(name, {})
    wanted = {}
    for one in pattern.pattern.converters:
        value = known[one]
        wanted[one] = getattr(world, value) if isinstance(value, str) and value != "pdf" else value
    return wanted

"""The demonstration's accounts: somebody in each role, all invented."""

import datetime as dt

from varna.foundation.access.actions import appoint
from varna.foundation.accounts.actions import open_account
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import Actor, Role
from varna.organisation.queries import an_official, body_called


PEOPLE = (
    ("handlaggare@exempelstad.example", "Alva Lind", "Säkerhetshandläggare", Role.HANDLER),
    ("handlaggare2@exempelstad.example", "Sixten Ahl", "Säkerhetshandläggare", Role.HANDLER),
    ("leder@exempelstad.example", "Love Berg", "Leder trygghetsprocessen", Role.LEAD),
    ("kontakt@exempelstad.example", "Kim Ek", "Förvaltningens kontakt", Role.CONTACT),
    ("behorighet@exempelstad.example", "Berit Sten", "Behörighetsadministratör", Role.ACCESS_ADMIN),
    ("drift@exempelstad.example", "Otto Dal", "Drift", Role.OPERATOR),
    ("registrator@exempelstad.example", "Ines Wall", "Registrator", Role.REGISTRAR),
    ("plan@exempelstad.example", "Nora Holm", "Planägare", Role.PLAN_OWNER),
)


def fill(*, by: Actor, at: dt.datetime) -> None:
    since = at - dt.timedelta(days=400)
    body = body_called("byggnadsnämnden")
    for email, name, title, role in PEOPLE:
        if not Account.objects.filter(email=email).exists():
            account = open_account(email=email, name=name, title=title, by=by, at=since)
            scope = body if role is Role.CONTACT else None
            appoint(account, role, by=by, at=since, scope=scope)
    email = "fortroendevald@exempelstad.example"
    if not Account.objects.filter(email=email).exists():
        person, name = an_official()
        account = open_account(
            email=email, name=name, title="Ledamot", by=by, at=since, person=person
        )
        appoint(account, Role.OFFICIAL, by=by, at=since)

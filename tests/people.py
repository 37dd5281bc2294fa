"""People in the register for tests, the invitations that name them, and the day they are sent."""

import datetime as dt
import uuid

from varna.foundation import clock
from varna.foundation.accounts.rules import system


BY = system("tests")
AT = dt.datetime(2027, 1, 11, 9, 0, tzinfo=clock.STOCKHOLM)
DAY = dt.timedelta(days=1)


def a_crowd(count, *, without=0, group="elected", starts_on=None, full_time=False):
    """Make people, each with an assignment; the last `without` of them have no address."""
    from varna.foundation import clock
    from varna.foundation.keys.rules import Compartment
    from varna.foundation.vault import owners
    from varna.foundation.vault import service as vault
    from varna.organisation.models import Assignment, Body, Person
    from varna.organisation.queries import token
    from varna.organisation.rules.names import name_key, sort_key
    from varna.organisation.sealed import Contact

    mark = uuid.uuid4().hex[:6]
    body = Body.unscoped.create(
        name=f"Nämnd {mark}", name_key=f"nämnd {mark}", kind="board", said_on=clock.today()
    )
    writer = vault.writer(owners.REGISTER, Compartment.PROTECTION)
    made = []
    for number in range(count):
        person = Person(
            given="Person",
            family=f"{mark}{number}",
            name_key=name_key("Person", f"{mark}{number}"),
            sort_key=sort_key("Person", f"{mark}{number}"),
        )
        if number < count - without:
            writer.seal(person, "contact", Contact(address_of(person)))
            person.email_token = token()(address_of(person))
        made.append(person)
    Person.unscoped.bulk_create(made)
    Assignment.unscoped.bulk_create(
        [
            Assignment(person=person, body=body, role="Ledamot", role_key="ledamot", group=group,
                       starts_on=starts_on, full_time=full_time)
            for person in made
        ]
    )  # fmt: skip
    return made


def address_of(person):
    return f"{person.family}@example.se"


def asked(people):
    from varna.invitations.rules import Invitee, InviteeKind

    return [Invitee(InviteeKind.PERSON, person.pk) for person in people]


def token_of(session, person):
    """The token in somebody's link to a session."""
    from varna.invitations import links
    from varna.invitations.models import Invitation

    row = Invitation.unscoped.get(invitee=person.pk, occasion=session.occasion_id)
    return links.token(row.pk, row.version)


def offer(session):
    from varna.training import queries

    return next(o for o in queries.offers() if o.reference == f"session:{session.pk}")


def right(part):
    """The right answers of a part."""
    return {
        question.key: next(n for n, option in enumerate(question.options) if option.right)
        for question in part.questions
    }

"""People in the register for tests, and the invitations that name them."""

import uuid


def a_crowd(count, *, without=0, group="elected", starts_on=None):
    """Make people, each with an assignment; the last `without` of them have no address."""
    from varna.foundation.keys.rules import Compartment
    from varna.foundation.vault import service as vault
    from varna.organisation.models import Assignment, Body, Person
    from varna.organisation.rules.names import name_key, sort_key

    mark = uuid.uuid4().hex[:6]
    body = Body.unscoped.create(name=f"Nämnd {mark}", name_key=f"nämnd {mark}", kind="board")
    writer = vault.writer(vault.REGISTER, Compartment.PROTECTION)
    made = []
    for number in range(count):
        person = Person(
            given="Person",
            family=f"{mark}{number}",
            name_key=name_key("Person", f"{mark}{number}"),
            sort_key=sort_key("Person", f"{mark}{number}"),
        )
        if number < count - without:
            writer.seal(person, "contact", {"email": address_of(person), "phone": ""})
        made.append(person)
    Person.unscoped.bulk_create(made)
    Assignment.unscoped.bulk_create(
        [
            Assignment(person=person, body=body, role="Ledamot", role_key="ledamot", group=group,
                       starts_on=starts_on)
            for person in made
        ]
    )  # fmt: skip
    return made


def address_of(person):
    return f"{person.family}@example.se"


def asked(people):
    from varna.invitations.rules import Invitee, InviteeKind

    return [Invitee(InviteeKind.PERSON, person.pk) for person in people]

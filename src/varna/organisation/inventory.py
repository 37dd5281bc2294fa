"""What each field of the register may hold: public, workflow or sealed. A test reads this list.

public: what the municipality itself publishes of its elected officials, protected people excepted
(their names are masked by `visible_to`). workflow: codes, keyed tokens, places and counts. sealed:
encrypted in the vault.
"""

FIELDS: dict[str, str] = {
    "organisation.party.name": "public",
    "organisation.party.name_key": "public",
    "organisation.administration.name": "public",
    "organisation.administration.name_key": "public",
    "organisation.body.name": "public",
    "organisation.body.name_key": "public",
    "organisation.body.kind": "workflow",
    "organisation.vouching.noted_by": "workflow",
    "organisation.body.said_by": "workflow",
    "organisation.person.external": "workflow",
    "organisation.person.given": "public",
    "organisation.person.family": "public",
    "organisation.person.name_key": "public",
    "organisation.person.sort_key": "public",
    "organisation.person.contact": "sealed",
    "organisation.person.email_token": "workflow",
    "organisation.person.phone_token": "workflow",
    "organisation.assignment.role": "public",
    "organisation.assignment.role_key": "public",
    "organisation.assignment.group": "workflow",
    "organisation.assignment.position": "workflow",
}

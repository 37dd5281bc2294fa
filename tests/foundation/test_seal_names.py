"""The names that seals are bound to never change, wherever their columns come to live."""

import uuid

from django.apps import apps

import pytest

from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import rules
from varna.foundation.vault.fields import SealedField
from varna.foundation.vault.rules import Place


# Every name something may have been sealed under. A line may be added; one that is taken away or
# changed makes everything sealed under it unreadable for ever.
SEAL_NAMES = {
    "cases.assessment.judgement",
    "cases.assessment.second_words",
    "cases.case.after_check",
    "cases.case.exposed",
    "cases.case.label",
    "cases.case.pointed_out",
    "cases.closing.no_lesson",
    "cases.closing.what",
    "cases.healthoffer.answer",
    "cases.lesson.words",
    "cases.linkedreport.reason",
    "cases.measure.outcome",
    "cases.measure.task",
    "cases.measure.what",
    "cases.note.words",
    "cases.policecontact.what",
    "cases.step.reason",
    "contacts.contact.reach",
    "importing.before.was",
    "cooperation.meeting.agenda",
    "cooperation.meeting.decisions",
    "cooperation.meeting.minutes",
    "cooperation.partnercontact.person",
    "cooperation.sharing.what",
    "cooperation.task.what",
    "duty.turn.note",
    "cooperation.touch.line",
    "evidence.item.meta",
    "invitations.invitation.address",
    "organisation.import.file",
    "organisation.person.contact",
    "outbox.mail.payload",
    "reports.entry.words",
    "reports.report.consents",
    "reports.report.contact",
    "reports.report.pointed_out",
    "reports.report.told",
    "support.measure.answer",
    "requests.helprequest.answer",
    "requests.helprequest.question",
    "training.confirmation.note",
}
# Sealed {"what":"samtal"} for a measure, with this key and these ids, before measures moved.
KEY = bytes(range(32))
BEFORE_THE_MOVE = bytes.fromhex(
    "563101010001e889f00be2a4b68030757b3151e1d6fc76665472ac0ff5a61297d8ec4b580fe66a8e68b84e5c29e0"
    "f1b712aa799aba79796d38867f4c0d87d87ca59b"
)


def sealed_fields():
    return [
        field
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, SealedField)
    ]


def test_no_seal_has_changed_its_name():
    assert {".".join(field.seal_name) for field in sealed_fields()} == SEAL_NAMES


def test_no_two_columns_share_a_name():
    names = [field.seal_name for field in sealed_fields()]
    assert len(names) == len(set(names))


def test_what_was_sealed_before_a_model_moved_opens_after():
    (field,) = [f for f in sealed_fields() if ".".join(f.seal_name) == "cases.measure.what"]
    model, column = field.seal_name
    place = Place(uuid.UUID(int=1), uuid.UUID(int=2), model, column, uuid.UUID(int=3))
    assert rules.unseal(KEY, place, BEFORE_THE_MOVE) == b'{"what":"samtal"}'


@pytest.mark.parametrize("declared", ["", "rooms.thing.words"])
def test_a_migration_remembers_a_declared_name(declared):
    field = SealedField(compartment=Compartment.CONTENT, sealed_as=declared)
    assert field.clone().sealed_as == declared
    assert ("sealed_as" in field.deconstruct()[3]) is bool(declared)

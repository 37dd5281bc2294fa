"""Every version that was ever sealed is read for as long as anybody keeps it.

tests/house/sealed holds a golden file for every version of every shape: what was written, exactly.
A file is never changed. A shape whose fields change gets a new VERSION, `earlier`, and one more
file.
"""

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, ClassVar

from django.apps import apps

import pytest

from varna.cases.sealed import ExposedPerson, Observation, PersonPointedOut, Reasoning, Result
from varna.contacts.sealed import Reach
from varna.cooperation.sealed import PartnerPerson, Undertaking
from varna.evidence.sealed import Description
from varna.foundation.keys.rules import Compartment
from varna.foundation.outbox.sealed import Letter
from varna.foundation.vault import service as vault
from varna.foundation.vault.fields import SealedField
from varna.foundation.vault.shapes import Shape, ShapeError, as_read, as_written
from varna.importing.sealed import SealedFile, Was
from varna.organisation.models import Person
from varna.organisation.sealed import Contact as PersonContact
from varna.reports.sealed import Answers, Consents, Contact, Message
from varna.support.sealed import Content, Outcome, PoliceReport


GOLDEN = Path(__file__).parent / "sealed"
SOMEBODY = "7e5e8158-95e8-444c-b94e-bc15ebe9702d"
KEY = "90a8Ia6BVmu/1xrkDeaKt7MP6WU9mUU3XfosD6Hogko="
WORDS = ["Ett brev om skolan."]
# What each golden file of a name says, whatever its version. Plain words stand for themselves.
EXAMPLES: dict[str, list[Any]] = {
    "cases.assessment.judgement": [
        Reasoning(
            "Förhöjd risk.", "Två handläggare",
            {"weapon": Observation("yes", "På bilden."), "worried": Observation("unknown", "")},
            {"violence": "Inget tyder på det.", "persistence": ""},
        ),
        Reasoning(),
    ],
    "cases.case.exposed": [ExposedPerson("Ada Lund", SOMEBODY, "ledamot"), ExposedPerson()],
    "cases.case.pointed_out": [PersonPointedOut("Bo Ek", SOMEBODY), PersonPointedOut("Någon")],
    "cases.closing.what": [Result("Samtal.", "Att någon ringde.", "yes", "En kontaktperson.")],
    "cases.measure.what": [
        Content("Två lås.", "Personen är orolig.", "given", "locks"),
        Content(reason="Behövs.", consent="not_needed"),
    ],
    "cases.measure.outcome": [Outcome("better", "Lugnare nu.")],
    "cases.policecontact.what": [
        PoliceReport("2026-11-24", "kommunen", "5000-K000-26", "yes", "Asta", "Nedlagd."),
    ],
    "contacts.contact.reach": [Reach("asta@example.se", "070-174 06 05")],
    "cooperation.partnercontact.person": [
        PartnerPerson("Sigrid Tallrot", "sigrid@example.se", "031-390 06 50"),
    ],
    "cooperation.task.what": [Undertaking("Ringa polisen", "Alva")],
    "evidence.item.meta": [Description("brev.png", 161, "b2" * 32, KEY, "picture", "brev.png")],
    "importing.before.was": [Was({"given": "Ada", "ends_on": ""}, {"given": "Adda"}), Was()],
    "organisation.import.file": [SealedFile(SOMEBODY, KEY)],
    "organisation.person.contact": [PersonContact("ada@example.se", "070-174 06 06")],
    "outbox.mail.payload": [
        Letter(to="ada@example.se", code="123456", language="sv"),
        Letter("a:invited:0", "bo@example.se", "Inbjudan", "Välkommen", "BEGIN:…", "REQUEST"),
    ],
    "reports.entry.words": [Message(text="Han skrev igen."), Message(withdrawn="party")],
    "reports.report.consents": [Consents(("police", "party")), Consents()],
    "reports.report.contact": [Contact("phone", "070-174 06 07", "Efter sex.")],
    "reports.report.told": [
        Answers(
            "Ett brev.", "i tisdags", "witness", "Ada Lund", "ledamot", ("threat", "unsure"),
            ("letter",), "hemma", "skolan", 0, "Jag ringde.", ("talk",),
        ),
        Answers(happened="Ett brev.", when="vet inte"),
    ],
}  # fmt: skip


def sealed_fields():
    return {
        ".".join(field.seal_name): field
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, SealedField)
    }


FIELDS = sealed_fields()
SHAPES = {name: field.shape for name, field in FIELDS.items() if field.shape is not str}


def versions(shape):
    return range(shape.OLDEST, shape.VERSION + 1) if issubclass(shape, Shape) else range(1)


FILES = [f"{name}.v{n}.json" for name, field in FIELDS.items() for n in versions(field.shape)]


def example_of(name):
    return EXAMPLES.get(name, WORDS)


def golden(file):
    return json.loads((GOLDEN / file).read_text())


def test_there_is_a_golden_file_for_every_version_of_every_field_and_no_other():
    assert sorted(FILES) == sorted(file.name for file in GOLDEN.iterdir())
    assert set(EXAMPLES) == set(SHAPES)


@pytest.mark.parametrize("file", FILES)
def test_what_was_written_in_any_version_is_read(file):
    name = file.rpartition(".v")[0]
    shape = FIELDS[name].shape
    assert [as_read(shape, said) for said in golden(file)] == example_of(name)


@pytest.mark.parametrize("name", FIELDS)
def test_what_is_written_now_is_as_its_version_says(name):
    """Red when the fields of a shape change: then it is another version."""
    shape = FIELDS[name].shape
    written = json.loads(json.dumps([as_written(one) for one in example_of(name)]))
    assert written == golden(f"{name}.v{versions(shape)[-1]}.json")


@pytest.mark.parametrize("name", FIELDS)
def test_a_shape_says_nothing_by_itself(name):
    said = as_written(FIELDS[name].shape())
    values = [said[key] for key in said if key != "v"] if isinstance(said, dict) else [said]
    assert not any(values)


@pytest.mark.parametrize("name", SHAPES)
def test_an_example_fills_every_field(name):
    """An empty example would let a field be lost without being missed."""
    for one in fields(SHAPES[name]()):
        empty = getattr(SHAPES[name](), one.name)
        assert any(getattr(example, one.name) != empty for example in EXAMPLES[name]), one.name


# ── the mechanism itself ──────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Thing(Shape):
    VERSION: ClassVar[int] = 2
    OLDEST: ClassVar[int] = 0
    name: str = ""
    count: int | None = None

    @classmethod
    def earlier(cls, version, said):
        return {"name": said if version == 0 else said["called"]}


def test_every_earlier_version_is_read_in_its_own_way():
    assert Thing.read("Brev") == Thing("Brev")
    assert Thing.read({"v": 1, "called": "Brev"}) == Thing("Brev")
    assert Thing.read({"v": 2, "name": "Brev", "count": 3}) == Thing("Brev", 3)
    assert Thing("Brev", 3).written() == {"v": 2, "name": "Brev", "count": 3}


def test_what_is_not_known_is_left_out_and_what_is_missing_is_as_by_itself():
    assert Thing.read({"v": 2, "colour": "red", "name": None}) == Thing()


@pytest.mark.parametrize("version", [3, -1, "2", None, True])
def test_a_version_that_is_not_known_is_an_error(version):
    with pytest.raises(ShapeError, match="knows no version"):
        Thing.read({"v": version, "name": "Brev"})


@pytest.mark.parametrize(
    "said", [{"v": 2, "name": 5}, {"v": 2, "count": "5"}, {"v": 2, "name": []}]
)
def test_another_kind_of_value_is_an_error(said):
    with pytest.raises(ShapeError, match="is not read from"):
        Thing.read(said)


def test_a_shape_is_read_from_no_list_and_words_from_no_shape():
    with pytest.raises(ShapeError):
        as_read(Reach, ["asta@example.se"])
    with pytest.raises(ShapeError):
        as_read(str, {"v": 1})


def test_a_field_says_what_is_sealed_in_it():
    with pytest.raises(TypeError, match="shape="):
        type(
            "Loose", (Person,),
            {"words": SealedField(owner="id", compartment=Compartment.CONTENT),
             "__module__": __name__, "Meta": type("Meta", (), {"app_label": "organisation"})},
        )  # fmt: skip
    apps.all_models["organisation"].pop("loose", None)
    apps.clear_cache()


def test_a_migration_knows_nothing_of_shapes():
    field = SealedField(owner="id", shape=Reach, compartment=Compartment.CONTENT)
    assert "shape" not in field.deconstruct()[3]


@pytest.mark.django_db
def test_nothing_of_another_shape_is_sealed_or_read():
    person, writer = Person(given="Ada", family="Lund"), _register()
    for value in ("ada@example.se", {"email": "ada@example.se"}, Reach("ada@example.se"), None):
        with pytest.raises(TypeError, match="contact holds Contact, not"):
            writer.seal(person, "contact", value)
    writer.seal(person, "contact", PersonContact("ada@example.se"))
    with pytest.raises(TypeError, match="contact holds Contact, not str"):
        writer.read(person, "contact", str)
    assert writer.read(person, "contact", PersonContact) == PersonContact("ada@example.se")


@pytest.mark.django_db
def test_where_nothing_was_sealed_nothing_is_said():
    assert _register().read(Person(), "contact", PersonContact) == PersonContact()


def _register():
    from varna.foundation.keys.store import keystore
    from varna.foundation.vault import owners

    keys = keystore().ensure(owners.REGISTER, [Compartment.PROTECTION])
    return vault.Handle(owners.REGISTER, keys, frozenset({Compartment.PROTECTION}))

"""A demonstration municipality: wholly invented people in bodies of a real shape.

Made from a fixed seed: the same every time, and made again it changes nothing. Its mandate began
two years ago, whatever day it is, so that there is something behind and something ahead.
"""

import datetime as dt
import random
import uuid
from dataclasses import dataclass, field

from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import deed, leave, let, unchanged
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault
from varna.organisation.models import (
    Administration,
    Assignment,
    Body,
    MandatePeriod,
    Party,
    Person,
    Vouching,
)
from varna.organisation.queries import token
from varna.organisation.rules.names import fold, name_key, sort_key
from varna.organisation.rules.periods import Period
from varna.organisation.rules.roles import BodyKind, read_role
from varna.organisation.sealed import Contact


SEED = 2026
SPACE = uuid.UUID("6f0d5c1e-52a5-5f0e-9c57-0a5e1d3f7b20")
MEMBERS, DEPUTIES = 61, 34
PROTECTED = 4
DRAWN_FOR = 2026  # the election year of the days below, before they are moved
COUNCIL = Period(dt.date(2026, 10, 15), dt.date(2030, 10, 14))
# The council has let the boards begin when they were elected (kommunallagen 6:18, 6:19) …
BOARDS = Period(dt.date(2026, 11, 16), dt.date(2030, 12, 31))
# … but for two that follow the calendar, so that the old ones sit the year out.
CALENDAR = Period(dt.date(2027, 1, 1), dt.date(2030, 12, 31))
CALENDAR_BEFORE = Period(dt.date(2023, 1, 1), dt.date(2026, 12, 31))
COMPANIES_SIT = Period(dt.date(2023, 5, 10), dt.date(2027, 5, 12))
EMPLOYED = Period(dt.date(2026, 10, 15), dt.date(2030, 10, 14))

PARTIES = {
    "Mittenlistan": 17,
    "Framåtpartiet": 14,
    "Folkets röst i Exempelstad": 9,
    "Gröna handen": 6,
    "Landsbygdslistan": 5,
    "Rättvis kommun": 4,
    "Fria väljare": 3,
    "Skärgårdens väl": 2,
    "Ung i Exempelstad": 1,
}
CHANCELLERY = "Stadsledningskontoret"
BOARD_NAMES = {
    "Kommunstyrelsen": CHANCELLERY,
    "Valnämnden": CHANCELLERY,
    "Överförmyndarnämnden": CHANCELLERY,
    "Äldrenämnden": "Vård- och omsorgsförvaltningen",
    "Nämnden för personer med funktionsnedsättning": "Vård- och omsorgsförvaltningen",
    "Kulturnämnden": "Kultur- och fritidsförvaltningen",
    "Förskolenämnden": "Barn- och utbildningsförvaltningen",
    "Grundskolenämnden": "Barn- och utbildningsförvaltningen",
    "Utbildningsnämnden": "Barn- och utbildningsförvaltningen",
    "Fastighetsnämnden": "Teknik- och fastighetsförvaltningen",
    "Byggnadsnämnden": "Stadsbyggnadsförvaltningen",
    "Miljö- och konsumentnämnden": "Miljöförvaltningen",
    "Arbetsmarknadsnämnden": "Arbetsmarknads- och socialförvaltningen",
    "Norrskogens kommundelsnämnd": "Kultur- och fritidsförvaltningen",
}
ON_THE_CALENDAR = {"Valnämnden", "Överförmyndarnämnden"}
COMMITTEES = ("Kommunstyrelsens arbetsutskott", "Byggnadsnämndens arbetsutskott")
PREPARATORY = ("Demokratiberedningen", "Valberedningen")
COMPANIES = (
    "Exempelstads Bostäder AB",
    "Exempelstads Energi AB",
    "Exempelstads Hamn AB",
    "Exempelstads Stadshus AB",
)
_GIVEN = (
    "Agda Albin Alma Alvar Asta Axel Barbro Bertil Birk Björn Britta Cajsa Dagny David Disa Ebba "
    "Edit Einar Elin Elis Elsa Embla Erland Ester Fanny Filippa Folke Freja Frida Gerd Greta "
    "Gunnar Gustav Hanna Harald Hedda Hilda Hjalmar Hugo Ida Inga Ingrid Isak Ivar Jakob Jonna "
    "Judit Kaj Karin Klara Knut Lage Lea Leo Linnea Lo Lovisa Maj Malte Märta Nils Nora Olle "
    "Oskar Otto Pia Rut Saga Selma Signe Sigrid Siv Sixten Sofia Sten Stina Svea Sven Tage Thea "
    "Tilda Tor Tove Tyra Ulla Uno Vega Vera Vidar Viggo Viola Ville Ylva Åke Åsa Ärla Örjan"
)
_FAMILY = (
    "Ahlbäck Alfors Askdal Backlycke Barkhage Bergtorp Bjälkvik Blåklint Boklund Brantås Dalmark "
    "Ekhammar Eldmyr Enbuske Fagersjö Falkträsk Fjällhed Flodén Furulid Granrot Grusvall Gråhed "
    "Hagtorn Hassellid Havrelind Hedmyr Hjortås Humleryd Häggdal Isberga Kallkälla Klöverlid "
    "Kornäng Kråkhult Lavskog Lillåker Lingonhed Ljungvik Lövdunge Mossfjord Myrbacken Månskär "
    "Nordhage Nyponlid Näverås Odenlycka Parkhammar Pilvret Ramsdunge Ripfjäll Rosenkulla Råglöt "
    "Rönnhed Sandrevel Silverdunge Skogstjärn Slånbär Snöfjord Starrmyr Stenhagel Strandrot "
    "Svartmossa Sälgvik Tallrot Timotejus Tranmyr Tuvull Törnhed Ulvskog Utterström Vallbuske "
    "Videgren Vinterås Vassrot Åkervinda Ålvret Ängskulla Ärtlycka Ödetorp Örtkulla Östhed"
)
GIVEN, FAMILY = _GIVEN.split(), _FAMILY.split()


def _id(*parts: str) -> uuid.UUID:
    return uuid.uuid5(SPACE, "/".join(parts))


@dataclass(slots=True)
class _Town:
    """Everything that will be written, by kind."""

    dice: random.Random
    people: list[Person] = field(default_factory=list)
    parties: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)  # by person
    bodies: list[Body] = field(default_factory=list)
    periods: list[MandatePeriod] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def person(self, party: str = "") -> Person:
        while True:
            given, family = self.dice.choice(GIVEN), self.dice.choice(FAMILY)
            key = name_key(given, family)
            if key not in self.names:
                break
        self.names.add(key)
        made = Person(
            id=_id("person", str(len(self.people))),
            external=f"demo-{len(self.people):04}",
            given=given,
            family=family,
            name_key=key,
            sort_key=sort_key(given, family),
        )
        self.people.append(made)
        if party:
            self.parties[made.pk] = _id("party", party)
        return made

    def body(self, name: str, kind: BodyKind, period: Period, administration: str = "") -> Body:
        made = Body(
            id=_id("body", name),
            name=name,
            name_key=fold(name),
            kind=kind.value,
            administration_id=_id("administration", administration) if administration else None,
        )
        self.bodies.append(made)
        self.periods.append(
            MandatePeriod(
                id=_id("period", name, str(period.starts_on)),
                body=made,
                starts_on=period.starts_on,
                ends_on=period.ends_on,
            )
        )
        return made

    def sit(self, person: Person, body: Body, role: str, period: Period) -> None:
        read = read_role(role, BodyKind(body.kind))
        self.assignments.append(
            Assignment(
                id=_id("seat", str(person.pk), str(body.pk), role, str(period.starts_on)),
                person=person,
                body=body,
                party_id=self.parties.get(person.pk),
                role=role,
                role_key=fold(role),
                group=read.group or "",
                position=read.position or "",
                full_time=read.full_time,
                starts_on=period.starts_on,
                ends_on=period.ends_on,
            )
        )

    def fill_seats(
        self, body: Body, people: list[Person], members: int, deputies: int, period: Period
    ) -> None:
        """A chair, two vice chairs, members and deputies, drawn from these people."""
        drawn = self.dice.sample(people, members + deputies)
        roles = ["Ledamot och ordförande", "Ledamot och 1:e vice ordförande"]
        roles += ["Ledamot och 2:e vice ordförande"] if members > 5 else []
        roles += ["Ledamot"] * (members - len(roles)) + ["Ersättare"] * deputies
        for person, role in zip(drawn, roles, strict=True):
            self.sit(person, body, role, period)


def _town() -> _Town:
    town = _Town(random.Random(SEED))  # noqa: S311 (invented people, not secrets)
    council = _council(town)
    others = [town.person(town.dice.choice(list(PARTIES))) for _ in range(168)]
    _boards(town, council, others)
    _companies_and_audit(town, council, others)
    _employed(town)
    for person in town.dice.sample(others + council, PROTECTED):
        person.protected = True
    return town


def _council(town: _Town) -> list[Person]:
    body = town.body("Kommunfullmäktige", BodyKind.COUNCIL, COUNCIL, CHANCELLERY)
    members = [town.person(party) for party, seats in PARTIES.items() for _ in range(seats)]
    deputies = [town.person(party) for party in ([*PARTIES] * 4)[:DEPUTIES]]
    for number, person in enumerate(members):
        role = {0: "Ledamot och ordförande", 20: "Ledamot och 1:e vice ordförande"}
        town.sit(person, body, role.get(number, "Ledamot"), COUNCIL)
    for person in deputies:
        town.sit(person, body, "Ersättare", COUNCIL)
    executives = town.body("Kommunalråd", BodyKind.OTHER, COUNCIL, CHANCELLERY)
    for person in members[:4]:
        town.sit(person, executives, "Kommunalråd", COUNCIL)
    for person in members[17:20]:
        town.sit(person, executives, "Oppositionsråd", COUNCIL)
    return members + deputies


def _boards(town: _Town, council: list[Person], others: list[Person]) -> None:
    waiting = list(others)
    for name, administration in BOARD_NAMES.items():
        kind = BodyKind.EXECUTIVE if name == "Kommunstyrelsen" else BodyKind.BOARD
        period = CALENDAR if name in ON_THE_CALENDAR else BOARDS
        body = town.body(name, kind, period, administration)
        size = 15 if kind is BodyKind.EXECUTIVE else 11
        # Half from the council, half from those who have no other assignment yet.
        fresh, waiting = waiting[: size + 1], waiting[size + 1 :]
        pool = [*town.dice.sample(council, size), *(fresh or others[:size])]
        pool += [p for p in town.dice.sample(others, size) if p not in pool]
        drawn = [*fresh, *(p for p in pool if p not in fresh)][: 2 * size]
        town.fill_seats(body, drawn, size, size, period)
        if name in ON_THE_CALENDAR:
            town.fill_seats(body, town.dice.sample(council, 14), 7, 7, CALENDAR_BEFORE)
            town.periods.append(_before(body))
    for name in COMMITTEES:
        body = town.body(name, BodyKind.COMMITTEE, BOARDS, CHANCELLERY)
        town.fill_seats(body, council[:40], 7, 7, BOARDS)
    for name in PREPARATORY:
        body = town.body(name, BodyKind.PREPARATORY, COUNCIL, CHANCELLERY)
        town.fill_seats(body, council, 9, 4, COUNCIL)


def _before(body: Body) -> MandatePeriod:
    first = CALENDAR_BEFORE.starts_on
    return MandatePeriod(
        id=_id("period", body.name, str(first)),
        body=body,
        starts_on=first,
        ends_on=CALENDAR_BEFORE.ends_on,
    )


def _companies_and_audit(town: _Town, council: list[Person], others: list[Person]) -> None:
    audit_body = town.body("Kommunrevisionen", BodyKind.AUDIT, CALENDAR_BEFORE)
    auditors = [town.person() for _ in range(9)]
    for person in auditors:
        town.sit(person, audit_body, "Revisor", COUNCIL)
    for number, name in enumerate(COMPANIES):
        body = town.body(name, BodyKind.COMPANY, COMPANIES_SIT)
        pool = council[20:] + others
        drawn = town.dice.sample(pool, 9)
        for person, role in zip(
            drawn, ["Ledamot och ordförande", *["Ledamot"] * 6, *["Suppleant"] * 2], strict=True
        ):
            town.sit(person, body, role, COMPANIES_SIT)
        town.sit(auditors[number], body, "Lekmannarevisor", COMPANIES_SIT)
    weddings = town.body("Vigselförrättare", BodyKind.OTHER, COUNCIL)
    for person in town.dice.sample(others, 6):
        town.sit(person, weddings, "Vigselförrättare", COUNCIL)


def _employed(town: _Town) -> None:
    """Political secretaries, one a party, and a secretary for every board."""
    offices = town.body("Partikanslierna", BodyKind.OTHER, EMPLOYED)
    for party in PARTIES:
        town.sit(town.person(party), offices, "Politisk sekreterare", EMPLOYED)
    for body in [body for body in town.bodies if body.name in BOARD_NAMES]:
        town.sit(town.person(), body, "Nämndsekreterare", EMPLOYED)


def election_year(at: dt.datetime) -> int:
    """The year of the election that the demonstration's mandate follows."""
    return at.year - 2


def _move(town: _Town, years: int) -> None:
    """To the demonstration's own mandate; companies sit as they did."""
    rows: list[MandatePeriod | Assignment] = [*town.periods, *town.assignments]
    for row in rows:
        if row.starts_on and row.ends_on and row.starts_on != COMPANIES_SIT.starts_on:
            row.starts_on = row.starts_on.replace(year=row.starts_on.year + years)
            row.ends_on = row.ends_on.replace(year=row.ends_on.year + years)


def _days(at: dt.datetime) -> list[dt.date]:
    """Somebody goes through it each spring and each autumn."""
    years = range(election_year(at), at.year + 1)
    days = [dt.date(year, month, 20) for year in years for month in (2, 5, 8, 11)]
    return [day for day in days if day < clock.day_of(at)]


@deed("register.demonstration_filled")
def fill(*, by: Actor, at: dt.datetime) -> None:
    """Write the demonstration municipality; what is already there stays as it is."""
    let(bool(by.system))
    town = _town()
    _move(town, election_year(at) - DRAWN_FOR)
    named, writer = token(), vault.writer(owners.REGISTER, Compartment.PROTECTION)
    for number, person in enumerate(town.people):
        email = f"{person.external}@exempelstad.example"
        phone = f"070-174 06 {5 + number % 95:02}"  # a series that nobody is given
        writer.seal(person, "contact", Contact(email, phone))
        person.email_token, person.phone_token = named(email), named(phone)
    Party.unscoped.bulk_create(
        [Party(id=_id("party", name), name=name, name_key=fold(name)) for name in PARTIES],
        ignore_conflicts=True,
    )
    Administration.unscoped.bulk_create(
        [
            Administration(id=_id("administration", name), name=name, name_key=fold(name))
            for name in sorted(set(BOARD_NAMES.values()))
        ],
        ignore_conflicts=True,
    )
    Vouching.unscoped.bulk_create(
        [Vouching(id=_id("vouched", str(day)), on=day, noted_by=by.reference) for day in _days(at)],
        ignore_conflicts=True,
    )
    for body in town.bodies:
        body.said_on, body.said_by = clock.day_of(at), by.reference
    there = Person.unscoped.filter(pk=town.people[0].pk).exists()
    Body.unscoped.bulk_create(town.bodies, ignore_conflicts=True)
    MandatePeriod.unscoped.bulk_create(town.periods, ignore_conflicts=True)
    Person.unscoped.bulk_create(town.people, ignore_conflicts=True)
    Assignment.unscoped.bulk_create(town.assignments, ignore_conflicts=True)
    if there:
        unchanged()
    else:
        leave(
            "register.demonstration_filled",
            people=len(town.people),
            assignments=len(town.assignments),
        )

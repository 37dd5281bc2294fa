"""Some twenty invented cases in all states, so that every page has something to show.

Made through the deeds that people use, with the clock moved back; made again it changes nothing.
"""

import datetime as dt
import random
from dataclasses import dataclass

from varna.cases.actions import circle, closing, judging, talking
from varna.cases.models import Case
from varna.cases.queries import is_empty, latest_assessment
from varna.cases.rules.counting import Whom
from varna.cases.rules.judging import Level
from varna.cases.rules.steps import State, Waits
from varna.cases.sealed import Observation
from varna.foundation import clock
from varna.foundation.access.rules import GrantReason
from varna.foundation.accounts.actions import actor_of
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.queries import scopes_of
from varna.foundation.accounts.rules import Actor, Role, Strength
from varna.intake import actions as intake
from varna.organisation.models import Person
from varna.organisation.queries import some_people
from varna.reports import actions as reports
from varna.reports.models import Report
from varna.reports.receipts import new_token, receipt_for
from varna.reports.rules import Consent, Lane, Reason
from varna.reports.sealed import Answers, Contact
from varna.support import actions as supporting
from varna.support.rules import SUPPORT, MeasureClass, MeasureState
from varna.support.sealed import PoliceReport


@dataclass(frozen=True, slots=True)
class Story:
    """One invented case. `until` is how far it has come."""

    label: str
    happened: str
    when: str
    days_ago: int
    until: str
    level: int = 1
    kinds: tuple[str, ...] = ("unsure",)
    channels: tuple[str, ...] = ("email",)
    worry: int = 4


STORIES = (
    Story("Brev om skolan", "Ett anonymt brev med hot om att jag ska ångra beslutet om skolan.",
          "i tisdags", 2, "opened", 2, ("threat",), ("letter",), 7),
    Story("Mejl om bygglov", "Fjärde mejlet på en vecka om att jag kommer att ångra mig.",
          "i natt", 3, "assigned", 1, ("harassment",), ("email",), 5),
    Story("Man utanför hemmet", "En man stod utanför vårt hus två kvällar i rad och filmade.",
          "i helgen", 6, "assessed", 3, ("harassment",), ("home_visit",), 9),
    Story("Kommentarer på sociala medier", "Hundratals kommentarer efter mötet, några hotfulla.",
          "efter mötet", 9, "measures", 2, ("harassment", "threat"), ("social_media",), 6),
    Story("Erbjudande före beslut", "En företagare erbjöd en resa om jag röstade som han ville.",
          "för två veckor sedan", 16, "measures", 1, ("corruption",), ("meeting",), 3),
    Story("Telefonsamtal på kvällen", "Någon ringer och andas, ibland säger han mitt barns namn.",
          "flera gånger sedan i maj", 20, "waiting", 2, ("threat",), ("phone",), 8),
    Story("Sönderslagen ruta", "Rutan på bilen var krossad och en lapp låg på sätet.",
          "natten mot lördag", 24, "waiting", 3, ("violence",), ("home_visit",), 9),
    Story("Hot mot ordföranden", "Ropade att hon inte skulle komma levande hem.",
          "på torget", 12, "second", 4, ("threat",), ("street",), 10),
    Story("Falsk profil", "Någon har gjort en profil i mitt namn och skriver till folk.",
          "förra veckan", 31, "follow_up", 1, ("harassment",), ("social_media",), 4),
    Story("Paket utan avsändare", "Ett paket med något illaluktande kom till gruppkansliet.",
          "i måndags", 38, "follow_up", 2, ("harassment",), ("letter",), 5),
    Story("Upprepade samtal till nämnden", "Samma person ringer alla i nämnden och skriker.",
          "hela hösten", 45, "follow_up", 1, ("harassment",), ("phone",), 4),
    Story("Hotfullt möte", "Två personer blev kvar efter mötet och ställde sig i vägen.",
          "i förra månaden", 60, "closed", 1, ("harassment",), ("meeting",), 5),
    Story("Kampanj efter beslut", "Uppmaning på ett forum att kontakta mig hemma.",
          "i somras", 75, "closed", 2, ("harassment",), ("public_text",), 7),
    Story("Utpressning", "De säger att de har bilder och vill att jag ändrar mig.",
          "i våras", 110, "closed", 2, ("extortion",), ("text_message",), 8),
    Story("Knuff på tåget", "Någon knuffade mig och sade mitt namn.",
          "i mars", 160, "checked", 2, ("violence",), ("street",), 6),
    Story("Hatiska vykort", "Vykort med hat mot min bakgrund.",
          "i vintras", 200, "checked", 1, ("harassment",), ("letter",), 5),
    Story("Återkommande hot", "Han har börjat igen efter att det var lugnt.",
          "sedan i går", 90, "reopened", 2, ("threat",), ("email",), 7),
    Story("Oro inför stängt möte", "Vi väntar protester och några har skrivit hotfullt.",
          "nästa vecka", 4, "assessed", 1, ("unsure",), ("email",), 6),
    Story("Besök på kontoret", "En person vägrade gå och slog i disken.",
          "i dag", 1, "assigned", 2, ("threat",), ("meeting",), 6),
    Story("Mejlbombning", "Flera hundra mejl med samma text till hela nämnden.",
          "på morgonen", 5, "measures", 1, ("harassment",), ("email",), 3),
)  # fmt: skip
WAITING_REPORTS = (
    ("Det kom ett nytt brev i dag med samma handstil.", "i dag"),
    ("Jag vet inte om det är något, men han skriver varje kväll.", "de senaste veckorna"),
    ("Någon hade skrivit mitt namn på busskuren.", "i morse"),
)


def fill(*, by: Actor, at: dt.datetime) -> None:
    """Fill an installation that has no case yet; handlers and people are there already."""
    if not is_empty():
        return
    handlers = _accounts(Role.HANDLER, at=at)
    lead = _accounts(Role.LEAD, at=at)[0]
    chance = random.Random(20_26)  # noqa: S311 (the demonstration is the same every time)
    people = some_people(60)
    for number, story in enumerate(STORIES):
        person = chance.choice(people)
        teller = _Teller(story, handlers[number % len(handlers)], lead, person, at)
        teller.tell(by=by)
    for number, (happened, when) in enumerate(WAITING_REPORTS):
        _report(happened, when, by=by, at=at - dt.timedelta(hours=3 * number + 1))
    flood = _report("Samma text som alla andra.", "nu", by=by, at=at, lane=Lane.QUARANTINE)
    empty = _report("test", "nu", by=by, at=at - dt.timedelta(days=8))
    reports.set_aside(empty, Reason.TEST, by=_acting(lead, at), at=at)
    official = _accounts(Role.OFFICIAL, at=at)
    if official:
        _report("Ett mejl som jag vill att ni ser.", "i går", by=_acting(official[0], at), at=at)
    assert flood.lane == Lane.QUARANTINE  # noqa: S101 (the desk shows how many)


def _accounts(role: Role, *, at: dt.datetime) -> list[Account]:
    held = Account.objects.in_force().filter(role_grants__role=role, role_grants__since__lte=at)
    return list(held.distinct().order_by("email"))


def _acting(account: Account, at: dt.datetime) -> Actor:
    return actor_of(account, strength=Strength.STRONG, at=at)


def _report(
    happened: str,
    when: str,
    *,
    by: Actor,
    at: dt.datetime,
    lane: Lane = Lane.NORMAL,
    story: Story | None = None,
) -> Report:
    receipt = receipt_for(new_token())
    assert receipt is not None  # noqa: S101 (we made the token)
    told = reports.Told(
        content=Answers(
            happened=happened,
            when=when,
            kinds=story.kinds if story else (),
            channels=story.channels if story else (),
            worry=story.worry if story else None,
        ),
        contact=Contact(reach="code"),
        consents=[Consent.POLICE, Consent.LEARNING],
        lane=lane,
    )
    return reports.submit(told, receipt, by=by, at=at)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells one story through the deeds, day by day, as far as it goes."""

    story: Story
    handler: Account
    lead: Account
    person: Person
    now: dt.datetime

    def tell(self, *, by: Actor) -> None:
        story = self.story
        start = self.now - dt.timedelta(days=story.days_ago)
        report = _report(
            story.happened,
            story.when,
            by=by,
            at=start,
            story=story,
        )
        lead = _acting(self.lead, self.now)
        opening = intake.Opening(
            label=story.label,
            reason="Ryms i planen.",
            exposed_name=self.person.name,
            exposed_role="ledamot",
            whom=Whom.TARGET,
        )
        handler = None if story.until == "opened" else self.handler
        case = intake.open_case(
            opening, handler=handler, by=lead, at=start + dt.timedelta(hours=2), report=report
        )
        if story.until not in {"opened", "assigned"}:
            self._handle(case, report, start)

    def _handle(self, case: Case, report: Report, start: dt.datetime) -> None:
        by = _acting(self.handler, self.now)
        day = dt.timedelta(days=1)
        self._assess(case, by=by, at=start + day)
        if self.story.until == "assessed":
            return
        if self.story.until != "second" and self.story.level >= Level.SERIOUS:
            self._second(case, at=start + day)
        if self.story.until == "second":
            return
        talking.answer(case, report, "Tack för att du berättade. Vi har börjat arbeta med det.",
                       by=by, at=start + 2 * day)  # fmt: skip
        self._measures(case, by=by, at=start + 2 * day)
        self._later(case, by=by, at=start + 5 * day)

    def _assess(self, case: Case, *, by: Actor, at: dt.datetime) -> None:
        review = clock.day_of(self.now) + dt.timedelta(days=7 + self.story.level)
        judgement = judging.Judgement(
            level=Level(self.story.level),
            overall="Bedömningen vilar på det som anmälts; avsändaren är inte känd.",
            took_part="Handläggaren och en kollega",
            review_on=review,
            observations={
                "several_receive": Observation("no"),
                "worried": Observation("yes", "Enligt anmälan."),
            },
            questions={"violence": "Inget tyder på det just nu.", "persistence": "Troligen."},
        )
        judging.assess(case, judgement, by=by, at=at)
        judging.classify(
            case,
            {
                "kinds": ",".join(self.story.kinds), "channels": ",".join(self.story.channels),
                "event_group": "b" if "violence" in self.story.kinds else "a",
                "influence": "yes", "repeated": "unknown",
            },
            by=by, at=at,
        )  # fmt: skip

    def _second(self, case: Case, *, at: dt.datetime) -> None:
        assessment = latest_assessment(case)
        if assessment is not None:
            by = _acting(self.lead, self.now)
            judging.second(case, assessment, agrees=True, words="Samma bild.", by=by, at=at)

    def _measures(self, case: Case, *, by: Actor, at: dt.datetime) -> None:
        due = clock.day_of(self.now) + dt.timedelta(days=10)
        for measure_class, code, task in (
            (MeasureClass.PERSONAL, "contact_person", ""),
            (MeasureClass.MEETING, "seating", "Byt plats för nästa sammanträde."),
        ):
            decision = supporting.Decision(
                measure_class=measure_class,
                what="",
                reason="Personen är orolig.",
                consent="given",
                code=code,
                task=task,
                owner=self.handler.pk,
                due_on=due,
                offered_on=clock.day_of(at) if measure_class in SUPPORT else None,
                answer="yes" if measure_class in SUPPORT else "",
            )
            measure = supporting.decide_measure(case, decision, by=by, at=at)
            if self.story.until not in {"measures", "waiting"}:
                supporting.move_measure(
                    measure,
                    MeasureState.DONE,
                    by=by,
                    at=at + dt.timedelta(days=2),
                    on=clock.day_of(at) + dt.timedelta(days=2),
                    effect="better",
                )
        talking.note(case, "Ringde och stämde av. Lugnare nu.", private=False, by=by, at=at)

    def _later(self, case: Case, *, by: Actor, at: dt.datetime) -> None:
        until = self.story.until
        if until == "waiting":
            self._wait(case, by=by, at=at)
        elif until == "follow_up":
            closing.step(case, State.FOLLOW_UP, by=by, at=at)
        elif until in {"closed", "checked", "reopened"}:
            self._close(case, by=by, at=at)

    def _wait(self, case: Case, *, by: Actor, at: dt.datetime) -> None:
        said = PoliceReport(
            reported_on=clock.day_of(at).isoformat(),
            reported_by="kommunen",
            number="5000-K000-26",
            protected="yes",
        )
        remind = clock.day_of(self.now) + dt.timedelta(days=3)
        supporting.note_police(case, said, remind_on=remind, by=by, at=at)
        supporting.offer_health(case, "accepted", by=by, at=at)
        talking.wait_for(case, Waits.POLICE, by=by, at=at)
        contacts = _accounts(Role.CONTACT, at=self.now)
        if contacts:
            until = self.now + dt.timedelta(days=30)
            scopes = scopes_of(contacts[0], at=self.now)
            if scopes:
                circle.share(case, contacts[0], bodies=scopes, by=by, at=at, until=until)
        circle.add(case, self.lead, reason=GrantReason.SECOND, by=by, at=at)

    def _close(self, case: Case, *, by: Actor, at: dt.datetime) -> None:
        ending = closing.Ending(
            done="Kontaktperson, samtal och genomgång av mötet.",
            helped="Att någon ringde samma dag.",
            content="yes",
            told="Din anmälan ledde till en kontaktperson och till att mötet flyttades.",
            lesson="Ett tidigt samtal lugnar mer än många åtgärder senare.",
        )
        closing.close(case, ending, by=by, at=at)
        if self.story.until == "checked":
            later = min(at + dt.timedelta(days=92), self.now)
            closing.check_afterwards(case, "Lugnt sedan dess.", by=by, at=later)
        if self.story.until == "reopened":
            again = self.now - dt.timedelta(days=1)
            closing.step(case, State.UNDER_WAY, by=by, at=again, reason="Det har börjat igen.")

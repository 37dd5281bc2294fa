"""Reports, cases, accounts and persons moved about in any order, beside a naive model of who may
see what, written from security.md §3 and not from the code.
"""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import world as worlds
from varna.cases.actions import assigning, circle, disposal, judging
from varna.cases.models import Case
from varna.cases.rules.counting import Whom
from varna.cases.rules.judging import Level
from varna.foundation import clock
from varna.foundation.access import actions as access
from varna.foundation.access import queries
from varna.foundation.access.rules import GrantReason
from varna.foundation.accounts import actions as accounts
from varna.foundation.accounts.actions import actor_of
from varna.foundation.accounts.models import Account, RoleGrant
from varna.foundation.accounts.rules import ANONYMOUS, Role, Strength, system
from varna.foundation.deeds import Forbidden, WhyNot
from varna.foundation.keys.file import KeysMissingError
from varna.foundation.keys.rules import Compartment
from varna.intake import actions as intake
from varna.reports import actions as reports
from varna.reports.models import Report
from varna.reports.receipts import new_token, receipt_for
from varna.reports.sealed import Answers, Contact


@dataclass
class Somebody:
    """What the model knows of an account."""

    roles: set
    on_duty: bool = True
    active: bool = True
    person: int | None = None


@dataclass(eq=False)
class Thing:
    """A report or a case. `kept` are accounts and persons who must not handle it."""

    kept: set = field(default_factory=set)
    case: int | None = None  # a report's
    assigned: dict = field(default_factory=dict)  # a case's: who, and whether they took it
    handler: int | None = None


class Model:
    """Who may see what, from the rules as they are written for people."""

    def __init__(self, people):
        self.people = people
        self.reports, self.cases = [], []

    def names_of(self, who):
        """An account with its person, or a person, with every account of that person."""
        kind, number = who
        person = number if kind == "person" else self.people[number].person
        same = {("account", n) for n, one in enumerate(self.people)
                if person is not None and one.person == person}  # fmt: skip
        return same | {who} | ({("person", person)} if person is not None else set())

    def keep_out(self, thing, who):
        thing.kept |= self.names_of(who)
        for number, case in enumerate(self.cases):
            if thing is case or thing.case == number:
                self.tidy(number)

    def family(self, thing):
        """A case and all its reports are one."""
        root = self.cases.index(thing) if thing in self.cases else thing.case
        if root is None:
            return [thing]
        return [self.cases[root], *(one for one in self.reports if one.case == root)]

    def is_kept_out(self, number, thing):
        names = {("account", number), ("person", self.people[number].person)}
        return any(names & one.kept for one in self.family(thing))

    def link(self, number, person):
        self.people[number].person = person
        known = {("account", number), ("person", person)}
        for thing in [*self.reports, *self.cases]:
            if known & thing.kept:
                thing.kept |= known | self.names_of(("person", person))
        for case in range(len(self.cases)):
            self.tidy(case, leaves_handler=True)

    def tidy(self, case, *, leaves_handler=False):
        """Whoever is kept out holds nothing any more."""
        thing = self.cases[case]
        for number in [n for n in thing.assigned if self.is_kept_out(n, thing)]:
            del thing.assigned[number]
            if thing.handler == number and not leaves_handler:
                thing.handler = None

    def are_one(self, one, other):
        """The same account, or two of one person."""
        mine = self.people[one].person
        return one == other or (mine is not None and mine == self.people[other].person)

    def works(self, number):
        return bool(self.people[number].roles & {Role.HANDLER, Role.LEAD})

    def appoint(self, number, role):
        if not self.works(number):  # what an earlier role had opened stays closed
            for whole in self.cases:
                whole.assigned.pop(number, None)
        one = self.people[number]
        one.roles.add(role)
        one.on_duty = one.on_duty if role is Role.LEAD else True

    def receives(self, number, thing):
        """By role: every lead; and whoever is on duty, a report in no case."""
        one = self.people[number]
        if self.is_kept_out(number, thing):
            return False
        duty = Role.HANDLER in one.roles and one.on_duty and thing in self.reports
        return Role.LEAD in one.roles or duty

    def sees_report(self, number, thing):
        return thing.case is None and self.receives(number, thing)

    def sees_case(self, number, thing):
        given = number in thing.assigned and self.works(number)
        return self.receives(number, thing) or (given and not self.is_kept_out(number, thing))

    def reads_health(self, number, thing):
        given = number in thing.assigned and self.works(number)
        return given and not thing.assigned[number] and not self.is_kept_out(number, thing)

    def without_reader(self):
        loose = [one for one in self.reports if one.case is None]
        active = [n for n, one in enumerate(self.people) if one.active]
        return [
            *(one for one in loose if not any(self.sees_report(n, one) for n in active)),
            *(one for one in self.cases if not any(self.sees_case(n, one) for n in active)),
        ]


ROLES = [{Role.HANDLER}, {Role.HANDLER}, {Role.HANDLER}, {Role.LEAD}, {Role.OFFICIAL}]
PEOPLE = st.integers(0, len(ROLES) - 1)
PERSONS = st.integers(0, 1)
ANY = st.integers(0, 5)
ACTORS = st.integers(0, 11)
MOST_CASES = 3
OPENING = intake.Opening(label="", reason="")
BEGAN = clock.now()


class Moves(RuleBasedStateMachine):
    """Every deed is tried by anybody; what it changes, the model changes too, if it was allowed."""

    steps = 0

    def __init__(self):
        super().__init__()
        self.was = transaction.savepoint()
        self.at = BEGAN
        self.shredded = self.changed = False
        self.persons = [uuid.uuid4() for _ in range(2)]
        self.rows = {"reports": [], "cases": []}

    def teardown(self):
        transaction.savepoint_rollback(self.was)

    @initialize(persons=st.tuples(*[st.none() | PERSONS] * len(ROLES)))
    def people(self, persons):
        """Some are somebody in the register from the beginning, and some of them the same."""
        self.accounts = []
        for number, roles in enumerate(ROLES):
            account = accounts.open_account(
                email=f"{uuid.uuid4().hex}@example.se", name=str(number), **self.system()
            )
            for role in roles:
                access.appoint(account, role, **self.system())
            self.accounts.append(account)
        self.model = Model([Somebody(set(roles)) for roles in ROLES])
        for who, person in enumerate(persons):
            if person is not None:
                access.link_person(self.account(who), self.persons[person], **self.system())
                self.model.link(who, person)

    # ── who does it, and to what ──────────────────────────────────────────────────────────────
    def system(self):
        return {"by": system("tests"), "at": self.at}

    def actor(self, number):
        account = Account.objects.get(pk=self.accounts[number].pk)
        return actor_of(account, strength=Strength.STRONG, at=self.at)

    def by(self, number):
        return {"by": self.actor(number), "at": self.at}

    def account(self, number):
        return Account.objects.get(pk=self.accounts[number].pk)

    def report(self, number):
        number %= len(self.rows["reports"])
        row = Report.unscoped.get(pk=self.rows["reports"][number])
        return row, self.model.reports[number]

    def case(self, number):
        number %= len(self.rows["cases"])
        return Case.unscoped.get(pk=self.rows["cases"][number]), self.model.cases[number], number

    def somebody(self, number, sees, *things):
        """Mostly somebody who sees it, so that things happen; now and then anybody."""
        seeing = [n for n in range(len(ROLES)) if all(sees(n, one) for one in things)]
        return seeing[number % len(seeing)] if seeing and number < 10 else number % len(ROLES)

    def tried(self, may, deed):
        """Do it, and see that it was done just when the model lets it be."""
        Moves.steps += 1
        self.at += dt.timedelta(seconds=1)
        was, refused = transaction.savepoint(), False
        try:
            done = deed()
        except KeysMissingError:
            transaction.savepoint_rollback(was)
            assert self.shredded, "only what is destroyed has no keys"
            return None
        except (Forbidden, WhyNot):
            transaction.savepoint_rollback(was)
            refused = True
        if refused:
            assert not may, "refused, to somebody who may"
            return None
        assert may, "done by somebody who may not"
        self.changed = True
        return done if done is not None else True

    some_reports = precondition(lambda self: self.rows["reports"])
    some_cases = precondition(lambda self: self.rows["cases"])
    some_of_both = precondition(lambda self: self.rows["reports"] and self.rows["cases"])

    # ── reports ───────────────────────────────────────────────────────────────────────────────
    @precondition(lambda self: len(self.rows["reports"]) < 4)
    @rule(sender=st.none() | PEOPLE)
    def report_something(self, sender):
        told = reports.Told(content=Answers("Ord", ""), contact=Contact("code"), pointed_out="X")
        receipt = receipt_for(new_token())
        by = ANONYMOUS if sender is None else self.actor(sender)
        row = self.tried(True, lambda: reports.submit(told, receipt, by=by, at=self.at))
        self.rows["reports"].append(row.pk)
        thing = Thing()
        self.model.reports.append(thing)
        if sender is not None:
            self.model.keep_out(thing, ("account", sender))

    @some_reports
    @rule(who=ACTORS, which=ANY)
    def declare_at_report(self, who, which):
        row, thing = self.report(which)
        who = self.somebody(who, self.model.sees_report, thing)
        may = self.model.sees_report(who, thing)
        if self.tried(
            may, lambda: reports.declare_conflict(row, self.account(who), **self.by(who))
        ):
            self.model.keep_out(thing, ("account", who))

    @some_of_both
    @rule(who=ACTORS, which=ANY, into=ANY)
    def link(self, who, which, into):
        (row, thing), (case, whole, number) = self.report(which), self.case(into)
        both = lambda n, _: self.model.sees_report(n, thing) and self.model.sees_case(n, whole)  # noqa: E731
        who = self.somebody(who, both, None)
        may = self.model.sees_report(who, thing) and self.model.sees_case(who, whole)
        if self.tried(may, lambda: intake.link_to_case(case, row, "", **self.by(who)) or True):
            thing.case = number
            self.model.tidy(number)

    # ── cases ─────────────────────────────────────────────────────────────────────────────────
    @precondition(lambda self: len(self.rows["cases"]) < MOST_CASES)
    @rule(who=ACTORS, which=st.none() | ANY, handler=st.none() | PEOPLE)
    def open_case(self, who, which, handler):
        row = thing = None
        if which is not None and self.rows["reports"]:
            row, thing = self.report(which)
        works = lambda n, _: self.model.works(n)  # noqa: E731
        who = self.somebody(who, works if thing is None else self.model.sees_report, thing)
        kept = handler is not None and thing is not None and self.model.is_kept_out(handler, thing)
        may = self.model.works(who) and not kept
        may = may and (thing is None or self.model.sees_report(who, thing))
        account = None if handler is None else self.account(handler)
        case = self.tried(
            may, lambda: intake.open_case(OPENING, handler=account, report=row, **self.by(who))
        )
        if case:
            self.rows["cases"].append(case.pk)
            whole = Thing(handler=handler, assigned={} if handler is None else {handler: False})
            self.model.cases.append(whole)
            if thing is not None:
                thing.case = len(self.model.cases) - 1

    @some_cases
    @rule(who=ACTORS, which=ANY, handler=PEOPLE)
    def assign(self, who, which, handler):
        case, whole, _ = self.case(which)
        who = self.somebody(who, self.model.sees_case, whole)
        leads = Role.LEAD in self.model.people[who].roles
        may = self.model.sees_case(who, whole) and (leads or whole.handler in {None, who})
        may = may and not self.model.are_one(who, handler)
        may = may and not self.model.is_kept_out(handler, whole)
        if self.tried(
            may, lambda: assigning.assign(case, self.account(handler), **self.by(who)) or True
        ):
            whole.assigned[handler] = False
            whole.handler = handler

    @some_cases
    @rule(who=ACTORS, which=ANY)
    def take(self, who, which):
        case, whole, _ = self.case(which)
        who = self.somebody(who, self.model.sees_case, whole)
        may = self.model.sees_case(who, whole) and whole.handler is None
        if self.tried(may, lambda: assigning.take(case, self.account(who), **self.by(who)) or True):
            whole.assigned.setdefault(who, True)
            whole.handler = who

    @some_cases
    @rule(who=ACTORS, which=ANY, guest=PEOPLE)
    def let_in(self, who, which, guest):
        case, whole, _ = self.case(which)
        who = self.somebody(who, self.model.sees_case, whole)
        may = self.model.sees_case(who, whole) and not self.model.are_one(who, guest)
        may = may and not self.model.is_kept_out(guest, whole)
        reason = GrantReason.SECOND
        if self.tried(
            may,
            lambda: circle.add(case, self.account(guest), reason=reason, **self.by(who)) or True,
        ):
            whole.assigned[guest] = False

    @some_cases
    @rule(who=ACTORS, which=ANY, whose=PEOPLE)
    def end_a_part(self, who, which, whose):
        case, whole, _ = self.case(which)
        who = self.somebody(who, self.model.sees_case, whole)
        held = next(
            (
                one
                for one in queries.circle(case.pk, at=self.at)
                if one.account == self.accounts[whose].pk and one.id is not None
            ),
            None,
        )
        there = held is not None and whose in whole.assigned
        leads = Role.LEAD in self.model.people[who].roles
        may = self.model.sees_case(who, whole) and there and (leads or who == whose)
        grant = held.id if held is not None else uuid.uuid4()
        if self.tried(may, lambda: circle.remove(case, grant, **self.by(who)) or True):
            del whole.assigned[whose]
            if whole.handler == whose:
                whole.handler = None

    # ── conflicts of interest ─────────────────────────────────────────────────────────────────
    @some_cases
    @rule(who=ACTORS, which=ANY, whom=PEOPLE)
    def keep_out(self, who, which, whom):
        case, whole, _ = self.case(which)
        who = self.somebody(who, self.model.sees_case, whole)
        leads = Role.LEAD in self.model.people[who].roles
        may = self.model.sees_case(who, whole) and (leads or who == whom)
        if self.tried(
            may, lambda: circle.keep_out(case, self.account(whom), **self.by(who)) or True
        ):
            if whole.handler == whom:
                whole.handler = None
            self.model.keep_out(whole, ("account", whom))

    @some_cases
    @rule(who=ACTORS, which=ANY, person=PERSONS, exposed=st.booleans())
    def point_out_or_expose(self, who, which, person, exposed):
        case, whole, _ = self.case(which)
        who = self.somebody(who, self.model.sees_case, whole)
        may, whom = self.model.sees_case(who, whole), self.persons[person]

        def deed():
            if exposed:
                circle.name_exposed(case, circle.Exposed(Whom.TARGET, person=whom), **self.by(who))
            else:
                circle.point_out(case, "", person=whom, **self.by(who))
            return True

        if self.tried(may, deed):
            self.model.keep_out(whole, ("person", person))

    @some_cases
    @rule(author=ACTORS, second=ACTORS, which=ANY)
    def second_opinion(self, author, second, which):
        case, whole, _ = self.case(which)
        author = self.somebody(author, self.model.sees_case, whole)
        others = lambda n, one: n != author and self.model.sees_case(n, one)  # noqa: E731
        second = self.somebody(second, others, whole)
        both = all(self.model.sees_case(n, whole) for n in (author, second))
        if not both:
            return
        judgement = judging.Judgement(Level.SERIOUS, "", "", clock.day_of(self.at))
        version = self.tried(True, lambda: judging.assess(case, judgement, **self.by(author)))
        if version is None:
            return
        one, other = (self.model.people[n].person for n in (author, second))
        same = author == second or (one is not None and one == other)
        self.tried(
            not same,
            lambda: judging.second(case, version, agrees=True, words="", **self.by(second)) or True,
        )

    # ── accounts ──────────────────────────────────────────────────────────────────────────────
    @rule(
        what=st.sampled_from(["whose", "appoint", "retire", "lock", "unlock", "off", "on"]),
        who=PEOPLE,
        role=st.sampled_from([Role.HANDLER, Role.LEAD]),
        person=PERSONS,
    )
    def change_an_account(self, what, who, role, person):
        one, account, did = self.model.people[who], self.account(who), self.system()
        if what == "whose":
            self.tried(True, lambda: access.link_person(account, self.persons[person], **did))
            self.model.link(who, person)
        elif what == "appoint":
            if self.tried(role not in one.roles, lambda: access.appoint(account, role, **did)):
                self.model.appoint(who, role)
        elif what == "retire":
            held = RoleGrant.objects.in_force(self.at).filter(account=account, role=role)
            if (row := held.first()) is not None:
                self.tried(True, lambda: access.retire(row, **did) or True)
                one.roles.discard(role)
        elif what in {"lock", "unlock"}:
            deed = accounts.lock_account if what == "lock" else accounts.unlock_account
            self.tried(True, lambda: deed(account, **did) or True)
            one.active = what == "unlock"
        else:
            self.duty(who, on_duty=what == "on")

    def duty(self, who, *, on_duty):
        def deed():
            accounts.take_duty(self.account(who), on_duty=on_duty, knowingly=True, **self.by(who))
            return True

        one = self.model.people[who]
        if self.tried(Role.HANDLER in one.roles, deed):
            one.on_duty = on_duty

    @precondition(lambda self: len(self.rows["cases"]) == MOST_CASES and not self.shredded)
    @rule(which=ANY)
    def shred(self, which):
        """Destroyed keys let nobody in who was not there before."""
        case, _, _ = self.case(which)
        self.shredded = True
        decided = worlds.decided(case.pk, at=self.at)
        self.tried(True, lambda: disposal.carry_out(decided, **self.system()))
        # What the other moves may do depends on whether it is closed, and the model does not know.
        Case.unscoped.filter(pk=case.pk).update(state=case.state, closed_at=case.closed_at)

    # ── what always holds ─────────────────────────────────────────────────────────────────────
    @invariant()
    def it_is_as_the_model_says(self):
        if self.changed:  # what was refused has changed nothing
            self.changed = False
            self.everybody_sees_what_they_may_and_nothing_else()
            self.every_report_has_a_reader_or_an_alarm()

    def everybody_sees_what_they_may_and_nothing_else(self):
        for number in range(len(self.accounts)):
            actor = self.actor(number)
            for kind, rows, things, may in (
                (Report, self.rows["reports"], self.model.reports, self.model.sees_report),
                (Case, self.rows["cases"], self.model.cases, self.model.sees_case),
            ):
                listed = set(kind.visible_to(actor, at=self.at).values_list("pk", flat=True))
                allowed = {pk for pk, one in zip(rows, things, strict=True) if may(number, one)}
                assert listed & set(rows) == allowed, f"{kind.__name__}: listed, not allowed"
            if (number + Moves.steps) % len(self.accounts) == 0:  # asked of one of them each time
                self.opens_just_that(actor, number)

    def opens_just_that(self, actor, number):
        """What the vault opens is what is listed, and about health what the model says."""
        readable = defaultdict(set)
        every = [*self.rows["reports"], *self.rows["cases"]]
        for one in queries.holdings_of(actor, every, at=self.at):
            readable[one.about] |= one.reads
        for rows, things, may in (
            (self.rows["reports"], self.model.reports, self.model.sees_report),
            (self.rows["cases"], self.model.cases, self.model.sees_case),
        ):
            for pk, one in zip(rows, things, strict=True):
                assert (Compartment.PERSON in readable[pk]) == may(number, one), "opens, not listed"
        for pk, whole in zip(self.rows["cases"], self.model.cases, strict=True):
            health = Compartment.HEALTH in readable[pk]
            assert health == self.model.reads_health(number, whole), "health"

    def every_report_has_a_reader_or_an_alarm(self):
        alarm = queries.without_reader(at=self.at)
        expected = self.model.without_reader()
        for name, things in (("reports", self.model.reports), ("cases", self.model.cases)):
            for pk, one in zip(self.rows[name], things, strict=True):
                assert (pk in alarm) == (one in expected), f"{name}: reader or alarm"

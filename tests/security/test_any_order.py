"""In whatever order things happen: nobody sees more than they may, a conflict of interest is never
lost, and every report has a reader or an alarm. And the test that says so is not blind: with one of
its mends taken out, it finds what was found before.
"""

import os

from django.core.exceptions import ObjectDoesNotExist

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

import engines
from moves import Moves
from varna.cases.actions import circle, judging
from varna.foundation.access import actions as access
from varna.foundation.access import queries
from varna.foundation.access.rules import reads
from varna.foundation.accounts.queries import those_who_receive
from varna.foundation.accounts.rules import Role
from varna.foundation.deeds import part
from varna.reports import actions as reports


pytestmark = pytest.mark.django_db
DEEP = bool(os.environ.get("DEEP"))
LENGTH = 40  # deeds in one history
# Both databases are asked, each run in an order of its own; what is decided is decided in Python.
LEAST = 20_000 if DEEP else 500 if engines.ON_SERVER else 1_000


def run(histories, *, shorten=DEEP):
    how = settings(
        max_examples=histories,
        stateful_step_count=LENGTH,
        report_multiple_bugs=False,
        # What fails is made short only when somebody asks for it: that takes minutes.
        phases=(Phase.generate, Phase.shrink) if shorten else (Phase.generate,),
    )
    run_state_machine_as_test(Moves, settings=how)


@pytest.mark.proves("T3")
def test_no_order_of_deeds_shows_too_much_or_leaves_a_report_unread():
    Moves.steps = 0
    while Moves.steps < LEAST:
        run(20)


# ── with a mend taken out ─────────────────────────────────────────────────────────────────────
def only_what_was_said(abouts):
    return frozenset(abouts)


@part("access.kept_out", "access.ended")
def on_one_account_only(about, *, at, account=None, person=None):
    access._write(about, [account.pk if account else person])
    access.leave("access.kept_out", about=about, n=0)
    return access._end_for_those_kept_out(about, at=at)


def only_new_words(_whom):
    return set()


def when_somebody_receives(about, *, for_duty, at):
    if any(for_duty or one.role == Role.LEAD for one in those_who_receive(at=at)):
        access.Matter(id=about, since=at, for_duty=for_duty).save(force_insert=True)


def sender_is_nobody(report, *, by, at):
    """The report is received as if whoever sent it were not among those who receive."""
    access.announce(report.pk, for_duty=True, at=at)


def no_reason(*_args, **_named):
    return None


# The finding; where its mend stands; what is put in its place.
TAKEN_OUT = {
    "C1 a report of a case is asked about by itself": (
        queries, "_with_what_belongs", only_what_was_said),
    "C2 whoever reports is kept out of nothing": (reports, "_let_in", sender_is_nobody),
    "H1 a conflict does not go with the account": (access, "written_of", only_new_words),
    "H2 a conflict is found on one account only": (access, "keep_out", on_one_account_only),
    "H2 accounts are compared, not persons": (
        judging, "is_same_person", lambda account, by: account == by.account),
    "H6 a handler ends a colleague's part": (circle, "why_not_end", no_reason),
    "H8 what is taken opens what was told about health": (
        queries, "reads", lambda relation, _reason, shared: reads(relation, "", shared)),
    "D1 who receives is decided when it is sent": (access, "announce", when_somebody_receives),
}  # fmt: skip


@pytest.mark.skipif(not DEEP, reason="make test DEEP=1")
@pytest.mark.parametrize("finding", TAKEN_OUT)
def test_it_is_found_with_its_mend_taken_out(monkeypatch, finding):
    module, name, instead = TAKEN_OUT[finding]
    monkeypatch.setattr(module, name, instead)
    with pytest.raises((AssertionError, ObjectDoesNotExist)):
        run(100, shorten=False)

"""A session's audience, its late joiners, and the four figures that are not the same."""

import datetime as dt

import pytest

import cast
from people import AT, BY, DAY, address_of, offer, right, token_of
from varna.foundation.audit.models import Event
from varna.foundation.deeds import Forbidden, WhyNot
from varna.foundation.outbox.actions import send_due
from varna.invitations import links
from varna.invitations.actions import answering, inviting
from varna.invitations.models import Invitation
from varna.invitations.rules import Answer
from varna.training import queries, rules, sweeps
from varna.training.actions import arranging, asking, attending, confirming
from varna.training.models import Confirmation, Session
from varna.training.rules import What
from varna.training.words.course import PARTS


pytestmark = pytest.mark.django_db


def test_the_audience_is_who_is_in_the_register_on_the_day(server, session, crowd):
    elected, deputies = crowd(3), crowd(2, group="deputy")
    gone = crowd(1, starts_on=dt.date(2027, 6, 1))
    made = session(audience=("elected", "deputy"))
    done = asking.send(made, by=BY, at=AT)
    assert done.sent == {person.pk for person in [*elected, *deputies]}
    send_due(at=AT)
    assert not server.to(address_of(gone[0]))


def test_nobody_in_the_audience_is_refused_and_nothing_is_sent(session, crowd):
    crowd(2)
    made = session(audience=("auditor",))
    with pytest.raises(WhyNot):
        asking.send(made, by=BY, at=AT)
    made.refresh_from_db()
    assert made.invited_at is None
    assert not Invitation.unscoped.exists()


def test_who_joins_later_is_invited_by_itself_until_it_has_been_held(server, session, crowd):
    (first,), made = crowd(1), session()
    asking.send(made, by=BY, at=AT)
    (late,) = crowd(1, starts_on=dt.date(2027, 2, 1))
    (too_late,) = crowd(1, starts_on=dt.date(2027, 2, 15))
    for days in range(60):
        sweeps.late_joiners(at=AT + days * DAY)
        send_due(at=AT + days * DAY)
    assert len(server.to(address_of(first))) == 1
    assert len(server.to(address_of(late))) == 1
    assert not server.to(address_of(too_late))
    assert offer(made).sent == {first.pk: dt.date(2027, 1, 11), late.pk: dt.date(2027, 2, 1)}


def test_the_self_study_reaches_late_joiners_always(server, course, crowd):
    crowd(1)
    asking.send(course, by=BY, at=AT)
    (late,) = crowd(1, starts_on=dt.date(2028, 1, 1))
    for days in (1, 300, 360, 361):
        sweeps.late_joiners(at=AT + days * DAY)
        send_due(at=AT + days * DAY)
    (letter,) = server.to(address_of(late))
    assert letter["calendar"] == b""
    assert offer(course).held_on == dt.date(2027, 1, 11)


def test_the_sweep_asks_little_when_there_is_nothing_to_do(
    session, crowd, django_assert_max_num_queries
):
    crowd(2)
    asking.send(session(), by=BY, at=AT)
    with django_assert_max_num_queries(1):
        assert sweeps.late_joiners(at=AT) == 0


def test_what_nobody_has_been_invited_to_is_left_alone(session, crowd):
    crowd(2)
    session()
    assert sweeps.late_joiners(at=AT + DAY) == 0
    assert not Invitation.unscoped.exists()


def test_offered_accepted_attended_and_known_are_four_figures(server, session, crowd):
    people, made = crowd(5, without=1), session()
    asking.send(made, by=BY, at=AT)
    send_due(at=AT)
    for person in people[:3]:
        answering.answer(token_of(made, person), Answer.YES, by=BY, at=AT)
    ids = [person.pk for person in people]
    attending.mark(made, here=ids[:2], shown=ids, by=BY, at=AT + 30 * DAY)
    confirming.confirm(ids[0], What.COMPETENCE, on=AT.date(), by=BY, at=AT, session=made)
    found = offer(made)
    assert set(found.sent) == set(ids[:4])
    assert found.accepted == set(ids[:3])
    assert found.attended == set(ids[:2])
    assert found.known == {ids[0]}
    assert rules.figures([found]) == rules.Figures(4, 3, 2, 1)
    assert rules.figures([found, found]) == rules.figures([found])


def test_given_by_hand_is_offered_from_that_day(session, crowd):
    (person,), made = crowd(1, without=1), session()
    asking.send(made, by=BY, at=AT)
    assert offer(made).sent == {}
    row = Invitation.unscoped.get()
    inviting.give_by_hand(row, by=BY, at=AT + DAY)
    assert offer(made).sent == {person.pk: dt.date(2027, 1, 12)}


def test_a_mail_that_came_back_offers_nothing_until_it_is_given_by_hand(server, session, crowd):
    (person, other), made = crowd(2), session()
    asking.send(made, by=BY, at=AT)
    send_due(at=AT)
    row = Invitation.unscoped.get(invitee=person.pk)
    inviting.report_bounce(row, by=BY, at=AT + DAY)
    assert set(offer(made).sent) == {other.pk}
    inviting.give_by_hand(row, by=BY, at=AT + 2 * DAY)
    assert offer(made).sent[person.pk] == dt.date(2027, 1, 13)


def test_whoever_has_answered_had_the_mail(server, session, crowd):
    (person,), made = crowd(1), session()
    asking.send(made, by=BY, at=AT)
    send_due(at=AT)
    answering.answer(token_of(made, person), Answer.NO, by=BY, at=AT)
    inviting.report_bounce(Invitation.unscoped.get(), by=BY, at=AT + DAY)
    assert set(offer(made).sent) == {person.pk}


def test_what_is_cancelled_is_no_offer_and_what_is_planned_is(session, crowd):
    crowd(1)
    made, other = session(), session()
    arranging.cancel(other, by=BY, at=AT)
    assert [o.reference for o in queries.offers()] == [f"session:{made.pk}"]
    assert offer(made).held_on == dt.date(2027, 2, 9)


def test_evidence_takes_few_statements(session, crowd, django_assert_max_num_queries):
    crowd(40)
    for _ in range(6):
        asking.send(session(), by=BY, at=AT)
    with django_assert_max_num_queries(8):
        assert len(queries.offers()) == 6


def link(row):
    return links.token(row.pk, row.version)


def test_a_tick_can_be_taken_away_and_a_code_cannot(session, crowd, time_machine):
    people, made = crowd(2), session()
    asking.send(made, by=BY, at=AT)
    ids = [person.pk for person in people]
    attending.mark(made, here=ids[:1], shown=ids, by=BY, at=AT)
    row = Invitation.unscoped.get(invitee=ids[1])
    attending.attend_by_code(made, link(row), made.code.lower(), by=BY, at=made.occasion.starts_at)
    attending.mark(made, here=[], shown=ids, by=BY, at=AT)
    assert offer(made).attended == {ids[1]}


def test_whoever_was_not_shown_on_the_page_stays_as_they_were(session, crowd):
    people, made = crowd(2), session()
    ids = [person.pk for person in people]
    attending.mark(made, here=ids, shown=ids, by=BY, at=AT)
    attending.mark(made, here=[], shown=ids[:1], by=BY, at=AT)
    assert offer(made).attended == {ids[1]}


def test_the_code_counts_around_the_session_and_only_if_it_is_right(session, crowd):
    (_person,), made = crowd(1), session()
    asking.send(made, by=BY, at=AT)
    row, starts = Invitation.unscoped.get(), made.occasion.starts_at
    with pytest.raises(WhyNot, match="not_now"):
        attending.attend_by_code(made, link(row), made.code, by=BY, at=starts - DAY)
    with pytest.raises(WhyNot, match="wrong_code"):
        attending.attend_by_code(made, link(row), "ÅÄÖ", by=BY, at=starts)
    with pytest.raises(WhyNot, match="not_now"):
        attending.attend_by_code(made, link(row), made.code, by=BY, at=starts + DAY)
    with pytest.raises(Forbidden):
        attending.attend_by_code(made, "x" * 32, made.code, by=BY, at=starts)
    assert not offer(made).attended


def test_the_self_study_is_known_when_every_part_is_right(server, course, crowd):
    (person,) = crowd(1)
    asking.send(course, by=BY, at=AT)
    send_due(at=AT)
    token = token_of(course, person)
    wrong = {key: 1 - min(1, n) for key, n in right(PARTS[0]).items()}
    assert not attending.pass_part(course, token, 1, wrong, by=BY, at=AT)
    assert not attending.pass_part(course, token, 1, {}, by=BY, at=AT)
    for number, part in enumerate(PARTS, 1):
        assert not offer(course).known
        assert attending.pass_part(course, token, number, right(part), by=BY, at=AT)
    found = offer(course)
    assert found.accepted == found.attended == found.known == {person.pk}


def test_every_question_has_one_right_answer_and_a_word_to_each():
    for part in PARTS:
        assert len(part.questions) in {2, 3}
        for question in part.questions:
            assert sum(option.right for option in question.options) == 1
            assert all(str(option.because) for option in question.options)


def test_a_session_soon_that_is_not_sent_is_reminded_of(server, session, crowd, alva, love, folke):
    crowd(2, without=1)
    made = session()
    soon = dt.date(2027, 2, 1)
    (due,) = sweeps.unsent(soon)
    assert due.about == f"training:session:{made.pk}"
    assert due.accounts == {alva.pk, love.pk}
    assert not list(sweeps.unsent(dt.date(2027, 1, 20)))
    asking.send(made, by=BY, at=AT)
    send_due(at=AT)
    assert list(sweeps.unsent(soon)), "one has no address"
    inviting.give_by_hand(Invitation.unscoped.get(mail=None), by=BY, at=AT)
    assert not list(sweeps.unsent(soon))


def test_a_note_is_sealed_and_each_reading_leaves_a_line(crowd, alva, folke):
    (person,) = crowd(1, full_time=True)
    by = cast.actor(alva)
    row = confirming.confirm(person.pk, What.RISK, on=AT.date(), note="Bor ensligt", by=by, at=AT)
    assert b"ensligt" not in bytes(Confirmation.unscoped.get().note)
    assert confirming.read_note(row, by=by, at=AT) == "Bor ensligt"
    assert Event.unscoped.filter(act="training.note_read", about=person.pk).count() == 1
    for stranger in (cast.actor(folke), cast.actor(alva, "MAIL")):
        with pytest.raises(Forbidden):
            confirming.read_note(row, by=stranger, at=AT)
    (found,) = queries.confirmations()
    assert (found.person, found.what, found.by) == (person.pk, "risk", by.reference)
    assert not any("ensligt" in body for body in Event.unscoped.values_list("body", flat=True))


def test_only_trainers_may_see_sessions(session, alva, love, folke, berit, kim):
    session()
    for account in (alva, love):
        assert queries.sessions(cast.actor(account)).count() == 1
    for account in (folke, berit, kim):
        assert queries.sessions(cast.actor(account)).count() == 0
    assert Session.unscoped.count() == 1


def test_the_demonstration_has_two_years_behind_it_and_is_made_once(db):
    from varna.organisation import demonstration as organisation
    from varna.training import demonstration

    for _ in range(2):
        organisation.fill(by=BY, at=AT)
        demonstration.fill(by=BY, at=AT)
    offers = sorted(queries.offers(), key=lambda offer: offer.held_on)
    assert len(offers) == 6
    assert offers[0].held_on < AT.date() - 365 * DAY
    assert [offer.held_on for offer in offers if not offer.sent] == [offers[-1].held_on]
    for offered in offers[:-1]:
        assert offered.accepted <= {*offered.sent, *offered.accepted}
        assert offered.attended <= offered.accepted
    assert send_due(at=AT + 365 * DAY) == 0
    assert not sweeps.late_joiners(at=AT)
    assert queries.confirmations()


def test_to_what_has_been_held_nobody_is_asked_and_nothing_is_told(server, session, crowd):
    from dataclasses import replace

    crowd(1)
    made = session()
    asking.send(made, by=BY, at=AT)
    send_due(at=AT)
    after = made.occasion.ends_at
    crowd(1)
    with pytest.raises(WhyNot):
        asking.send(made, by=BY, at=after)
    plan = arranging.Plan(replace(made.occasion.details(), title="Rättat"), ("elected",))
    assert arranging.change(made, plan, by=BY, at=after) == 0
    assert arranging.cancel(made, by=BY, at=after) == 0
    send_due(at=after)
    assert len(server.taken) == 1

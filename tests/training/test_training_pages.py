"""The training pages, as the trainer and the invited meet them."""

import datetime as dt
import re

import pytest

import cast
from people import AT, BY, DAY, offer, right, token_of
from varna.foundation.access.limits import BUCKETS
from varna.foundation.outbox.actions import send_due
from varna.invitations.models import Invitation
from varna.training.actions import arranging, asking, confirming
from varna.training.models import Session
from varna.training.rules import What
from varna.training.words.course import PARTS


pytestmark = pytest.mark.django_db
FORM = {
    "title": "Trygg på mötet", "text": "Frågor och svar.", "day": "2027-02-09", "starts": "13:00",
    "ends": "15.00", "place": "Sessionssalen", "audience": ["elected"], "language": "sv",
    "remind_days": "3",
}  # fmt: skip


@pytest.fixture
def trainer(as_person, alva, time_machine):
    time_machine.move_to(AT)
    return as_person(alva)


def body(answer):
    return answer.content.decode()


def test_from_a_form_to_invitations_sent(trainer, crowd, server):
    crowd(3, without=1)
    page = trainer.post("/utbildning/nytt/", FORM, follow=True)
    made = Session.unscoped.select_related("occasion").get()
    assert made.occasion.starts_at.isoformat() == "2027-02-09T12:00:00+00:00"
    assert "Ingen är inbjuden än." in body(page)
    ask = body(trainer.get(f"/utbildning/tillfalle/{made.pk}/kalla/"))
    assert "3 personer" in ask
    assert "1 person" in ask
    page = body(trainer.post(f"/utbildning/tillfalle/{made.pk}/kalla/", follow=True))
    assert "1 person saknar adress" in page
    send_due(at=AT + DAY)
    assert len(server.taken) == 2
    assert "Alla är redan inbjudna." in body(trainer.get(f"/utbildning/tillfalle/{made.pk}/kalla/"))


def test_nobody_to_invite_is_said_clearly(trainer, session):
    made = session(audience=("auditor",))
    for ask in (trainer.get, trainer.post):
        page = ask(f"/utbildning/tillfalle/{made.pk}/kalla/")
        assert page.status_code == 422
        assert "Det finns ingen att bjuda in." in body(page)
        assert "revisorer" in body(page)
    assert not Invitation.unscoped.exists()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("day", "i morgon", "That is no day"),
        ("starts", "ett", "hours and minutes"),
        ("ends", "12:00", "must end after"),
        ("place", "", "where it is, or a link"),
        ("link", "javascript:alert(1)", "beginning with https"),
        ("audience", [], "at least one group"),
        ("seats", "0", ""),
        ("title", "", ""),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(trainer, name, value, says):
    page = trainer.post("/en/utbildning/nytt/", {**FORM, name: value})
    assert page.status_code == 422
    assert says in body(page)
    assert "Frågor och svar." in body(page)
    assert not Session.unscoped.exists()


def test_a_change_is_mailed_and_a_cancelled_session_is_closed(trainer, session, crowd, server):
    crowd(1)
    made = session()
    asking.send(made, by=BY, at=AT)
    send_due(at=AT)
    form = body(trainer.get(f"/utbildning/tillfalle/{made.pk}/andra/"))
    assert 'value="2027-02-09"' in form
    assert 'value="13:00"' in form
    trainer.post(f"/utbildning/tillfalle/{made.pk}/andra/", {**FORM, "place": "Rådhuset"})
    send_due(at=AT + DAY)
    assert "ställa in" in body(trainer.get(f"/utbildning/tillfalle/{made.pk}/stall-in/")).lower()
    trainer.post(f"/utbildning/tillfalle/{made.pk}/stall-in/")
    trainer.post(f"/utbildning/tillfalle/{made.pk}/stall-in/")
    send_due(at=AT + DAY)
    assert [one["method"] for one in server.letters()] == ["REQUEST", "REQUEST", "CANCEL"]
    assert trainer.get(f"/utbildning/tillfalle/{made.pk}/kalla/").status_code == 404
    assert trainer.post(f"/utbildning/tillfalle/{made.pk}/andra/", FORM).status_code == 404
    assert "inställt" in body(trainer.get("/utbildning/"))


def test_given_by_hand_is_noted_from_the_list(trainer, session, crowd):
    crowd(2, without=1)
    made = session()
    asking.send(made, by=BY, at=AT)
    address = f"/utbildning/tillfalle/{made.pk}/kallade/?visa=to_give"
    page = body(trainer.get(address))
    wanted = re.search(r'name="given" value="([^"]+)"', page)[1]
    assert page.count('name="given"') == 1
    page = body(trainer.post(address, {"given": wanted}, follow=True))
    assert "Ingen här." in page
    assert len(offer(made).sent) == 1
    assert trainer.post(address, {"given": "x"}).status_code == 404


def test_a_mail_that_came_back_is_said_in_the_list(trainer, session, crowd, server):
    crowd(2)
    made = session()
    asking.send(made, by=BY, at=AT)
    send_due(at=AT)
    address = f"/utbildning/tillfalle/{made.pk}/kallade/"
    page = body(trainer.get(address))
    assert page.count('name="bounced"') == 2
    wanted = re.search(r'name="bounced" value="([^"]+)"', page)[1]
    page = body(trainer.post(address, {"bounced": wanted}, follow=True))
    assert page.count('name="bounced"') == 1
    assert page.count('name="given"') == 1, "it can be given by hand"
    assert "kom tillbaka" in page
    assert len(offer(made).sent) == 1
    assert trainer.post(address, {"bounced": "x"}).status_code == 404


def test_a_new_link_can_be_mailed_from_the_list(trainer, session, crowd, server):
    (person,), made = crowd(1), session()
    asking.send(made, by=BY, at=AT)
    send_due(at=AT)
    old = token_of(made, person)
    address = f"/utbildning/tillfalle/{made.pk}/kallade/"
    wanted = re.search(r'name="renew" value="([^"]+)"', body(trainer.get(address)))[1]
    trainer.post(address, {"renew": wanted})
    send_due(at=AT + DAY)
    assert len(server.taken) == 2
    assert token_of(made, person) != old
    assert trainer.get(f"/utbildning/kallelse/{old}/").status_code == 404


def test_six_hundred_can_be_ticked_a_page_at_a_time_or_searched_for(trainer, session, crowd):
    people, made = crowd(120), session()
    asking.send(made, by=BY, at=AT)
    address = f"/utbildning/tillfalle/{made.pk}/narvaro/"
    page = body(trainer.get(f"{address}?sida=2"))
    shown = re.findall(r'name="shown" value="([^"]+)"', page)
    assert len(shown) == 50
    trainer.post(f"{address}?sida=2", {"shown": shown, "here": shown[:30]})
    assert len(offer(made).attended) == 30
    guest = cast_guest(crowd)
    found = body(trainer.get(address, {"namn": guest.family}))
    assert str(guest.pk) in found
    trainer.post(f"{address}?namn={guest.family}", {"shown": guest.pk, "here": guest.pk})
    assert guest.pk in offer(made).attended
    trainer.post(address, {"shown": [people[0].pk, "x"], "here": ["x"]})
    assert len(offer(made).attended) == 31


def cast_guest(crowd):
    (guest,) = crowd(1, group="deputy")
    return guest


def test_the_code_is_shown_on_the_day_and_written_by_the_link(
    trainer, client, session, crowd, time_machine
):
    (person,), made = crowd(1), session()
    asking.send(made, by=BY, at=AT)
    token = token_of(made, person)
    assert made.code not in body(trainer.get(f"/utbildning/tillfalle/{made.pk}/"))
    assert "Är du på plats nu?" not in body(client.get(f"/utbildning/kallelse/{token}/"))
    time_machine.move_to(made.occasion.starts_at + dt.timedelta(minutes=5))
    cast.sign_in(trainer, cast.an_account("Alva Ny", "handler"))
    assert made.code in body(trainer.get(f"/utbildning/tillfalle/{made.pk}/"))
    from django.test import Client

    invited = Client()
    page = invited.post(f"/utbildning/kallelse/{token}/", {"code": "fel"})
    assert "Det är inte koden." in body(page)
    assert invited.get(f"/utbildning/kallelse/{token}/intyg/").status_code == 404
    page = invited.post(f"/utbildning/kallelse/{token}/", {"code": made.code}, follow=True)
    assert "Det är antecknat att du deltog." in body(page)
    paper = body(invited.get(f"/utbildning/kallelse/{token}/intyg/"))
    assert person.name in paper
    assert "9 februari 2027" in paper
    assert not invited.cookies


def test_guessing_the_code_comes_to_an_end(client, session, crowd, time_machine):
    (person,), made = crowd(1), session()
    asking.send(made, by=BY, at=AT)
    time_machine.move_to(made.occasion.starts_at)
    BUCKETS.forget()
    for _ in range(11):
        page = client.post(f"/utbildning/kallelse/{token_of(made, person)}/", {"code": "x"})
    assert "Det var många försök." in body(page)
    BUCKETS.forget()


def test_a_protected_name_is_left_for_its_owner_to_write(client, session, crowd):
    from varna.training.actions import attending

    (person,), made = crowd(1), session()
    asking.send(made, by=BY, at=AT)
    attending.mark(made, here=[person.pk], shown=[person.pk], by=BY, at=AT)
    person.protected = True
    person.save()
    paper = body(client.get(f"/utbildning/kallelse/{token_of(made, person)}/intyg/"))
    assert person.family not in paper


def test_the_answer_is_given_on_the_training_page(client, session, crowd, time_machine):
    (person,), made = crowd(1), session()
    asking.send(made, by=BY, at=AT)
    time_machine.move_to(AT)
    token = token_of(made, person)
    page = client.post(f"/utbildning/kallelse/{token}/", {"answer": "yes"}, follow=True)
    assert "Ja, jag kommer" in body(page)
    assert offer(made).accepted == {person.pk}
    assert client.post(f"/utbildning/kallelse/{token}/", {"answer": "?"}).status_code == 422


def test_the_self_study_by_the_link(client, course, crowd, time_machine):
    (person,) = crowd(1)
    asking.send(course, by=BY, at=AT)
    time_machine.move_to(AT)
    token = token_of(course, person)
    assert "Börja" in body(client.get(f"/utbildning/kallelse/{token}/"))
    page = client.post(f"/utbildning/kallelse/{token}/del/1/", {"friendly": "0", "sure": "1"})
    assert "Inte riktigt än." in body(page)
    assert "Tacka nej och berätta för kommunen." in body(page)
    assert client.post(f"/utbildning/kallelse/{token}/del/1/", {}).status_code == 422
    for number, part in enumerate(PARTS, 1):
        page = client.post(f"/utbildning/kallelse/{token}/del/{number}/", right(part))
        assert "Alla svar är rätt." in body(page)
    assert "Du har gått igenom självstudierna." in body(
        client.get(f"/utbildning/kallelse/{token}/")
    )
    assert offer(course).known == {person.pk}
    assert client.get(f"/utbildning/kallelse/{token}/del/4/").status_code == 404


def test_the_self_study_signed_in_notes_nothing(as_person, folke, course):
    client = as_person(folke)
    assert "Upptäcka" in body(client.get("/utbildning/kurs/"))
    page = client.post("/utbildning/kurs/3/", right(PARTS[2]))
    assert "Alla svar är rätt." in body(page)
    assert not offer(course).attended


def test_whoever_is_signed_in_and_invited_comes_to_their_own(as_person, course, crowd):
    (person,) = crowd(1)
    asking.send(course, by=BY, at=AT)
    client = as_person(cast.an_account("Ylva Rask", "official", person=person.pk))
    assert client.get("/utbildning/kurs/")["Location"].endswith(f"/{token_of(course, person)}/")
    arranging.cancel(course, by=BY, at=AT)
    assert client.get("/utbildning/kurs/").status_code == 200


def test_opening_the_self_study(trainer):
    form = trainer.get("/utbildning/sjalvstudier/")
    assert "Trygg som förtroendevald: tio minuter" in body(form)
    trainer.post(
        "/utbildning/sjalvstudier/", {"title": "Tio", "audience": ["elected"], "language": "sv"}
    )
    assert Session.unscoped.get().is_course


def test_full_time_officials_and_what_is_confirmed_about_them(trainer, crowd, alva):
    (person,) = crowd(1, full_time=True)
    address = f"/utbildning/heltid/{person.pk}/"
    assert "saknas" in body(trainer.get("/utbildning/heltid/"))
    page = trainer.post(address, {"what": "risk", "on": "2027-01-10", "note": "hemlig rad"})
    assert page.status_code == 302
    page = body(trainer.get(address))
    assert "Alva Lind" in page
    assert "hemlig rad" not in page
    note = re.search(r'action="(/utbildning/intyg/[^"]+)"', page)[1]
    assert trainer.get(note).status_code == 405
    assert "hemlig rad" in body(trainer.post(note))
    assert trainer.post(address, {"what": "risk", "on": "2027-03-01"}).status_code == 422
    assert trainer.get(f"/utbildning/heltid/{alva.pk}/").status_code == 404


def test_a_link_to_something_else_opens_no_training_page(client, session, crowd, db):
    made = session()
    for page in ("", "intyg/", "del/1/"):
        assert client.get(f"/utbildning/kallelse/okand/{page}").status_code == 404
    assert str(made.pk) not in body(client.get("/utbildning/kallelse/okand/"))


@pytest.mark.parametrize("who", ["folke", "berit", "kim", "otto"])
def test_others_do_not_come_in(who, request, as_person, session):
    made = session()
    client = as_person(request.getfixturevalue(who))
    for page in ("", "nytt/", "heltid/", f"tillfalle/{made.pk}/", f"tillfalle/{made.pk}/kalla/"):
        assert client.get(f"/utbildning/{page}").status_code == 404
        assert client.post(f"/utbildning/{page}").status_code in {404, 405}
    assert not Invitation.unscoped.exists()


def test_an_unsent_invitation_can_be_sent_again(trainer, session, crowd, port, time_machine):
    crowd(2)
    made = session()
    asking.send(made, by=BY, at=AT - 5 * DAY)
    page = body(trainer.get(f"/utbildning/tillfalle/{made.pk}/"))
    assert "2 inbjudningar kunde inte skickas" in page
    page = trainer.post(f"/utbildning/tillfalle/{made.pk}/skicka-igen/", follow=True)
    assert "2 på väg" in body(page)
    arranging.cancel(made, by=BY, at=AT)
    assert trainer.post(f"/utbildning/tillfalle/{made.pk}/skicka-igen/").status_code == 404


def test_confirmed_competence_is_listed(trainer, crowd):
    (person,) = crowd(1, full_time=True)
    confirming.confirm(person.pk, What.COMPETENCE, on=dt.date(2027, 1, 4), by=BY, at=AT)
    page = body(trainer.get("/utbildning/heltid/"))
    assert "4 januari 2027" in page
    assert page.count("saknas") == 1

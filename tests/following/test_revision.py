"""A revision weighs law, experience, surroundings, trends and risks, and every lesson."""

import pytest

import cast
from varna.cases.actions.closing import Ending, close
from varna.cases.actions.judging import Judgement, assess
from varna.cases.actions.lessons import read_lessons
from varna.cases.models import Lesson
from varna.cases.rules.judging import Level
from varna.documents.models import Document, Version
from varna.following import actions, queries
from varna.following.models import Consideration
from varna.foundation import clock
from varna.foundation.audit.models import Event as Line
from varna.foundation.deeds import Forbidden
from varna.intake.actions import Opening, open_case
from varna.plan.rules.standings import Standing


pytestmark = pytest.mark.django_db
LESSON = "Ring tillbaka samma dag."


@pytest.fixture
def lesson(alva, now):
    by = cast.actor(alva)
    case = open_case(Opening(label="Brev", reason=""), handler=alva, by=by, at=now)
    level = Judgement(level=Level.AWARE, overall="", took_part="", review_on=clock.day_of(now))
    assess(case, level, by=by, at=now)
    ending = Ending(done="", helped="", content="yes", told="", lesson=LESSON)
    close(case, ending, by=by, at=now)
    return Lesson.unscoped.get()


@pytest.fixture
def draft(db, now):
    document = Document.unscoped.create(code="plan", title="Handlingsplan")
    return Version.unscoped.create(document=document, number="2027", made_at=now, changed_at=now)


def test_the_checklist_shows_lessons_and_leaves_a_line(inside, lesson, draft, follow):
    follow()
    said = inside.get(f"/en/planen/revidering/{draft.pk}/").content.decode()
    assert LESSON in said
    assert "5 of the five heads" in said
    assert Line.unscoped.filter(act="lessons.read").exists()


def test_what_was_weighed_stands_under_its_head_with_a_name(inside, draft, follow):
    follow()
    page = f"/en/planen/revidering/{draft.pk}/"
    inside.post(page, {"head": "law", "words": "Kommunallagen 4:18 a."})
    said = inside.get(page).content.decode()
    assert "Kommunallagen 4:18 a." in said
    assert "Per Vik" in said
    assert "4 of the five heads" in said


@pytest.mark.parametrize("sent", [{"head": "law", "words": ""}, {"head": "x", "words": "y"}])
def test_an_empty_word_or_an_unknown_head_is_refused(inside, draft, follow, sent):
    follow()
    assert b"errorlist" in inside.post(f"/en/planen/revidering/{draft.pk}/", sent).content
    assert not Consideration.unscoped.exists()


def test_a_weighed_lesson_stays_weighed_however_often_it_is_sent(inside, lesson, draft, follow):
    follow()
    for _time in range(2):
        inside.post(f"/planen/revidering/{draft.pk}/lardomar/", {"lesson": str(lesson.pk)})
    assert queries.lessons_weighed(draft.pk) == {lesson.pk}


def test_a_new_plan_that_has_weighed_its_lessons_proves_that_it_has_learnt(
    lesson, draft, follow, per, now
):
    follow()
    Version.unscoped.filter(pk=draft.pk).update(
        state="adopted",
        adopted_on=clock.day_of(now),
        in_force_on=clock.day_of(now),
        adopted_by="executive-board",
    )

    def learnt():
        rows = queries.stand(now).rows
        return next(r.standing for r in rows if r.commitment.id == "lessons-considered")

    assert learnt() is Standing.OPEN
    actions.weigh_lessons(draft.pk, {lesson.pk}, by=cast.actor(per), at=now)
    assert learnt() is Standing.KEPT


def test_a_contact_and_an_official_read_no_lessons(lesson, kim, folke, per, now):
    assert read_lessons(by=cast.actor(kim), at=now) == []
    assert read_lessons(by=cast.actor(folke), at=now) == []
    assert read_lessons(by=cast.actor(per, "MAIL"), at=now) == []
    assert [one.words for one in read_lessons(by=cast.actor(per), at=now)] == [LESSON]


def test_a_handler_keeps_no_checklist(client, alva, draft, follow, now):
    follow()
    cast.sign_in(client, alva)
    assert client.get(f"/planen/revidering/{draft.pk}/").status_code == 404
    with pytest.raises(Forbidden):
        actions.weigh_lessons(draft.pk, set(), by=cast.actor(alva), at=now)

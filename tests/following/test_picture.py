"""The drawing of the mandate: every name whole, and nothing on top of anything else."""

import re

import pytest

import cast
from varna.following import actions, queries
from varna.following.pages.mandate import by_commitment
from varna.following.rules.picture import LETTERS, MOST_LETTERS, draw
from varna.foundation import clock


pytestmark = pytest.mark.django_db


def test_every_name_is_whole_and_no_line_reaches_into_the_next(follow, town, now):
    follow()
    found = queries.stand(now)
    labelled = [(rows[-1].commitment.title.sv, rows) for rows in by_commitment(found.rows)]
    picture = draw(found.period, labelled, clock.day_of(now))
    assert max(len(title) for title, _rows in labelled) > MOST_LETTERS, "one is long"
    for line, (title, _rows) in zip(picture.lines, labelled, strict=True):
        assert " ".join(text for _y, text in line.written) == title
        assert line.written[-1][0] <= line.y + line.height
        assert all(box.y + box.height <= line.y + line.height for box in line.boxes)
    ends = [line.y + line.height for line in picture.lines]
    assert [line.y for line in picture.lines[1:]] == ends[:-1]
    assert picture.height >= ends[-1]
    assert LETTERS > 12, "a line of letters of thirteen units"


def test_each_window_leads_to_its_turn_on_the_commitment_s_page(inside, follow, town, now):
    follow()
    page = inside.get("/planen/").content.decode()
    links = re.findall(r'<a href="(/planen/ataganden/([^/]+)/\?val=[^#]+)#([^"]+)" tabindex', page)
    assert len(links) == len(queries.stand(now).rows)
    wanted: dict[str, set[str]] = {}
    for address, _name, key in links:
        wanted.setdefault(address, set()).add(key)
    for address, keys in list(wanted.items())[:6]:
        told = inside.get(address).content.decode()
        assert not {key for key in keys if f'<li id="{key}">' not in told}


def test_what_is_mine_stands_first(inside, follow, town, per, now):
    follow()
    late = inside.get("/en/planen/nittio-dagar/").context["owed"]
    assert len(late) > 1
    last = late[-1].role
    actions.name_responsible(last, per.pk, by=cast.actor(per), at=now)
    assert inside.get("/en/planen/nittio-dagar/").context["owed"][0].role == last

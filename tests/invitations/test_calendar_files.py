"""The calendar file, read back by three parsers that do not know each other."""

import datetime as dt
import json
import shutil
import subprocess
from pathlib import Path

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from varna.invitations.calendar import HERE, Entry, Method, file


TOOLS = Path(__file__).parents[1] / "tools"
AT = dt.datetime(2027, 1, 11, 8, 0, tzinfo=dt.UTC)
READ = """
import ICAL from "ical.js"; import fs from "fs";
const all = JSON.parse(fs.readFileSync(0, "utf8")).map(text => {
  const root = new ICAL.Component(ICAL.parse(text));
  for (const zone of root.getAllSubcomponents("vtimezone"))
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const event = new ICAL.Event(root.getFirstSubcomponent("vevent"));
  return {
    method: root.getFirstPropertyValue("method"), uid: event.uid, sequence: event.sequence,
    title: event.summary, text: event.description, place: event.location,
    starts: event.startDate.toUnixTime(), ends: event.endDate.toUnixTime(),
    zone: event.startDate.zone.tzid, attendee: event.attendees[0].getFirstValue(),
    status: event.component.getFirstPropertyValue("status"),
  };
});
console.log(JSON.stringify(all));
"""


def an_entry(**more):
    return Entry(
        **{
            "uid": "abc@varna.example",
            "sequence": 2,
            "title": 'Trygg på mötet; del 1, med \\ och "citat"',
            "text": "Rad ett,\nrad två; " + "lång text med åäö " * 20,
            "starts_at": dt.datetime(2027, 2, 9, 13, tzinfo=HERE),
            "ends_at": dt.datetime(2027, 2, 9, 15, tzinfo=HERE),
            "place": "Åkargatan 1, sal B",
            "link": "https://mote.example/rum?a=1,2",
            "organiser": ("Exempelstads kommun, trygghet", "varna@example.se"),
            **more,
        }
    )


def three_readings(written):
    """What icalendar, vobject and ical.js each read, in the same words."""
    event = icalendar.Calendar.from_ical(written)
    method, event = str(event["method"]), event.walk("VEVENT")[0]
    yield {
        "method": method, "uid": str(event["uid"]), "sequence": int(event["sequence"]),
        "title": str(event["summary"]), "text": str(event["description"]),
        "place": str(event["location"]), "starts": event["dtstart"].dt.timestamp(),
        "ends": event["dtend"].dt.timestamp(), "zone": event["dtstart"].params["TZID"],
        "attendee": str(event["attendee"]), "status": str(event["status"]),
    }  # fmt: skip
    root = vobject.readOne(written)
    event = root.vevent
    yield {
        "method": root.method.value, "uid": event.uid.value, "sequence": int(event.sequence.value),
        "title": event.summary.value, "text": event.description.value,
        "place": event.location.value, "starts": event.dtstart.value.timestamp(),
        "ends": event.dtend.value.timestamp(), "zone": event.dtstart.value.tzinfo._tzid,
        "attendee": event.attendee.value, "status": event.status.value,
    }  # fmt: skip
    yield javascript([written])[0]


def javascript(written):
    command = [shutil.which("node"), "--input-type=module", "-e", READ]
    done = subprocess.run(
        command, cwd=TOOLS, input=json.dumps(written), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("day", [dt.date(2027, 2, 9), dt.date(2027, 7, 1), dt.date(2027, 10, 31)])
@pytest.mark.parametrize("method", Method)
def test_three_parsers_read_the_same(day, method):
    starts = dt.datetime(day.year, day.month, day.day, 13, tzinfo=HERE)
    entry = an_entry(starts_at=starts.astimezone(dt.UTC), ends_at=starts + dt.timedelta(hours=2))
    said = {
        "method": method.value, "uid": entry.uid, "sequence": 2, "title": entry.title,
        "text": entry.text, "place": entry.place, "starts": starts.timestamp(),
        "ends": starts.timestamp() + 7200, "zone": "Europe/Stockholm",
        "attendee": "mailto:alva@example.se",
        "status": "CANCELLED" if method is Method.CANCEL else "CONFIRMED",
    }  # fmt: skip
    for read in three_readings(file(entry, "alva@example.se", method, at=AT)):
        assert read == said


def test_lines_end_and_fold_as_the_standard_says():
    written = file(an_entry(), "alva@example.se", Method.REQUEST, at=AT)
    assert written.endswith("END:VCALENDAR\r\n")
    assert "\n" not in written.replace("\r\n", "")
    assert max(len(line.encode()) for line in written.split("\r\n")) <= 75


def test_the_zone_is_compact_and_our_own():
    written = file(an_entry(), "alva@example.se", Method.REQUEST, at=AT)
    assert written.count("BEGIN:VTIMEZONE") == 1
    assert written.count("RRULE:FREQ=YEARLY") == 2
    assert len(written) < 2500


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=120),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=400),
)
def test_whatever_is_written_comes_back(title, text):
    written = file(an_entry(title=title, text=text), "a@example.se", Method.REQUEST, at=AT)
    event = icalendar.Calendar.from_ical(written).walk("VEVENT")[0]
    assert str(event["summary"]) == title
    assert str(event.get("description", "")) == text
    assert max(len(line.encode()) for line in written.split("\r\n")) <= 75

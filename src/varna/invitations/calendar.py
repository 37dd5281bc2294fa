"""An occasion as an iCalendar file (RFC 5545, RFC 5546). Pure.

Our own VTIMEZONE: what the library would add lists every change since 1879.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress


HERE = ZoneInfo("Europe/Stockholm")
PRODUCT = "-//Värna//Kallelser//SV"
_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


class Method(StrEnum):
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Entry:
    """`uid` never changes; `sequence` rises when something that matters does."""

    uid: str
    sequence: int
    title: str
    text: str
    starts_at: dt.datetime
    ends_at: dt.datetime | None
    place: str
    link: str
    organiser: tuple[str, str]  # name and address


def file(entry: Entry, attendee: str, method: Method, *, at: dt.datetime) -> str:
    """One invitation for one attendee, lines folded and ended as the standard says."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    calendar.add_component(Timezone.from_ical(_ZONE.replace("\n", "\r\n")))
    calendar.add_component(_event(entry, attendee, method, at))
    written: bytes = calendar.to_ical(sorted=False)
    return written.decode()


def _event(entry: Entry, attendee: str, method: Method, at: dt.datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("sequence", entry.sequence)
    event.add("dtstart", _local(entry.starts_at))
    if entry.ends_at is not None:
        event.add("dtend", _local(entry.ends_at))
    event.add("summary", entry.title)
    for name, said in (("description", entry.text), ("location", entry.place)):
        if said:
            event.add(name, said)
    if entry.link:
        event.add("url", entry.link)
    event.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    name, address = entry.organiser
    event.add("organizer", vCalAddress(f"mailto:{address}"), parameters={"cn": name})
    # Answers come through the link in the mail; nobody reads the sender's box.
    event.add(
        "attendee",
        vCalAddress(f"mailto:{attendee}"),
        parameters={"role": "REQ-PARTICIPANT", "partstat": "NEEDS-ACTION", "rsvp": "FALSE"},
    )
    return event


def _local(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(HERE).replace(microsecond=0)

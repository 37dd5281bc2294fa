"""A role's due days as an iCalendar file: the plan's own words, never a case or a person."""

import datetime as dt

from django.utils.translation import gettext as _

from icalendar import Calendar, Event

from varna.following import words
from varna.following.queries import Stand
from varna.plan.rules.standings import Standing
from varna.plan.words import in_language
from varna.standing.rules.status import Row


_DONE = {Standing.KEPT, Standing.KEPT_LATE, Standing.STATED}


def feed_file(found: Stand, role: str, now: dt.datetime) -> bytes:
    """Every due day of the role in the period, as whole days."""
    calendar = Calendar()
    calendar.add("prodid", "-//Värna//sv")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    plan = found.followed.now.plan
    title = in_language(plan.roles[role].title) if role in plan.roles else role
    calendar.add("x-wr-calname", title)
    for row in found.rows:
        withdrawn = row.standing is Standing.WITHDRAWN
        if row.commitment.by == role and row.occurrence.due_on and not withdrawn:
            calendar.add_component(_event(row, row.occurrence.due_on, now))
    return bytes(calendar.to_ical())


def _event(row: Row, due: dt.date, now: dt.datetime) -> Event:
    event = Event()
    unit = f"-{row.unit.id}" if row.unit else ""
    event.add("uid", f"{row.commitment.id}-{row.occurrence.turn}-{due.isoformat()}{unit}@varna")
    event.add("dtstamp", now)
    event.add("dtstart", due)
    event.add("dtend", due + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", _("Last day: %s") % in_language(row.commitment.title))
    event.add("description", str(words.STANDINGS[row.standing]).capitalize())
    if row.standing in _DONE:
        event.add("status", "CONFIRMED")
    return event

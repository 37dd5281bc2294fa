"""The report of compliance: what the executive board is told, in words and rows."""

import datetime as dt
from collections.abc import Sequence
from typing import TypedDict

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _

from varna.cases import queries as cases
from varna.cooperation.words import number
from varna.following import queries, words
from varna.following.models import Deviation, Report, Statement
from varna.following.pages.mandate import by_commitment, headline, label, spoken_of
from varna.following.queries import Stand
from varna.foundation import clock
from varna.foundation.accounts.queries import names
from varna.foundation.codes import word_for
from varna.foundation.figures import FEWEST_SHOWN
from varna.plan.rules.standings import WORST_FIRST
from varna.plan.words import cadence, in_language
from varna.standing.rules.status import Row


class Section(TypedDict):
    """One commitment: pairs of facts, a row a turn, and what was said."""

    heading: str
    facts: list[tuple[str, str]]
    turns: list[tuple[str, ...]]
    said: list[tuple[str, str]]


class Change(TypedDict):
    """What stands otherwise than in one earlier report; words where nothing does."""

    title: str
    rows: list[tuple[str, ...]]
    nothing: str


class Content(TypedDict):
    """What both the PDF and the Word file are made of; all of it is words."""

    lang: str
    title: str
    subtitle: str
    footer: str
    author: str
    opening: list[str]
    changed_head: tuple[str, ...]
    changes: list[Change]
    counted_head: tuple[str, ...]
    counted: list[tuple[str, ...]]
    counted_title: str
    figures_title: str
    figures_head: tuple[str, ...]
    figures: list[tuple[str, str]]
    commitments_title: str
    turns_head: tuple[str, ...]
    sections: list[Section]


def _day(day: dt.date | None) -> str:
    return formats.date_format(day, "j F Y") if day else "–"


def standings(found: Stand) -> dict[str, str]:
    """How each commitment stands, by its id; those about few cases are left out."""
    groups = (rows for rows in by_commitment(found.rows) if not any(row.hidden for row in rows))
    return {rows[-1].commitment.id: headline(rows).value for rows in groups}


def _changes(found: Stand, earlier: Sequence[Report]) -> list[Change]:
    if not earlier:
        return [Change(title=_("This is the first report of the period"), rows=[], nothing="")]
    nothing = _("Nothing stands otherwise than then.")
    return [
        Change(title=_since(one), rows=_changed(found, one), nothing=nothing) for one in earlier
    ]


def _changed(found: Stand, before: Report) -> list[tuple[str, ...]]:
    """What stands otherwise than in the report before, what is new, and what is gone."""
    was, now = before.standings, standings(found)
    titles = {row.commitment.id: in_language(row.commitment.title) for row in found.rows}
    return [
        (titles.get(one, one), _named(was.get(one)), _named(now.get(one)))
        for one in dict.fromkeys([*now, *was])
        if was.get(one) != now.get(one)
    ]


def _named(code: str | None) -> str:
    return word_for(words.STANDINGS, code) if code else "–"


def _by_need(rows: Sequence[Row]) -> int:
    """Gaps first, then words, then what is kept."""
    return WORST_FIRST.index(headline(rows))


def report_content(
    found: Stand, language: str, at: dt.datetime, earlier: Sequence[Report] = ()
) -> Content:
    """In the language that is active; `language` says which. `earlier`: the reports that it is
    compared with.
    """
    plan = found.followed.now.plan
    period = found.period
    span = f"{_day(period.starts_on)} – {_day(period.ends_on)}"
    made = _("Made %s") % _day(clock.day_of(at))
    few = (
        _("Figures about fewer than %d cases are left out, so that they point at nobody.")
        % FEWEST_SHOWN
    )
    groups = sorted(by_commitment(found.rows), key=_by_need)
    return Content(
        lang=language,
        title=_("How the plan is kept"),
        subtitle=f"{in_language(plan.title)}, {span}",
        footer=f"{settings.MUNICIPALITY} · {made}",
        author=settings.MUNICIPALITY,
        opening=[
            _("Each commitment of the plan, how it stands, and what shows it. Nothing is called "
              "kept without proof."),
            few,
        ],
        changed_head=(_("Commitment"), _("Then"), _("Now")),
        changes=_changes(found, earlier),
        counted_title=_("In short"),
        counted_head=(_("Standing"), _("Number"), _("What it means")),
        counted=_counted(found.rows),
        figures_title=_("Cases opened in the period"),
        figures_head=(_("Level"), _("Number")),
        figures=figures(period.starts_on, min(period.ends_on, clock.day_of(at))),
        commitments_title=_("The commitments"),
        turns_head=_turns_head(),
        sections=_sections(groups),
    )  # fmt: skip


def _since(before: Report) -> str:
    made_on = clock.day_of(before.made_at) if before.made_at else None
    return _("Changed since the report of %s") % _day(made_on)


def figures(first: dt.date, last: dt.date) -> list[tuple[str, str]]:
    """Cases by level between two days, none so few that the number could point at somebody."""
    return [(name, number(count)) for _code, name, count in cases.situation(first, last)]


def _turns_head() -> tuple[str, ...]:
    return (_("Last day"), _("Standing"), _("Figure"), _("Proved"))


def _counted(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    return [
        (
            str(words.STANDINGS[standing]).capitalize(),
            str(count),
            str(words.MEANINGS[standing]),
        )
        for standing in WORST_FIRST
        if (count := sum(1 for row in rows if row.standing is standing))
    ]


def _sections(groups: list[list[Row]]) -> list[Section]:
    reasons, statements = queries.deviations(), queries.statements()
    known = names([one.by for one in [*reasons, *statements]])

    def name(said: Deviation | Statement) -> str:
        return known.get(said.by, "–")

    found: list[Section] = []
    for rows in groups:
        version, one = rows[-1].version, rows[-1].commitment
        keys = {row.key for row in rows}
        proved = {row.proof.reference for row in rows if row.proof}
        said = [
            (
                _("Not in time, %(day)s: %(name)s")
                % {"day": _day(each.due_on), "name": name(each)},
                f"{each.reason}\n{each.remedy}",
            )
            for each in reasons
            if each.key in keys
        ] + [
            (
                _("Stated about %(day)s, said %(said)s: %(name)s")
                % {"day": _day(each.on), "said": _day(clock.day_of(each.at)), "name": name(each)},
                each.text,
            )
            for each in statements
            if proved & {f"statement:{each.pk}", f"survey:{each.pk}"}
        ]
        told = [_turn(row) for row in rows]
        # One turn is told in words: a table of a single row says less than its heading.
        alone = list(zip(_turns_head(), told[0], strict=True)) if len(told) == 1 else []
        found.append(
            Section(
                heading=in_language(one.title),
                facts=[
                    (_("Who"), in_language(version.plan.roles[one.by].title)),
                    (_("How often"), cadence(one.cadence)),
                    (_("What it is counted in"), words.counted_in(spoken_of(rows))),
                    *(alone or [(_("Now"), str(label(headline(rows)).text))]),
                ],
                turns=[] if alone else told,
                said=said,
            )
        )
    return found


def _turn(row: Row) -> tuple[str, ...]:
    unit = f" ({row.unit.name})" if row.unit else ""
    proved = _day(row.proof.on) if row.proof else "–"
    if row.said_on:
        proved += ", " + _("by somebody's word, said %s") % _day(row.said_on)
    due = _day(row.occurrence.due_on) if row.occurrence.due_on else _("always")
    if row.occurrence.awaiting:
        due = _("awaits: %s") % row.occurrence.awaiting
    return (due + unit, str(words.STANDINGS[row.standing]), words.figure(row), proved)

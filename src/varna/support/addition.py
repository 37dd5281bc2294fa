"""What this room adds to a case: its open measures, its clocks, its pages and what it has done."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from varna.cases.additions import Addition, Happened, Section, Tab
from varna.cases.models import Case
from varna.cases.queries import parts
from varna.cases.rules.clocks import Due
from varna.cases.rules.counting import Moment
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import service as vault
from varna.support import pages, queries, words
from varna.support.models import HealthOffer, Measure, PoliceContact
from varna.support.sealed import PoliceReport


class Support:
    opens: frozenset[Compartment] = frozenset({Compartment.PROTECTION, Compartment.TASK})
    tabs: tuple[Tab, ...] = (
        Tab(30, "cases:measures", _("Measures"), ("measures", "measure")),
        Tab(60, "cases:police", _("Police"), ("police",)),
        Tab(70, "cases:health", _("Occupational health"), ("health",)),
    )

    def left_open(self, case: Case) -> int:
        return queries.open_measures(case).count()

    def dues(self, case: Case) -> list[Due]:
        return queries.dues_of(case)

    def happenings(self, case: Case, handle: vault.Handle) -> list[Happened]:
        found = []
        for row in parts(Measure, case):
            what = words.EVENT_MEASURE % {"state": row.get_state_display()}
            found.append(Happened(row.at, what, row.by, row.get_measure_class_display()))
        for police in parts(PoliceContact, case):
            said = handle.read(police, "what", PoliceReport).number
            found.append(Happened(police.at, str(words.EVENT_POLICE), police.by, said))
        for offer in parts(HealthOffer, case):
            found.append(Happened(offer.at, str(words.EVENT_HEALTH), offer.by, ""))
        return found

    def section(self, case: Case, handle: vault.Handle, *, today: dt.date) -> Section:
        shown = {"measures": pages.measures(case, handle, today=today)}
        return Section("support/section.html", shown)

    def moments(self) -> Mapping[Moment, Mapping[uuid.UUID, dt.datetime]]:
        return queries.moments()


SUPPORT: Addition = Support()

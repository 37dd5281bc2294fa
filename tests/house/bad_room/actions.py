"""What is done with remarks."""

import datetime as dt

from varna.foundation.accounts.rules import Actor
from varna.foundation.audit import actions as audit
from varna.foundation.deeds import deed
from varna.learning.models import Remark


def remark(report, note: bytes) -> Remark:
    return Remark.objects.create(report=report, note=note)


@deed("learning.forgotten")
def forget(row: Remark, *, by: Actor, at: dt.datetime) -> None:
    row.delete()
    audit.record("learning.forgotten", by=by, at=at)

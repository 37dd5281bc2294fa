"""The demonstration's duty list: the handlers take weeks, and one has handed over."""

import datetime as dt
import uuid

from varna.duty import actions
from varna.duty.models import Turn
from varna.duty.rules import Length
from varna.foundation import clock
from varna.foundation.accounts.actions import actor_of
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.queries import holders, one_for_each_role
from varna.foundation.accounts.rules import Actor, Role, Strength


NOTE = "Två nya anmälningar i går kväll, båda bekräftade. Polisen ringer tillbaka i morgon bitti."
PHONE = "021-390 06 12"


def fill(*, by: Actor, at: dt.datetime) -> None:  # noqa: ARG001 (whoever leads plans)
    lead = dict(one_for_each_role(at=at)).get(Role.LEAD)
    people = sorted(holders(Role.HANDLER, at=at), key=_name)
    if lead is None or not people or Turn.unscoped.exists():
        return
    acting = actor_of(lead, strength=Strength.STRONG, at=at)
    today = clock.day_of(at)
    monday = today - dt.timedelta(days=today.weekday())
    made = actions.fill(
        people, first=monday, turns=8, length=Length.WEEK, phone=PHONE, by=acting, at=at
    )
    actions.hand_over(Turn.unscoped.get(pk=made[0]), NOTE, by=acting, at=at)


def _name(account: uuid.UUID) -> str:
    return Account.objects.get(pk=account).name

"""What the access administrator's deeds on access tell others."""

import datetime as dt
import uuid

from varna.foundation.access import actions as access
from varna.foundation.accounts import actions as accounts
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.queries import holders
from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.deeds import deed
from varna.foundation.notices import actions as notices


@deed("account.person", "account.person_asked")
def say_whose(
    account: Account, person: uuid.UUID, *, by: Actor, at: dt.datetime, another_account: bool
) -> bool:
    """Say who an account's holder is. An account that is to be somebody else's waits for a second
    administrator, who is told; once it is, whoever leads is told: it may concern their cases.
    """
    accounts.let_administer(account, by)
    moved = account.person is not None
    done = access.link_person(account, person, by=by, at=at, another_account=another_account)
    if not done:
        notices.tell(holders(Role.ACCESS_ADMIN, at=at) - {by.account}, at=at)
    elif moved:
        notices.tell(holders(Role.LEAD, at=at), at=at)
    return done

"""The demonstration's requests: one answered in time, one late, one that waits."""

import datetime as dt

from varna.foundation.accounts.actions import actor_of
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.queries import one_for_each_role
from varna.foundation.accounts.rules import Actor, Role, Strength
from varna.requests import actions
from varna.requests.models import HelpRequest
from varna.requests.rules import Subject


# Days ago, days until the answer (None: it waits), subject, question, answer.
STORIES = (
    (200, 1, Subject.MEETING, "Vi väntar många åhörare på nämndens möte. Vad bör vi tänka på?",
     "Vi kommer och går igenom lokalen med er dagen före."),
    (90, 9, Subject.PREMISES, "Larmknappen i receptionen svarar inte alltid.",
     "Den är utbytt. Provlarma gärna varje månad."),
    (1, None, Subject.ROUTINES, "Hur gör vi med brev som känns obehagliga?", ""),
)  # fmt: skip


def fill(*, by: Actor, at: dt.datetime) -> None:  # noqa: ARG001 (people ask and answer)
    accounts = dict(one_for_each_role(at=at))
    if HelpRequest.unscoped.exists() or not {Role.CONTACT, Role.HANDLER} <= set(accounts):
        return
    for days, after, subject, question, answer in STORIES:
        moment = at - dt.timedelta(days=days)
        row = actions.ask(subject, question, by=_actor(accounts[Role.CONTACT], at), at=moment)
        if after is not None:
            answered = moment + dt.timedelta(days=after)
            actions.answer(row, answer, by=_actor(accounts[Role.HANDLER], at), at=answered)


def _actor(account: Account, at: dt.datetime) -> Actor:
    return actor_of(account, strength=Strength.STRONG, at=at)

"""Put mails in the outbox; send what is due, under a lease, so that no two workers send it."""

import datetime as dt
import smtplib
import time
import uuid
from collections.abc import Iterable
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import connection, transaction
from django.db.models import Case, Q, When
from django.utils import translation
from django.utils.translation import gettext as _

from varna.foundation import clock
from varna.foundation.accounts.models import Account
from varna.foundation.outbox import rules
from varna.foundation.outbox.models import Mail, Pulse
from varna.foundation.outbox.rules import GIVE_UP_AFTER
from varna.foundation.outbox.sealed import Letter
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault


LEASE = dt.timedelta(minutes=2)
SIGN_IN_LIVES = dt.timedelta(minutes=10)
_CAN_WAIT = Case(When(kind=Mail.Kind.INVITATION, then=1), default=0)
# The server is there and says no to this mail, or the mail cannot be written; the next one may
# still be taken.
THIS_ONE_ONLY = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, ValueError)


def leaving_times() -> list[dt.time]:
    return [dt.time.fromisoformat(text) for text in settings.MAIL_TIMES]


def put_uniform(*accounts: uuid.UUID, at: dt.datetime, at_once: bool = False) -> None:
    """Ask for the uniform mail: at once for whoever is on duty, else at the next fixed time; one
    for each account and time, however many deeds ask for it.
    """
    leaves = at if at_once else rules.next_leaving(at.astimezone(clock.STOCKHOLM), leaving_times())
    minute = leaves.astimezone(dt.UTC).strftime("%Y%m%d%H%M")
    _put_uniform(accounts, slot=minute, at=at, leaves=leaves)


def put_digest(*accounts: uuid.UUID, day: dt.date, at: dt.datetime) -> None:
    """The uniform mail, as the one digest of a day: one for each account, however often asked."""
    _put_uniform(accounts, slot=f"digest:{day.isoformat()}", at=at, leaves=at)


def _put_uniform(
    accounts: Iterable[uuid.UUID], *, slot: str, at: dt.datetime, leaves: dt.datetime
) -> None:
    """One mail for each account and slot."""
    Mail.unscoped.bulk_create(
        [
            Mail(
                kind=Mail.Kind.UNIFORM,
                account=account,
                created_at=at,
                due_at=leaves,
                not_before=leaves,
                once=f"{account}:{slot}",
            )
            for account in accounts
        ],
        ignore_conflicts=True,
    )


def put_sign_in(address: str, code: str, *, at: dt.datetime) -> None:
    mail = Mail(kind=Mail.Kind.SIGN_IN, created_at=at, due_at=at, not_before=at)
    letter = Letter(to=address, code=code, language=translation.get_language() or "")
    vault.writer(owners.OUTBOX).seal(mail, "payload", letter)
    mail.save(force_insert=True)


def put_invitations(letters: Iterable[Letter], *, at: dt.datetime) -> dict[str, uuid.UUID]:
    """Queue invitations, sealed. Answer each mail's id, by its `once`."""
    writer, mails = vault.writer(owners.OUTBOX), []
    for letter in letters:
        mail = Mail(
            # Made of what it is once: whoever asked first and whoever asked again hold the same id.
            id=uuid.uuid5(owners.OUTBOX, letter.once),
            kind=Mail.Kind.INVITATION,
            once=letter.once,
            created_at=at,
            due_at=at,
            not_before=at,
        )
        writer.seal(mail, "payload", letter)
        mails.append(mail)
    Mail.unscoped.bulk_create(mails, ignore_conflicts=True, batch_size=500)
    return {str(mail.once): mail.pk for mail in mails}


def take_back(mails: Iterable[uuid.UUID], *, at: dt.datetime) -> set[uuid.UUID]:
    """Remove what has not left and is not just being sent. Answer which."""
    waiting = Mail.unscoped.select_for_update().filter(
        Q(leased_until=None) | Q(leased_until__lt=at), pk__in=list(mails), sent_at=None
    )
    found = set(waiting.values_list("pk", flat=True))
    Mail.unscoped.filter(pk__in=found).delete()
    return found


def send_due(*, at: dt.datetime, most: int = 50) -> int:
    """Send what is due. A mail server that is away delays and loses nothing.

    One lease at a time: many mails and a slow server must not outlive their leases, or another
    worker would send them too. A server that is away ends the round, so that the worker's other
    duties do not wait for it.
    """
    began, sent = time.monotonic(), 0
    for _number in range(most):
        moment = at + dt.timedelta(seconds=time.monotonic() - began)
        mail = _lease(at=moment)
        if mail is None:
            break
        try:
            message = _message(mail, at=moment)
            if message is not None:
                # The same at each try: whoever gets it twice can see that it is one.
                message.extra_headers["Message-ID"] = f"<{mail.pk}@{_house()}>"
                message.send()
        except (OSError, ValueError) as fault:  # smtplib's own are among them
            _put_off(mail, fault, at=moment)
            if not isinstance(fault, THIS_ONE_ONLY):
                break
        else:
            mail.sent_at = moment
            mail.payload = None
            mail.save(update_fields=["sent_at", "payload"])
            sent += 1
    return sent


def _house() -> str:
    """The part of the sender's address that says whose mail it is."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _put_off(mail: Mail, fault: OSError | ValueError, *, at: dt.datetime) -> None:
    mail.attempts += 1
    mail.fault = type(fault).__name__
    mail.not_before = at + rules.back_off(mail.attempts)
    mail.leased_until = None
    mail.save(update_fields=["attempts", "fault", "not_before", "leased_until"])


@transaction.atomic
def _lease(*, at: dt.datetime) -> Mail | None:
    due = Mail.unscoped.filter(
        Q(leased_until=None) | Q(leased_until__lt=at),
        sent_at=None,
        not_before__lte=at,
        created_at__gt=at - GIVE_UP_AFTER,
    )
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    # Six hundred invitations must not keep a sign-in code, or whoever is on duty, waiting.
    found = due.order_by(_CAN_WAIT, "created_at").first()
    if found is not None:
        Mail.unscoped.filter(pk=found.pk).update(leased_until=at + LEASE)
    return found


def _message(mail: Mail, *, at: dt.datetime) -> EmailMessage | None:
    if mail.kind == Mail.Kind.SIGN_IN:
        return _sign_in_message(mail, at=at)
    if mail.kind == Mail.Kind.INVITATION:
        return _invitation_message(mail, at=at)
    account = Account.objects.in_force().filter(pk=mail.account or mail.pk).first()
    if account is None:
        return None
    with translation.override(account.language):
        return EmailMessage(
            _("Message from Värna"),
            _(
                "There is something new for you. Go to your municipality's intranet and choose "
                "Värna, or write the address yourself.\n\nThis mail looks the same to everyone."
            ),
            to=[account.email],
        )


def _sign_in_message(mail: Mail, *, at: dt.datetime) -> EmailMessage | None:
    if mail.payload is None or at - mail.created_at > SIGN_IN_LIVES:
        return None
    with vault.opened_by_system(owners.OUTBOX, purpose="send", at=at) as handle:
        said = handle.read(mail, "payload", Letter)
    with translation.override(said.language or "sv"):
        return EmailMessage(
            _("Message from Värna"),
            _(
                "Your sign-in code is %(code)s\n\nIt holds for ten minutes and can be used once. "
                "If you did not ask for it, you need not do anything."
            )
            % {"code": said.code},
            to=[said.to],
        )


def _invitation_message(mail: Mail, *, at: dt.datetime) -> EmailMessage | None:
    if mail.payload is None:
        return None
    with vault.opened_by_system(owners.OUTBOX, purpose="send", at=at) as handle:
        letter = handle.read(mail, "payload", Letter)
    message = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.to])
    if letter.calendar:
        message.attach_alternative(letter.calendar, f"text/calendar; method={letter.method}")
    return message


def silence(name: str) -> None:
    """It is not so any more."""
    Pulse.unscoped.filter(name=name).delete()


def beat(name: str, *, at: dt.datetime) -> None:
    Pulse.unscoped.update_or_create(name=name, defaults={"at": at})

"""`varna account`: the first access administrator, and the way back when every key is lost."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from varna.foundation import clock
from varna.foundation.access.actions import appoint
from varna.foundation.accounts import actions
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import Role, system
from varna.foundation.deeds import WhyNot


BY = system("command line")
# Whoever runs the server must not be able to let themselves in to cases with one short command.
NOT_FROM_HERE = frozenset({Role.HANDLER, Role.LEAD, Role.CONTACT})


class Command(BaseCommand):
    help = _("Opens the first accounts (open), or lets somebody add a first passkey (enrol).")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        opening = deeds.add_parser("open", help="open an account, with roles and a day to enrol")
        opening.add_argument("email", help="the person's own address: codes go there")
        opening.add_argument("--name", required=True)
        opening.add_argument("--title", default="")
        opening.add_argument(
            "--role",
            action="append",
            required=True,
            metavar="ROLE",
            help="may be given more than once: " + ", ".join(_given_from_here()),
        )
        enrolling = deeds.add_parser(
            "enrol", help="take away somebody's passkeys and apps, and give a day to add a new one"
        )
        enrolling.add_argument("email")

    def handle(self, *_args: Any, deed: str, **options: Any) -> None:
        if deed == "open":
            self._open(options)
        else:
            self._enrol(options["email"])

    def _open(self, options: dict[str, Any]) -> None:
        roles = [_role(written) for written in options["role"]]
        _check_words(options["email"], options["name"])
        at = clock.now()
        with transaction.atomic():  # a role that is refused leaves no account behind
            try:
                account = actions.open_account(
                    email=options["email"],
                    name=options["name"],
                    title=options["title"],
                    by=BY,
                    at=at,
                )
                for role in roles:
                    _appoint(account, role)
            except WhyNot:
                raise CommandError(
                    _(
                        "There is already an account with this address. An access administrator "
                        "changes its roles; `varna account enrol` opens for a new passkey."
                    )
                ) from None
            actions.let_enrol(account, by=BY, at=at)
        self.stdout.write(
            _("Opened an account for %(email)s: %(roles)s.")
            % {"email": account.email, "roles": ", ".join(roles)}
        )
        self._tell_what_next()

    def _enrol(self, email: str) -> None:
        account = Account.objects.filter(email=email.strip().lower()).first()
        if account is None:
            raise CommandError(_("There is no account with this address."))
        removed = actions.let_enrol(account, by=BY, at=clock.now())
        self.stdout.write(
            ngettext(
                "%d passkey or app was taken away.",
                "%d passkeys and apps were taken away.",
                removed,
            )
            % removed
        )
        self._tell_what_next()

    def _tell_what_next(self) -> None:
        self.stdout.write(
            _(
                "They can sign in with a code by mail and add a passkey within 24 hours. Sit "
                "beside them: whoever reads their mail meanwhile could do it instead."
            )
        )


def _given_from_here() -> list[str]:
    return [role.value for role in Role if role not in NOT_FROM_HERE]


def _role(written: str) -> Role:
    if written not in set(Role):
        raise CommandError(
            _("There is no role called %(written)s. Choose among %(roles)s.")
            % {"written": written, "roles": ", ".join(_given_from_here())}
        )
    role = Role(written)
    if role in NOT_FROM_HERE:
        raise CommandError(
            _(
                "The role %s is not given from the command line, because it leads to cases. An "
                "access administrator gives it, under Accounts."
            )
            % role
        )
    return role


def _check_words(email: str, name: str) -> None:
    try:
        validate_email(email.strip())
    except ValidationError:
        raise CommandError(_("%s is not an e-mail address.") % email) from None
    if not name.strip():
        raise CommandError(_("A name is needed."))


def _appoint(account: Account, role: Role) -> None:
    try:
        appoint(account, role, by=BY, at=clock.now())
    except actions.Apart as apart:
        raise CommandError(
            _(
                "Nobody can be both %(held)s and %(role)s: the two must be kept apart. "
                "Open an account for each of two people."
            )
            % {"held": apart.held, "role": role}
        ) from None
    except WhyNot:
        raise CommandError(_("The role %s was written twice.") % role) from None

"""`varna mail try ADDRESS`: does a mail leave, and if not, what does the server say?"""

import smtplib
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = _("Tries to send a mail, and tells what the mail server says.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        trying = deeds.add_parser("try", help="send one mail now, beside those that wait")
        trying.add_argument("address")

    def handle(self, *_args: Any, address: str, **_options: Any) -> None:
        where = {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT}
        mail = EmailMessage(_("Message from Värna"), _("This is a try. It works."), to=[address])
        try:
            mail.send()
        except smtplib.SMTPResponseException as fault:
            said = f"{fault.smtp_code} {_read(fault.smtp_error)}"
            raise CommandError(
                _("%(host)s:%(port)s says no: %(said)s") % {**where, "said": said}
            ) from None
        except smtplib.SMTPRecipientsRefused as fault:
            (code, why), *_rest = fault.recipients.values()
            raise CommandError(
                _("%(host)s:%(port)s does not take mail for that address: %(said)s")
                % {**where, "said": f"{code} {_read(why)}"}
            ) from None
        except OSError as fault:
            raise CommandError(
                _("%(host)s:%(port)s cannot be reached: %(said)s") % {**where, "said": fault}
            ) from None
        self.stdout.write(_("%(host)s:%(port)s has taken the mail.") % where)


def _read(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said

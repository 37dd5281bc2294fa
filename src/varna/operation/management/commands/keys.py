"""`varna keys`: make, check, rotate and copy the keystore. Nobody destroys a case's keys at a
terminal: two people decide it in the case room.
"""

import sqlite3
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from varna.foundation.keys.file import KeysMissingError
from varna.foundation.keys.providers import RootKeyError, from_file, make_root_file
from varna.foundation.keys.store import Keystore, keystore
from varna.foundation.vault.queries import keyless
from varna.operation.actions import bonding
from varna.operation.queries import bond, database_side


class Command(BaseCommand):
    help = _("Makes, checks, rotates and copies the keys.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        deeds.add_parser("init", help="make the root key (provider file) and the keystore")
        deeds.add_parser("check", help="can the keystore be read and its newest key opened?")
        rotating = deeds.add_parser("rotate", help="wrap every key anew under a fresh one")
        rotating.add_argument(
            "--new-root", type=Path, metavar="FILE",
            help="also change the root key: make it in FILE, and use that from now on",
        )  # fmt: skip
        copying = deeds.add_parser("copy", help="write a consistent copy, to keep 35 days at most")
        copying.add_argument("file", type=Path)
        fetching = deeds.add_parser("fetch", help="bring back from a copy the keys missing here")
        fetching.add_argument("file", type=Path)

    def handle(self, *_args: Any, deed: str, **options: Any) -> None:
        try:
            getattr(self, f"do_{deed}")(options)
        except (RootKeyError, KeysMissingError) as fault:
            raise CommandError(str(fault)) from None

    def do_init(self, _options: dict[str, Any]) -> None:
        if bonding.make_keys():
            self.stdout.write(
                _("Made a root key in %s. Keep a copy apart.") % settings.ROOT_KEY_FILE
            )
        self.stdout.write(_("The keystore is %s.") % settings.KEYSTORE)

    def do_check(self, _options: dict[str, Any]) -> None:
        keystore().read_through()
        bonding.stop_at(bond(database_side()))
        self.stdout.write(_("The keystore and its newest key are well."))
        held = keyless()
        if held.missing:
            raise CommandError(
                ngettext(
                    "%(n)d report, case or other owner has no keys here: bring them back from a "
                    "copy with `varna keys fetch`.",
                    "%(n)d reports, cases or other owners have no keys here: bring them back from "
                    "a copy with `varna keys fetch`.",
                    held.missing,
                )
                % {"n": held.missing}
            )

    def do_rotate(self, options: dict[str, Any]) -> None:
        new_root: Path | None = options["new_root"]
        store: Keystore = keystore()
        if new_root is None:
            count = store.rotate()
        else:
            if new_root.exists():
                raise CommandError(_("%s exists already; choose a name that is free.") % new_root)
            make_root_file(new_root)
            count = store.rotate(from_file(new_root))
            self.stdout.write(
                _("The new root key is in %s. Give it to the provider and start again.") % new_root
            )
        self.stdout.write(
            ngettext("%d key was wrapped anew.", "%d keys were wrapped anew.", count) % count
        )

    def do_copy(self, options: dict[str, Any]) -> None:
        if options["file"].exists():
            raise CommandError(
                _("%s exists already; choose a name that is free.") % options["file"]
            )
        try:
            keystore().copy_to(options["file"])
        except (OSError, sqlite3.Error) as fault:
            raise CommandError(_("The copy could not be written: %s") % fault) from None
        self.stdout.write(_("Copied to %s. Keep it 35 days at most.") % options["file"])

    def do_fetch(self, options: dict[str, Any]) -> None:
        count = keystore().fetch(options["file"])
        self.stdout.write(ngettext("%d key came back.", "%d keys came back.", count) % count)

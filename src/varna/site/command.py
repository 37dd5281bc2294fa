"""The command `varna`: this product's own commands first, Django's behind them."""

import os
import secrets
import sys
from importlib import metadata

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line, get_commands, load_command_class
from django.utils import translation
from django.utils.translation import gettext as _

from varna.foundation.keys.file import KeysMissingError
from varna.foundation.keys.providers import RootKeyError
from varna.site import environment


# These work on a plan's file wherever somebody writes one; nothing need be installed.
ON_A_FILE = (["plan", "check"], ["plan", "calendar"])
HELP = {"-h", "--help"}
# They run for as long as the service does, and speak the language of whom they serve.
SERVING = {"serve", "worker", "demo"}


def main() -> None:
    os.umask(0o077)  # what is made here is for nobody else, whoever starts it
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varna.site.settings")
    words = sys.argv[1:]
    if words == ["--version"]:
        sys.stdout.write(f"varna {metadata.version('varna')}\n")
        return
    helping = not words or words == ["help"] or not HELP.isdisjoint(words)
    if helping or words[:2] in ON_A_FILE:
        # Before anything is configured, and without a key being written.
        os.environ.setdefault("VARNA_DEMO", "yes")
        os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(48))
    try:
        django.setup()
        environment.hide()
        if words and words[0] in SERVING:
            execute_from_command_line(["varna", *words])
            return
        with translation.override(settings.COMMAND_LANGUAGE):
            if not words or (helping and len(words) == 1):
                sys.stdout.write(overview())
            else:
                execute_from_command_line(["varna", *words])
    except (ImproperlyConfigured, RootKeyError, KeysMissingError) as fault:
        raise SystemExit(f"varna: {fault}") from None


def overview() -> str:
    """One line a command, this product's own with what they are for."""
    own, others = [], []
    for name, app in sorted(get_commands().items()):
        if isinstance(app, str) and app.startswith("varna."):
            own.append(f"  {name:<12}{load_command_class(app, name).help}")
        else:
            others.append(name)
    return (
        _("varna: the system with which a municipality keeps its plan")
        + "\n\n  "
        + _("varna COMMAND [--help]")
        + "\n\n"
        + "\n".join(own)
        + "\n\n"
        + _("Django's own: ")
        + ", ".join(others)
        + "\n"
    )


if __name__ == "__main__":
    main()

"""The command `varna`: this product's own commands first, Django's behind them."""

import os
import secrets
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line, get_commands, load_command_class

from varna.foundation.keys.providers import RootKeyError
from varna.foundation.keys.store import KeysMissingError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varna.site.settings")
    words = sys.argv[1:]
    if not words or (words[0] in {"-h", "--help", "help"} and len(words) == 1):
        # Help must be readable before anything is configured.
        os.environ.setdefault("VARNA_DEMO", "yes")
        os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(48))  # or one would be written
        django.setup()
        sys.stdout.write(overview())
        return
    try:
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
        "varna: the system with which a municipality keeps its plan\n\n"
        "  varna COMMAND [--help]\n\n"
        + "\n".join(own)
        + "\n\nDjango's own: "
        + ", ".join(others)
        + "\n"
    )


if __name__ == "__main__":
    main()

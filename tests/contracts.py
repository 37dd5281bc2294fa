"""Which room may lean on which, made from the rooms' cards and held by import-linter.

    python tests/contracts.py

What does not depend on the rooms stands in pyproject.toml; here it is joined by what each room has
said on its card, so that a new room keeps every contract from its first day.
"""

import os
import subprocess
import sys
import tempfile
import tomllib
from itertools import groupby
from pathlib import Path


ROOT = Path(__file__).parent.parent
INSIDE = [
    "(urls)", "(views)", "(addition)", "(forms) | (pages)", "(actions)",
    "(queries) | (retention)", "(gathering)", "(additions)", "(models)",
    "(words) | (receipts) | (links)",
    "(sealed)", "(calendar) | (rules)", "(auditor)",
]  # fmt: skip
BESIDE = ["apps", "migrations", "management", "inventory", "demonstration", "sweeps",
          "templatetags", "room"]  # fmt: skip
LOCKED_IN = {"keys", "vault", "audit"}  # the floors that may use cryptography
ANYWHERE = {"site", "foundation"}


def contracts(cards, floor, package, house):
    """import-linter's contracts, as tables of TOML."""
    rooms = [name for name in cards if name not in ANYWHERE]
    floors = [
        f"{package}.foundation.{path.stem}"
        for path in sorted((house / "foundation").iterdir())
        if path.stem not in LOCKED_IN | {"__init__", "__pycache__"}
    ]
    storeys = [" | ".join(group) for _, group in groupby(cards, key=floor)]
    yield {
        "id": "rooms", "name": "Rooms stand on each other in one direction", "type": "layers",
        "containers": [package], "exhaustive": True, "layers": storeys,
    }  # fmt: skip
    yield {
        "id": "inside-a-room", "name": "Inside a room: web over actions over data over rules",
        "type": "layers", "containers": [f"{package}.{name}" for name in rooms],
        "exhaustive": True, "exhaustive_ignores": BESIDE, "layers": INSIDE,
    }  # fmt: skip
    yield {
        "id": "one-lock", "name": "Keys, vault and audit alone use cryptography",
        "type": "forbidden", "source_modules": [*(f"{package}.{n}" for n in cards
                                                  if n != "foundation"), *floors],
        "forbidden_modules": ["cryptography"], "allow_indirect_imports": True,
    }  # fmt: skip
    yield {
        "id": "one-frame", "name": "A room's lines are left by its deeds", "type": "forbidden",
        "source_modules": [f"{package}.{name}" for name in cards if name != "foundation"],
        "forbidden_modules": [f"{package}.foundation.audit.actions"],
        "allow_indirect_imports": True,
    }  # fmt: skip
    yield {
        "id": "grants", "name": "Only access touches a grant", "type": "protected",
        "protected_modules": [f"{package}.foundation.access.models"],
        "allowed_importers": [f"{package}.foundation.access"],
    }  # fmt: skip
    for name in rooms:
        room = cards[name]
        others = [f"{package}.{o}" for o in rooms if o not in {name, *room.stands_on}]
        if others:
            yield {
                "id": f"card-{name}", "name": f"{name} leans on what its card says",
                "type": "forbidden", "source_modules": [f"{package}.{name}"],
                "forbidden_modules": others, "allow_indirect_imports": True,
            }  # fmt: skip
        if (house / name / "models.py").exists():
            yield {
                "id": f"rows-{name}", "name": f"The rows of {name} are its own",
                "type": "protected", "protected_modules": [f"{package}.{name}.models"],
                "allowed_importers": [f"{package}.{n}" for n in (name, *room.shows_rows_to)],
            }  # fmt: skip


def written(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    return "[" + ", ".join(written(one) for one in value) + "]"


def table(contract):
    rows = [f"{name} = {written(value)}" for name, value in contract.items()]
    return "\n".join(["[[tool.importlinter.contracts]]", *rows, ""])


def whole():
    """The configuration: what pyproject.toml says, and what the cards say."""
    from varna.foundation import rooms

    kept = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    always = kept.pop("contracts")
    head = ["[tool.importlinter]", *(f"{n} = {written(v)}" for n, v in kept.items()), ""]
    made = contracts(rooms.cards(), rooms.floor, rooms.PACKAGE, rooms.HOUSE)
    return "\n".join([*head, *(table(one) for one in [*always, *made])])


def main():
    os.environ |= {"DJANGO_SETTINGS_MODULE": "varna.site.settings", "VARNA_DEMO": "yes"}
    import django

    django.setup()
    with tempfile.TemporaryDirectory(prefix="varna-contracts-") as folder:
        file = Path(folder) / "contracts.toml"
        file.write_text(whole(), encoding="utf-8")
        linter = Path(sys.executable).with_name("lint-imports")
        return subprocess.run(
            [linter, "--no-cache", "--config", file], cwd=folder, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())

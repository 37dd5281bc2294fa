"""Which tests belong to a room: its own, those of every room that stands on it, and the house's."""

from pathlib import Path


HERE = Path(__file__).parent
ALWAYS = ["house"]


def tests_of(room: str) -> list[str]:
    """The folders of tests, by what the rooms' cards say that they stand on."""
    from varna.foundation import rooms

    cards = rooms.cards()
    if room not in cards:
        raise SystemExit(f"There is no room {room!r}; there are {', '.join(sorted(cards))}.")
    found = {room}
    while more := {n for n, card in cards.items() if not found.isdisjoint(card.stands_on)} - found:
        found |= more
    names = [*sorted(found), *ALWAYS]
    print("Rooms:", ", ".join(names), flush=True)
    return [str(HERE / name) for name in names if (HERE / name).is_dir()]

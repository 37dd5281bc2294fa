"""The rooms on one picture, drawn from their cards: floor by floor, and who stands on whom."""

from html import escape
from itertools import groupby


WIDTH, BOX, HIGH, GAP, MARGIN = 1080, 156, 46, 26, 24
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1b2733 }
.sv { font-size: 11px; fill: #54657a }
.room rect { fill: #fff; stroke: #1d5a7a }
.sealed rect { fill: #e9f2f7; stroke-width: 2 }
.on { stroke: #9fb3c4; fill: none }
"""


def places(cards, floor):
    """Where each room's box lies: (x, y) of its upper left corner."""
    found = {}
    for row, (_, names) in enumerate(groupby(cards, key=floor)):
        on_it = list(names)
        wide = len(on_it) * BOX + (len(on_it) - 1) * GAP
        for place, name in enumerate(on_it):
            x = (WIDTH - wide) // 2 + place * (BOX + GAP)
            found[name] = (x, MARGIN + row * (HIGH + GAP))
    return found


def arrow(where, upper, lower):
    (x, y), (to_x, to_y) = where[upper], where[lower]
    x, y, to_x = x + BOX // 2, y + HIGH, to_x + BOX // 2
    middle = (y + to_y) // 2
    return f'<path class="on" d="M{x} {y}C{x} {middle} {to_x} {middle} {to_x} {to_y}"/>'


def box(name, room, at, *, sealed):
    x, y = at
    middle = x + BOX // 2
    kind = "room sealed" if sealed else "room"
    return (
        f'<g class="{kind}"><rect x="{x}" y="{y}" width="{BOX}" height="{HIGH}" rx="6"/>'
        f'<text x="{middle}" y="{y + 20}" text-anchor="middle">{escape(name)}</text>'
        f'<text class="sv" x="{middle}" y="{y + 36}" text-anchor="middle">'
        f"{escape(room.swedish)}</text></g>"
    )


def drawn(cards, floor, sealed):
    """The picture, as SVG. `sealed`: the rooms that keep what is confidential."""
    where = places(cards, floor)
    high = max(y for _x, y in where.values()) + HIGH + MARGIN
    arrows = [
        arrow(where, name, other)
        for name, room in cards.items()
        if name != "site"  # it leads to them all
        for other in room.stands_on
    ]
    boxes = [box(name, room, where[name], sealed=name in sealed) for name, room in cards.items()]
    title = "The rooms, those that stand on others above them; shaded: they seal what they keep"
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" role="img" '
        f'aria-label="{title}">',
        f"<title>{title}</title><style>{STYLE}</style>",
        f'<rect width="{WIDTH}" height="{high}" fill="#fbfcfd"/>',
        *arrows, *boxes, "</svg>", "",
    ])  # fmt: skip

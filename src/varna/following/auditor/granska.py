"""Granska Värnas revisionsfil utan Värna:  python3 granska.py FIL.json [RADER:ROT]

Skriptet räknar om varje rad som säger sig vara hållen och följer varje underlag till loggens
signerade huvud. RADER:ROT är ett huvud som ni har fått på annat håll, till exempel utskrivet.
"""

import base64
import calendar
import datetime as dt
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


Told = dict[str, Any]
FRESH, LATE = {"people", "bodies"}, dt.timedelta(days=30)


def day(text: str | None) -> dt.date:
    return dt.date.fromisoformat(text) if text else dt.date.max


def after(start: dt.date, months: int) -> dt.date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def in_log(line: Told, root: str) -> bool:
    at = hashlib.sha256(b"\0" + bytes.fromhex(line["salt"]) + line["body"].encode()).digest()
    for side, other in line["way"]:
        pair = bytes.fromhex(other) + at if side == "left" else at + bytes.fromhex(other)
        at = hashlib.sha256(b"\1" + pair).digest()
    return base64.b64encode(at).decode() == root


def counted(row: Told, things: list[Told]) -> tuple[int, bool]:
    rule, proof, late = row["rule"], row["proof"], row["standing"] == "kept-late"
    if rule["kind"] == "event":
        margins = [one["margin"] for one in things if one["margin"] is not None]
        return len(margins), len(margins) == len(things) and (min(margins, default=0) < 0) == late
    days = [day(one["last"]) for one in things if one["last"]]
    if rule["kind"] == "always":
        age, judged = rule["max_age_months"], day(row["judged_on"])
        fresh = sum(1 for one in days if not age or after(one, age) >= judged)
        return fresh, fresh >= rule["share"] * len(things)
    opens, due, closes = (day(row[name]) for name in ("opens_on", "due_on", "closes_on"))
    on = day(proof["on"]) if proof and not proof["said_on"] else dt.date.min
    whole = len(days) == len(things) and max([opens, *days]) <= on <= closes
    return len(days), whole and (on > due) == late


def faults(row: Told) -> Iterator[str]:
    things, source = [one for one in row["things"] for _ in range(one["count"])], row["source"]
    vouched = source["verified_on"]
    stale = not vouched or after(day(vouched), 6) < day(row["judged_on"])
    if source["lacks"] or (FRESH & set(source["registers"]) and stale):
        yield "ingen svarar för det som räknas"
    done, right = counted(row, things)
    if not things or (done, len(things)) != (row["figure"]["done"], row["figure"]["of"]):
        yield "siffrorna stämmer inte med det som räknas"
    if not right:
        yield "dagarna visar inte att det är hållet"


def main(path: str, outside: str = "") -> int:
    told: Told = json.loads(Path(path).read_text(encoding="utf-8"))
    seal = told.pop("sha256")
    whole = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    wrong = [] if hashlib.sha256(whole.encode()).hexdigest() == seal else ["filen är ändrad"]
    _origin, size, root = [*told["log"]["note"].split("\n"), "", "", ""][:3]
    if outside and outside != f"{size}:{root}":
        wrong.append("loggens huvud är ett annat än det ni har")
    lines: dict[str, dt.date] = {}
    for line in told["log"]["lines"]:
        body = json.loads(line["body"])
        lines.setdefault(body["about"], day(body["at"][:10]))
        if not in_log(line, root):
            wrong.append(f"loggens rad {line['index']} står inte under huvudet")
    kept = [row for row in told["rows"] if row["standing"] in {"kept", "kept-late"}]
    shown, late = [row for row in kept if not row["hidden"]], 0
    for row in shown:
        name = " ".join(filter(None, (row["commitment"], row["due_on"], row["unit"])))
        wrong += [f"{name}: {why}" for why in faults(row)]
        for reference, on in {(one.get("reference"), one.get("last")) for one in row["things"]}:
            kind, _, about = (reference or "").rpartition(":")
            if kind.split(":")[0] in told["logged"] and about not in lines:
                wrong.append(f"{name}: {reference} finns inte i loggen")
            late += bool(on and about in lines and lines[about] > day(on) + LATE)
    print(*wrong, sep="\n")
    print(f"{len(kept)} hållna, {len(kept) - len(shown)} kan inte prövas (för få ärenden),")
    print(f"{len(wrong)} fel. {late} underlag infört mer än 30 dagar efteråt. Huvud {size}:{root}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]) if len(sys.argv) > 1 else __doc__)

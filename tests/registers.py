"""Files of the kinds that municipalities export, written for the tests. Everybody is invented."""

import csv
import io
import random

import xlsxwriter


HEADERS = [
    "Förnamn",
    "Efternamn",
    "E-post",
    "Telefon",
    "Parti",
    "Organ",
    "Befattning",
    "Fr.o.m.",
    "T.o.m.",
    "Skyddad",
]
BODIES = [
    "Kommunfullmäktige",
    "Kommunstyrelsen",
    "Valnämnden",
    "Äldrenämnden",
    "Kulturnämnden",
    "Byggnadsnämnden",
    "Exempelstads Bostäder AB",
    "Kommunrevisionen",
    "Demokratiberedningen",
    "Nämnden för personer med funktionsnedsättning",
]
# Three people in the register: one is protected, and one has no address.
ROWS = [
    ["Åsa", "Berg", "asa@x.example", "070-174 06 05", "Mittenlistan", "Valnämnden", "Ledamot",
     "2026-01-01", "", ""],
    ["Örjan", "Gömd", "gomd@x.example", "", "Fria väljare", "Valnämnden", "Ersättare",
     "2026-01-01", "", "Ja"],
    ["Bo", "Ek", "", "", "-", "Kulturnämnden", "Ledamot", "2026-01-01", "", ""],
]  # fmt: skip
PERIODS = [
    ("2026-10-15", "2030-10-14"),  # the council's
    ("2027-01-01", "2030-12-31"),  # calendar years
    ("2026-01-01", "2026-12-31"),  # one year
    ("2025-05-20", "2027-05-18"),  # a company's, between annual meetings
    ("2022-10-15", "2026-10-14"),  # over
    ("2024-02-29", ""),  # until further notice, from a leap day
    ("", ""),
]
ROLES = [
    "Ledamot",
    "Ersättare",
    "Suppleant",
    "Ledamot och ordförande",
    "Ledamot och 1:e vice ordförande",
    "Lekmannarevisor",
    "Vigselförrättare",
    "God man",
]


# Nobody is a member and a deputy of one body at once.
OPPOSITE = {role: "Ledamot" if role in {"Ersättare", "Suppleant"} else "Ersättare"
            for role in ROLES[:5]}  # fmt: skip


def csv_of(rows, *, headers=HEADERS, sign=";", encoding="utf-8", quoting=csv.QUOTE_MINIMAL):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=sign, quoting=quoting)
    writer.writerow(headers)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_of(rows, *, headers=HEADERS, formula=None, far_out=None):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([headers, *rows]):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    if formula:
        sheet.write_formula(1, 1, formula)
    if far_out:
        sheet.write_string(*far_out, "far out")
    book.close()
    return out.getvalue()


def a_real_shape(people=1000, assignments=1800, seed=7):
    """A register as they come: 1,000 people and 1,800 assignments with all the oddities.

    Answer the rows and what must become of them.
    """
    dice = random.Random(seed)
    persons = [_somebody(dice, n) for n in range(people)]
    rows, seen, sides = [], set(), {}
    without = set(range(people - 40, people))  # nobody's assignment: they stand alone
    for n in sorted(without):
        rows.append([*persons[n], "", " ", "", "", ""])
    n = 0
    while len(seen) < assignments:
        who = n % (people - 40) if n < people - 40 else dice.randrange(people - 40)
        body, role, period = dice.choice(BODIES), dice.choice(ROLES), dice.choice(PERIODS)
        n += 1
        if (who, body, role, period[0]) in seen or (who, body) in sides.get(OPPOSITE.get(role), ()):
            continue
        sides.setdefault(OPPOSITE.get(OPPOSITE.get(role)), set()).add((who, body))
        seen.add((who, body, role, period[0]))
        protected = "Ja" if who % 250 == 3 else " "
        rows.append([*persons[who], body, role, *period, protected])
    dice.shuffle(rows)
    first = next(row for row in rows if row[5] == "Kommunfullmäktige")
    rows.append(list(first))  # said twice
    rows.append(list(rows[0]))
    # A remark with line breaks in it moves every line below.
    rows.insert(1, ["Rad", 'Bruten "Rut"', "rad@exempelstad.example", "", "-", "Valnämnden",
                    "Ledamot\noch ordförande", "2027-01-01", "", ""])  # fmt: skip
    return rows


def _somebody(dice, n):
    """Given name, family name, e-mail, telephone, party: some have no e-mail, some no party."""
    given = dice.choice(["Åsa", "Örjan", "Ärla", "Bo", "Cajsa", "Éva", "Anna-Lena"])
    family = f"Exempelgren{'' if n % 2 else '-Å'} {_letters(n)}"
    email = " " if n % 11 == 0 else f"person{n}@exempelstad.example"
    phone = ["", " ", f"+46 70 174 06 {5 + n % 90:02}", f"070-174 06 {5 + n % 90:02}"][n % 4]
    party = "-" if n % 13 == 0 else dice.choice(["Mittenlistan", "Framåtpartiet", "Fria väljare"])
    return [given, family, email, phone, party]


def _letters(n):
    found = ""
    while True:
        n, rest = divmod(n, 26)
        found = chr(97 + rest) + found
        if not n:
            return found.capitalize()


def bring_in(rows):
    """Import them, as the register's own keeper would."""
    from varna.foundation import clock
    from varna.foundation.accounts.rules import system
    from varna.importing.actions import imports

    content = csv_of(rows)
    chosen = imports.choose(imports.read_table(content))
    imports.apply_content(content, chosen, by=system("tests"), at=clock.now())


def address(name, *args):
    from django.urls import reverse

    return reverse(f"register:{name}", args=args)


def bodies_said(job, *, by, at):
    """A compared import, with its new bodies said to be what they are guessed to be."""
    from varna.importing.actions import answering, imports
    from varna.importing.actions.reading import choice_of, read

    rows = read(imports.table_of(job, by=by, at=at), choice_of(job)).rows
    kinds = {one.key: one.guess for one in answering.open_bodies(job, rows)}
    return imports.compare(answering.answer(job, kinds, {}, by=by, at=at), by=by, at=at)

"""After a whole walk: nothing that was written, and nothing of who wrote it, lies in clear."""

import base64
import re
import time

import pytest

from faults.house import Person


ADDRESS = "203.0.113.7"
AGENT = "Kanariefagel/7.7 (odd; q7)"
WORDS = ("handelse", "nar", "namn", "roll", "plats", "fraga", "gjort", "nummer", "forsiktigt",
         "utpekad", "filnamn", "filinnehall", "etikett", "skal", "arendenamn", "arenderoll",
         "bedomning", "deltog", "iakttagelse", "atgard", "atgardsskal", "uppgift", "polisnummer",
         "anteckning", "egen", "svar", "tillagg", "utpekadiarendet")  # fmt: skip


def canary(name):
    assert name in WORDS
    return f"kanarie{name}q7"


def walk(house):
    """A report with a file, a case and everything in it, over HTTP; answers what was shown."""
    outside = {"X-Forwarded-For": ADDRESS, "User-Agent": AGENT}
    reporter = Person(house, **outside)
    sent = reporter.report(
        canary("handelse"),
        files=[(canary("filnamn") + ".png", canary("filinnehall").encode() * 40)],
        reach="phone", reach_detail="070 123 45 67 " + canary("nummer"),
        reach_safely=canary("forsiktigt"), exposed_name=canary("namn"), role=canary("roll"),
        place=canary("plats"), matter=canary("fraga"), who=canary("utpekad"), done=canary("gjort"),
    )  # fmt: skip
    assert sent.code, sent.text
    handler = Person(house).sign_in("handler")
    desk = handler.get("/arenden/")
    report = re.search(r"/anmalningar/([0-9a-f-]{36})/", desk.text)[1]
    page = handler.get(f"/anmalningar/{report}/nytt-arende/")
    me = re.search(r'<option value="([0-9a-f-]{36})"[^>]*>\s*Alva Lind', page.text)[1]
    case = handler.post(
        f"/anmalningar/{report}/nytt-arende/",
        {"label": canary("etikett"), "reason": canary("skal"), "handler": me,
         "exposed_name": canary("arendenamn"), "exposed_role": canary("arenderoll")}, page=page,
    ).url.removeprefix(house.url)  # fmt: skip

    def deed(where, **fields):
        form = handler.get(case)
        answer = handler.post(case + where, fields, page=form)
        assert answer.status == 200, (where, answer.status, answer.text)
        return answer

    deed("bedomning/", level="2", overall=canary("bedomning"), took_part=canary("deltog"),
         review_on="2099-01-31", o_weapon="yes", n_weapon=canary("iakttagelse"))  # fmt: skip
    deed("atgarder/", choice="3:contact_person", what=canary("atgard"), consent="given",
         reason=canary("atgardsskal"), task=canary("uppgift"))  # fmt: skip
    deed("polis/", number=canary("polisnummer"), reported_by="kommunen", protected="yes")
    deed("anteckningar/", text=canary("anteckning"))
    deed("anteckningar/", text=canary("egen"), private="on")
    deed("samtal/", report=report, text=canary("svar"))
    deed("krets/utpekad/", text=canary("utpekadiarendet"))
    back = reporter.post("/tillbaka/", {"code": sent.code})
    own = reporter.post(
        f"/mina/{report}/skriv/", {"text": canary("tillagg")}, page=back, files=[]
    )  # fmt: skip
    assert canary("svar") in own.text
    Person(house, **outside).post("/tillbaka/", {"code": sent.code[:-1] + "0"})
    Person(house, **outside).get("/arenden/finns-inte/")
    Person(house, **outside).post("/anmal/", {"happened": canary("handelse")})
    everything = handler.get(case).text + handler.get(case + "anteckningar/").text + own.text
    assert canary("bedomning") in everything
    assert canary("egen") in everything
    return sent.code, case


def everything_kept(house):
    """Every byte of every file, what the server said, and what the database holds."""
    kept = {path: path.read_bytes() for path in house.folder.rglob("*") if path.is_file()}
    kept[house.log] = house.log.read_bytes()
    kept["dump"] = house.dump()
    return {name: data for name, data in kept.items() if "/var/static/" not in str(name)}


def forms_of(word):
    raw = word.encode()
    yield from {raw, raw.upper(), word.encode("utf-16-le"), raw.hex().encode()}
    for start in range(3):  # base64 at each of its three beginnings, without the ends
        yield base64.b64encode(b"\x00" * start + raw)[4:-4]


def found(kept, words):
    return [
        (word, str(name))
        for word in words
        for form in forms_of(word)
        for name, data in kept.items()
        if form in data
    ]


@pytest.mark.proves("F-28")
@pytest.mark.proves("T20", part=True)
def test_nothing_that_was_written_lies_in_clear_anywhere(house):
    house.start()
    code, case = walk(house)
    time.sleep(2.5)  # the worker sends, places and signs
    kept = everything_kept(house)
    house.stop()
    kept |= {f"{name} after": data for name, data in everything_kept(house).items()}
    assert len(kept) > 8
    plain = code.replace("-", "")
    assert not found(kept, [canary(word) for word in WORDS])
    assert not found(kept, [code, plain, plain.lower(), "070 123 45 67"])
    assert not found(kept, [ADDRESS, AGENT, "Kanariefagel"])
    # The search itself finds what is there: the case's id stands in the database.
    pk = case.split("/")[2]
    assert found(kept, [pk]) or found(kept, [pk.replace("-", "")])

"""Makes an installation with the code of an earlier version; README.md says how it is run."""

import json
import re
import shutil
import sys
import tarfile
from pathlib import Path


HERE = Path(__file__).parent
APP = """
from allauth.mfa.totp.internal.auth import TOTP
from varna.foundation.accounts.models import Account
TOTP.activate(Account.objects.get(email="lead@example.se"), "JBSWY3DPEHPK3PXP")
"""
SIGN = """
from varna.foundation import clock
from varna.foundation.audit.actions import sign_head
sign_head(at=clock.now())
"""
PICTURE = b"\x89PNG\r\n\x1a\n" + b"pixel " * 600


def case_of(house, people, words, **fields):
    """A report with a picture, and the case that its handler makes of it, over HTTP."""
    sent = people.Person(house).report(words, files=[("bild.png", PICTURE)], **fields)
    handler = people.Person(house).sign_in("handler")
    report = re.search(r"/anmalningar/([0-9a-f-]{36})/", handler.get("/arenden/").text)[1]
    page = handler.get(f"/anmalningar/{report}/nytt-arende/")
    me = re.search(r'<option value="([0-9a-f-]{36})"[^>]*>\s*Alva Lind', page.text)[1]
    opening = {"label": f"Ärende om {words}", "reason": "Ska utredas", "handler": me}
    made = handler.post(f"/anmalningar/{report}/nytt-arende/", opening, page=page)
    case = made.url.removeprefix(house.url)

    def deed(where, **fields):
        answer = handler.post(case + where, fields, page=handler.get(case))
        assert answer.status == 200, (where, answer.status, answer.text)

    deed("bedomning/", level="2", overall=f"Bedömning av {words}", took_part="Alva",
         review_on="2099-01-31", o_weapon="yes", n_weapon="kniv")  # fmt: skip
    deed("anteckningar/", text=f"Anteckning om {words}")
    deed("samtal/", report=report, text=f"Svar om {words}")
    return sent.code, case, deed


def filled(house, people):
    """What is in it, for whoever looks after the upgrade."""
    open_code, open_case, deed = case_of(house, people, "brevet", who="En granne")
    deed("atgarder/", choice="3:contact_person", what="Stöd", consent="given", reason="Behövs")
    closed_code, closed_case, deed = case_of(house, people, "samtalet")
    deed("avsluta/", done="Samtal", helped="Stöd", content="yes", told="Det blev ett samtal.")
    waiting = people.Person(house).report("Det som väntar", files=[("b.png", PICTURE)]).code
    return {
        "open": [open_code, open_case, "brevet"],
        "closed": [closed_code, closed_case, "samtalet"],
        "waiting": waiting,
    }


def packed(house, version, told):
    folder = house.folder
    for passing in ("static", "mails", "mail", "cache"):
        shutil.rmtree(folder / passing, ignore_errors=True)
    (folder / "told.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
    with tarfile.open(HERE / f"{version}.tar.xz", "w:xz") as pack:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            member = pack.gettarinfo(path, path.relative_to(folder))
            member.uname = member.gname = ""
            member.uid = member.gid = 0
            with path.open("rb") as file:
                pack.addfile(member, file)


def main(version):
    from faults import house as people  # the version's own

    with people.opened() as house:
        house.do(APP)
        house.start()
        told = filled(house, people)
        house.stop()
        house.do(SIGN)
        packed(house, version, told)


if __name__ == "__main__":
    main(sys.argv[1])

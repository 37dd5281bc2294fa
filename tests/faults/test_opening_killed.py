"""Killed while reports become cases: each is either new and whole, or in its case and whole."""

import http.client
import json
import re
import threading
import time

import pytest

from faults import seeds
from faults.house import Person


REPORTS, KILLS = 12, 3
STANDING = """
import json
from varna.cases.models import Case, LinkedReport
from varna.evidence.models import Item
from varna.foundation.audit.actions import sign_head
from varna.foundation.audit.queries import verify
from varna.foundation import clock
from varna.foundation.keys.store import keystore
from varna.foundation.vault import files
from varna.reports.models import Report
def of(state):
    return sorted(map(str, Report.unscoped.filter(state=state).values_list("pk", flat=True)))
links = list(LinkedReport.unscoped.values_list("report", "case_id"))
cases = set(Case.unscoped.values_list("pk", flat=True))
sign_head(at=clock.now())
print(json.dumps({
    "new": of("new"),
    "linked": of("linked"),
    "links": sorted(str(report) for report, _case in links),
    "alone": sorted(str(pk) for pk in cases - {case for _report, case in links}),
    "keyless": sorted(str(pk) for pk in cases if not keystore().has_keys(pk)),
    "missing": [str(i.pk) for i in Item.unscoped.all() if not files.path_of(i.pk).exists()],
    "whole": verify().whole,
}))
"""


def open_them(house, reports, acknowledged):
    """Make a case of each over HTTP, and begin again where the server was killed meanwhile."""
    handler = None
    for report in reports:
        for _ in range(400):
            try:
                handler = handler or Person(house).sign_in("handler")
                page = handler.get(f"/anmalningar/{report}/nytt-arende/")
                if page.status != 200 or "nytt-arende" not in page.url:
                    break  # it became a case, and the answer was lost
                me = re.search(r'<option value="([0-9a-f-]{36})"[^>]*>\s*Alva Lind', page.text)[1]
                said = {"label": f"Ärende {report}", "reason": "r", "handler": me}
                made = handler.post(f"/anmalningar/{report}/nytt-arende/", said, page=page)
            except (OSError, TypeError, AssertionError, http.client.HTTPException):
                handler = None
                time.sleep(0.1)
                continue
            if made.status == 200 and "/arenden/" in made.url:
                acknowledged[report] = made.url.removeprefix(house.url)
            break


@pytest.mark.proves("F-02")
def test_a_report_is_new_or_in_its_case_and_never_both_or_neither(house):
    chance = seeds.chance()
    house.start("--no-worker")
    codes = [Person(house).report(f"Nummer {n}", files=[("a.png", b"x" * 500)]).code
             for n in range(REPORTS)]  # fmt: skip
    reports = json.loads(house.do(STANDING).splitlines()[-1])["new"]
    assert len(reports) == REPORTS
    acknowledged = {}
    halves = [reports[::2], reports[1::2]]
    threads = [threading.Thread(target=open_them, args=(house, half, acknowledged))
               for half in halves]  # fmt: skip
    for thread in threads:
        thread.start()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.2, 1.2))
        house.kill()
        house.start("--no-worker")
    for thread in threads:
        thread.join()
    stands = json.loads(house.do(STANDING).splitlines()[-1])
    assert stands["whole"]
    assert sorted(stands["new"] + stands["linked"]) == reports
    assert stands["links"] == stands["linked"], "one line each, and none for what is new"
    assert not stands["alone"], "no case without its report"
    assert not stands["keyless"] + stands["missing"]
    assert set(acknowledged) <= set(stands["linked"])
    handler = Person(house).sign_in("handler")
    for report, case in acknowledged.items():
        assert f"Ärende {report}" in handler.get(case).text
    for number, code in enumerate(codes):
        assert f"Nummer {number}" in Person(house).come_back(code)

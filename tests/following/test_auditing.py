"""The auditor's file: whole by its schema, gone through by the script that ships with it, and found
out wherever a row says more than it shows.
"""

import copy
import datetime as dt
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest

import cast
from varna.following import actions, queries, sweeps
from varna.following.pages.auditing import margin_of
from varna.following.pages.oscal import oscal
from varna.following.views.keeping import AUDITOR
from varna.foundation import clock, rooms
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import system
from varna.foundation.audit.models import Checkpoint
from varna.foundation.audit.rules import canonical, grown, levels, node_hash, way_up
from varna.plan.rules.cadences import Happening, Limit, OnEvent
from varna.plan.rules.calendar import Period
from varna.standing.rules.events import Days, Judging, each_time
from varna.standing.rules.facts import Happened


pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
SCRIPT = AUDITOR / "granska.py"


MADE: dict[str, object] = {}


@pytest.fixture
def made(db):
    """What a mandate under way is told as; it takes its time, and is made once."""
    if not MADE:
        for room in rooms.demonstrations():
            room.fill(by=system("tests"), at=NOW)
        MADE["file"] = bytes(_report().data)
        MADE["head"] = Checkpoint.unscoped.order_by("-size").first().note.split("\n")[1:3]
        MADE["people"] = [one.name for one in Account.objects.all() if one.name]
    return MADE


@pytest.fixture
def told(made):
    return json.loads(made["file"])


def _report(per=None):
    per = per or cast.an_account("Per Vik", "plan_owner")
    election = queries.stand(NOW).election
    report = actions.want_report(election, "sv", by=cast.actor(per), at=NOW)
    sweeps.reports(at=NOW)
    report.refresh_from_db()
    return report


def sealed(told):
    """As somebody would hand it over who has changed it and counted its hash anew."""
    rest = {name: value for name, value in told.items() if name != "sha256"}
    return rest | {"sha256": hashlib.sha256(canonical(rest)).hexdigest()}


def gone_through(folder, told, *more):
    path = Path(folder) / "fil.json"
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-I", SCRIPT, path, *more], capture_output=True, text=True, check=False
    )


def kept(told):
    return [row for row in told["rows"] if row["standing"] in {"kept", "kept-late"}]


def test_the_script_is_short_enough_to_be_read_and_needs_nothing_of_ours():
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 100
    assert "import varna" not in text
    assert "from varna" not in text


def test_a_mandate_under_way_holds_and_follows_its_schema(told, tmp_path):
    schema = json.loads((AUDITOR / "schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(told)
    found = gone_through(tmp_path, told)
    assert found.returncode == 0, found.stdout + found.stderr
    assert f"{len(kept(told))} hållna" in found.stdout
    assert {row["rule"]["kind"] for row in kept(told)} == {"dated", "always", "event"}
    assert any(one["reference"] for row in kept(told) for one in row["things"] if "last" in one)


def test_the_file_stands_under_the_head_that_the_house_has_signed(made, told, tmp_path):
    size, root = made["head"]
    assert gone_through(tmp_path, told, f"{size}:{root}").returncode == 0
    other = gone_through(tmp_path, told, f"{int(size) + 1}:{root}")
    assert other.returncode == 1
    assert "huvud" in other.stdout


def test_nobody_is_named_and_no_case_can_be_told_apart(made, told):
    text = json.dumps(told, ensure_ascii=False)
    assert made["people"]
    assert not [name for name in made["people"] if name in text]
    acts = {json.loads(line["body"])["act"].partition(".")[0] for line in told["log"]["lines"]}
    assert not acts & {"cases", "case", "report", "reports", "requests", "support", "files"}
    for row in told["rows"]:
        if row["hidden"]:
            assert row["figure"] is None
            assert row["things"] == []
        if row["rule"]["kind"] == "event":
            assert not [one for one in row["things"] if "last" in one or "reference" in one]


def _claim_one_more(row):
    row["figure"]["of"] += 1


def _forget_a_thing(row):
    row["things"][0]["count"] += 1


def _undo_a_thing(row):
    one = row["things"][0]
    one["margin" if "margin" in one else "last"] = None


def _rest_on_no_register(row):
    row["source"]["lacks"] = ["unverified"]


def _make_early(row):
    row["standing"] = "kept" if row["standing"] == "kept-late" else "kept-late"


@pytest.mark.parametrize(
    "lie", [_claim_one_more, _forget_a_thing, _undo_a_thing, _rest_on_no_register, _make_early]
)
def test_a_row_that_says_more_than_it_shows_is_found(told, tmp_path, lie):
    shown = [row for row in kept(told) if not row["hidden"]]
    assert shown
    for at, row in enumerate(told["rows"]):
        if row not in shown or (lie is _make_early and row["rule"]["kind"] == "always"):
            continue
        false = copy.deepcopy(told)
        lie(false["rows"][at])
        if at == told["rows"].index(shown[0]):
            found = gone_through(tmp_path, sealed(false))
            assert found.returncode == 1, found.stdout
            assert row["commitment"] in found.stdout
        assert list(_script().faults(false["rows"][at])), (row["commitment"], lie.__name__)


def _script():
    space = {"__name__": "granska"}
    exec(compile(SCRIPT.read_text(encoding="utf-8"), SCRIPT, "exec"), space)  # noqa: S102
    return SimpleNamespace(**space)


def test_hours_too_late_on_the_last_day_itself_are_late_to_the_script_too():
    began = dt.datetime(2027, 3, 1, 8, tzinfo=dt.UTC)
    within = OnEvent(Happening.REPORT_RECEIVED, Limit.HOURS, 4)
    period = Period(dt.date(2026, 10, 15), dt.date(2030, 10, 14), dt.date(2030, 9, 8))
    days = Days(clock.day_of, clock.workdays_after)
    by = Judging(within, period, NOW + dt.timedelta(days=300), days, dt.date(2026, 1, 1))
    for hours, standing in ((3, "kept"), (5, "kept-late"), (40, "kept-late")):
        done = Happened(began, began + dt.timedelta(hours=hours))
        found = each_time([done], by)
        assert found.standing.value == standing
        margin = margin_of(found.figure.things[0])
        row = {"rule": {"kind": "event"}, "proof": None, "standing": standing}
        assert _script().counted(row, [{"margin": margin}]) == (1, True), hours


def test_what_was_never_kept_cannot_be_called_so(told):
    for row in told["rows"]:
        if row["standing"] in {"kept", "kept-late"} or row["hidden"] or not row["figure"]["of"]:
            continue
        for lie in ("kept", "kept-late"):
            if row["rule"]["kind"] == "always" and row["standing"] == "due-soon":
                continue  # it holds, and not for long
            assert list(_script().faults(row | {"standing": lie})), (row, lie)


def test_a_line_that_was_changed_or_left_out_is_found(told, tmp_path):
    changed = copy.deepcopy(told)
    line = changed["log"]["lines"][0]
    line["body"] = line["body"].replace('"at":"2', '"at":"1')
    assert "står inte under huvudet" in gone_through(tmp_path, sealed(changed)).stdout
    without = copy.deepcopy(told)
    without["log"]["lines"] = []
    found = gone_through(tmp_path, sealed(without))
    assert found.returncode == 1
    assert "finns inte i loggen" in found.stdout


def test_a_file_that_was_changed_and_not_sealed_anew_is_found(told, tmp_path):
    found = gone_through(tmp_path, told | {"municipality": "En annan"})
    assert (found.returncode, "filen är ändrad" in found.stdout) == (1, True)


def test_oscal_tells_the_same_rows_and_the_same_ids_each_time(told):
    found = oscal(told)["assessment-results"]
    assert found == oscal(told)["assessment-results"]
    findings = found["results"][0]["findings"]
    satisfied = [one for one in findings if one["target"]["status"]["state"] == "satisfied"]
    assert len(satisfied) == len(kept(told))
    assert len({one["uuid"] for one in findings}) == len(findings)


def test_the_four_are_fetched_by_whoever_reads_the_plan_and_by_nobody_else(client, follow, per):
    follow()
    report = _report(per)
    paths = [f"/planen/rapporter/{report.pk}/{kind}/" for kind in ("json", "oscal.json")]
    paths += ["/planen/rapporter/granska/granska.py", "/planen/rapporter/granska/schema.json"]
    assert {client.get(path).status_code for path in paths} == {302}
    inside = cast.sign_in(client, per)
    found = [inside.get(path) for path in paths]
    assert [one.status_code for one in found] == [200] * 4
    assert all(one["Content-Disposition"].startswith("attachment") for one in found)
    assert inside.get("/planen/rapporter/granska/__init__.py").status_code == 404
    page = inside.get("/planen/rapporter/").content.decode()
    assert all(path in page for path in paths)


@pytest.mark.parametrize("size", range(1, 34))
def test_every_leaf_has_its_way_to_the_root(size):
    leaves = [hashlib.sha256(bytes([n])).digest() for n in range(size)]
    tree, root = levels(leaves), grown(leaves).root()
    for index, leaf in enumerate(leaves):
        at = leaf
        for side, other in way_up(tree, index):
            at = node_hash(other, at) if side == "left" else node_hash(at, other)
        assert at == root

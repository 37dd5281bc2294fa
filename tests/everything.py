"""Everything that CI runs: the checks beside every test on SQLite and then on a real PostgreSQL.

    python tests/everything.py [what pytest understands …]

`make test` says what its words mean (MOMENT, ROOM, DEEP, COVER, JOBS). The last lines tell how long
each part took, which tests were slowest, and how many passed. Anything that fails makes the exit
code say so.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace
from pathlib import Path

import coverage_table
import moment
import needs
import postgres
import rooms


HERE = Path(__file__).parent
ROOT = HERE.parent
SLOWEST = 10


@dataclass(frozen=True)
class Case:
    """One test as the report tells it."""

    database: str
    name: str
    seconds: float

    @property
    def kind(self) -> str:
        part = self.name.split(".")[1] if "." in self.name else ""
        return {"journeys": "browser", "faults": "faults"}.get(part, "rooms")


@dataclass(frozen=True)
class Outcome:
    database: str
    seconds: float
    code: int
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    cases: tuple[Case, ...] = ()
    work: float = 0  # seconds of the processors, whatever else the machine was doing

    def __str__(self) -> str:
        more = f", {self.failed} failed" if self.failed else ""
        more += f", {self.skipped} skipped" if self.skipped else ""
        return (
            f"{self.database}: {self.passed} passed{more} in {clock(self.seconds)}, "
            f"{clock(self.work)} of a core ({self.kinds})"
        )

    @property
    def kinds(self) -> str:
        sums: dict[str, float] = {}
        for case in self.cases:
            sums[case.kind] = sums.get(case.kind, 0) + case.seconds
        return ", ".join(f"{kind} {clock(sums[kind])}" for kind in sorted(sums))


def clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def jobs() -> str:
    """So many tests at a time: one for each core, two at least, for they wait for each other."""
    return os.environ.get("JOBS") or str(min(max(2, os.cpu_count() or 2), 8))


def work_done() -> float:
    """By processes that have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def run_tests(database: str, address: str | None, words: list[str], folder: Path) -> Outcome:
    print(f"\n── tests on {database} ──", flush=True)
    environment = {**os.environ, "VARNA_DEMO": "yes"}
    environment.pop("VARNA_TEST_DATABASE_URL", None)
    if address:
        environment["VARNA_TEST_DATABASE_URL"] = address
    report, began, before = folder / f"{database}.xml", time.monotonic(), work_done()
    command = [sys.executable, "-m", "pytest", "-q", "-n", jobs()]
    # A module stays in one worker, for it makes once what its tests share; in our own order.
    command += ["--dist", "loadfile", "--no-loadscope-reorder"]
    code = subprocess.run(
        [*command, f"--junitxml={report}", *words], cwd=ROOT, env=environment, check=False
    ).returncode
    outcome = counted(database, report, code, time.monotonic() - began)
    return replace(outcome, work=work_done() - before)


def counted(database: str, report: Path, code: int, seconds: float) -> Outcome:
    suite = ET.parse(report).getroot().find("testsuite") if report.exists() else None  # noqa: S314 (our own report)
    if suite is None:
        return Outcome(database, seconds, code or 1, failed=1)
    total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    cases = tuple(
        Case(database, f"{one.get('classname')}::{one.get('name')}", float(one.get("time", 0)))
        for one in suite.iter("testcase")
    )
    return Outcome(database, seconds, code, total - failed - skipped, failed, skipped, cases)


class Checks:
    """The checks, beside the tests: they wait for one core while the tests wait for a browser."""

    def __init__(self, folder: Path) -> None:
        self.said, self.began = folder / "checks", time.monotonic()
        with self.said.open("wb") as file:
            command = [sys.executable, HERE / "checks.py"]
            self.running = subprocess.Popen(command, stdout=file, stderr=file)

    def end(self) -> bool:
        well = self.running.wait() == 0
        print(f"\n── checks ──\n{self.said.read_text()}", end="", flush=True)
        return well


def told(checks: bool, outcomes: list[Outcome], began: float) -> int:
    """The last lines, and the exit code."""
    passed, failed = sum(o.passed for o in outcomes), sum(o.failed for o in outcomes)
    well = checks and not failed and passed and not any(o.code for o in outcomes)
    cases = sorted((c for o in outcomes for c in o.cases), key=lambda c: -c.seconds)
    print(f"\n── the slowest {SLOWEST} ──")
    for case in cases[:SLOWEST]:
        print(f"{case.seconds:6.1f} s  {case.database:<10}  {case.name}")
    print(f"\n── in all {clock(time.monotonic() - began)}; tests' own time by kind in brackets ──")
    for outcome in outcomes:
        print(outcome)
    if not checks:
        print("The checks did not pass; see above.")
    if not well and not failed:
        failed = 1  # the checks, or a run that did not come to its end
    print(f"{passed} passed, {failed} failed", flush=True)
    return 0 if well else 1


def main(words: list[str]) -> int:
    began, asked = time.monotonic(), os.environ.get
    # Python starts hundreds of times: what one of them has compiled, the next only reads.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    needs.install_what_is_missing()
    needs.install_page_judges()
    words = [*words, *(rooms.tests_of(asked("ROOM")) if asked("ROOM") else [])]
    with tempfile.TemporaryDirectory(prefix="varna-run-") as name:
        folder = Path(name)
        checks = Checks(folder)
        if asked("MOMENT"):
            os.environ |= moment.environment(asked("MOMENT"))
        measured = coverage_table.words(folder) if asked("COVER") else []
        outcomes = [run_tests("SQLite", None, [*words, *measured], folder)]
        checked = checks.end()
        with postgres.served() as address:
            outcomes.append(run_tests("PostgreSQL", address, words, folder))
        if measured:
            coverage_table.tell(folder)
        return told(checked, outcomes, began)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

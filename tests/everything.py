"""Everything that CI runs: the checks, then every test on SQLite and on a real PostgreSQL.

    python tests/everything.py [what pytest understands …]

The last lines say how many tests passed. Anything that fails makes the exit code say so.
"""

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

import needs
import postgres


HERE = Path(__file__).parent


@dataclass(frozen=True)
class Outcome:
    database: str
    passed: int
    failed: int
    skipped: int
    code: int

    def __str__(self) -> str:
        more = f", {self.failed} failed" if self.failed else ""
        more += f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.database}: {self.passed} passed{more}"


def run_tests(database: str, address: str | None, words: list[str]) -> Outcome:
    print(f"\n── tests on {database} ──", flush=True)
    environment = {**os.environ, "VARNA_DEMO": "yes"}
    environment.pop("VARNA_TEST_DATABASE_URL", None)
    if address:
        environment["VARNA_TEST_DATABASE_URL"] = address
    with tempfile.TemporaryDirectory(prefix="varna-run-") as folder:
        report = Path(folder) / "report.xml"
        code = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *words],
            cwd=HERE.parent,
            env=environment,
            check=False,
        ).returncode
        return counted(database, report, code)


def counted(database: str, report: Path, code: int) -> Outcome:
    if not report.exists():
        return Outcome(database, passed=0, failed=1, skipped=0, code=code or 1)
    suite = ET.parse(report).getroot().find("testsuite")  # noqa: S314 (our own report)
    if suite is None:
        return Outcome(database, passed=0, failed=1, skipped=0, code=code or 1)
    total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    return Outcome(database, total - failed - skipped, failed, skipped, code)


def main(words: list[str]) -> int:
    needs.install_what_is_missing()
    needs.install_page_judges()
    checks = subprocess.run([sys.executable, HERE / "checks.py"], check=False).returncode
    outcomes = [run_tests("SQLite", None, words)]
    with postgres.served() as address:
        # What is judged by eye and law (axe, HTML) is the same whatever the database.
        outcomes.append(run_tests("PostgreSQL", address, ["-m", "not once", *words]))
    passed, failed = sum(o.passed for o in outcomes), sum(o.failed for o in outcomes)
    well = not checks and not failed and passed and not any(o.code for o in outcomes)
    print()
    if checks:
        print("The checks did not pass; see above.")
    for outcome in outcomes:
        print(outcome)
    if not well and not failed:
        failed = 1  # the checks, or a run that did not come to its end
    print(f"{passed} passed, {failed} failed", flush=True)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

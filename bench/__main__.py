"""Measure, print the rows of the table, and keep the figures in bench/results/.

    python -m bench [SQLite] [PostgreSQL] [--smallest]

`--smallest` measures next to nothing and keeps nothing: it shows that everything runs.
"""

import json
import os
import sys
import time
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django


sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varna.site.settings")
os.environ.setdefault("VARNA_DEMO", "yes")
django.setup()

import needs  # noqa: E402 (after Django is set up)
import postgres  # noqa: E402
from bench import clients, first_visit, floods, house, plans  # noqa: E402


RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    cases: tuple[int, ...] = (100, 1_000, 10_000)
    visits: int = 40
    opened: int = 60  # cases, each once
    reports: tuple[tuple[int, int], ...] = ((1, 200), (8, 60))  # clients, reports of each
    plans: int = 500
    lines: tuple[int, ...] = (10_000, 100_000, 400_000)  # of the log, when it is signed
    imported: tuple[int, int] = (100_000, 25)  # rows, and reports meanwhile


SMALLEST = Size(
    cases=(40,), visits=1, opened=2, reports=((1, 3), (8, 1)), plans=1, lines=(100, 200, 300),
    imported=(20, 2),
)  # fmt: skip


def log(words: str) -> None:
    print(words, flush=True)


def of_reports(port: int, size: Size) -> dict[str, Any]:
    clients.together(1, clients.submit, port, 20)  # the first ones load what is loaded once
    found: dict[str, Any] = {}
    for count, each in size.reports:
        ready = clients.tokens(port, count * each)
        shares = [ready[n::count] for n in range(count)]
        found[str(count)] = _in_shares(port, shares)
    return found


def _in_shares(port: int, shares: list[list[str]]) -> dict[str, float]:
    import multiprocessing

    context = multiprocessing.get_context("fork")
    with context.Pool(len(shares)) as pool:
        began = time.monotonic()
        parts = pool.starmap(
            clients.submit, [(port, len(some), some) for some in shares], chunksize=1
        )
        seconds = time.monotonic() - began
    return clients.figures([one for part in parts for one in part], seconds)


def of_cases(at: house.House, size: Size) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for count in size.cases:
        some = at.fill(count)
        cookie = clients.sign_in(at.port)
        clients.visit(at.port, cookie, ["/arenden/", "/arenden/alla/", f"/arenden/{some[0]}/"])
        pages = {
            "desk": ["/arenden/"] * size.visits,
            "list": ["/arenden/alla/"] * size.visits,
            "open": [f"/arenden/{pk}/" for pk in some[: size.opened]],
        }
        found[str(count)] = {
            name: clients.together(1, clients.visit, at.port, cookie, paths)
            for name, paths in pages.items()
        }
        log(
            f"  {count} cases: "
            + ", ".join(f"{k} p95 {v['p95_ms']} ms" for k, v in found[str(count)].items())
        )
    return found


def _another(address: str | None) -> str | None:
    """An empty database on the same server; on SQLite every house has its own."""
    return None if address is None else postgres.make_database(address, "signing")


def of_database(name: str, address: str | None, size: Size) -> dict[str, Any]:
    log(f"── {name} ──")
    with house.opened(address) as at:
        found: dict[str, Any] = {"start_s": round(at.start(), 2)}
        at.stop()
        found["start_again_s"] = round(at.start(), 2)
        log(f"  start {found['start_s']} s")
        if address is None:
            found["first_visit"] = first_visit.measured(at.port)
            log(f"  first visit {found['first_visit']}")
        found["reports"] = of_reports(at.port, size)
        for count, got in found["reports"].items():
            log(f"  reports, {count} client(s): {got}")
        found["slow"] = floods.of_slow_clients(at.port, size.visits)
        log(f"  the form beside {floods.SLOW} slow clients: {found['slow']}")
        found["cases"] = of_cases(at, size)
        found["import"] = floods.of_import(at, *size.imported)
        log(f"  reports beside an import: {found['import']}")
        found["memory_MB"] = round(at.memory())
        log(f"  memory {found['memory_MB']} MB")
        at.stop()
    with house.opened(_another(address), filled=False) as at:  # the log's length is its own
        found["signing_ms"] = at.sign(size.lines)
        log(f"  signing, by lines in the log: {found['signing_ms']} ms")
    return found


def rows(results: dict[str, Any], size: Size) -> list[tuple[str, str, str]]:
    """The rows of the design's table: what, the goal, what was measured."""
    visit = results["SQLite"]["first_visit"]
    found = [
        ("report page, first visit", "≤ 30 kB, ≤ 4 requests, ≤ 1.0 s on slow 4G",
         f"{visit['kB']} kB, {visit['requests']} requests, {visit['usable_s']} s"),
    ]  # fmt: skip
    for name, got in results.items():
        one, eight = got["reports"]["1"], got["reports"]["8"]
        most = got["cases"][str(max(size.cases))]
        slow, imported = got["slow"], got["import"]
        found += [
            (f"the form beside {floods.SLOW} slow clients, {name}", "≤ 2 × its quiet time",
             f"{slow['ratio']} × ({slow['quiet_ms']} → {slow['beside_ms']} ms)"),
            (f"reports while {imported['rows']:,} rows are read in, {name}", "≤ 2 s, each taken",
             f"{imported['taken']} taken, longest {imported['longest_ms']} ms"),
            (f"a report, one client, {name}", "p95 ≤ 50 ms",
             f"p50 {one['p50_ms']}, p95 {one['p95_ms']}, p99 {one['p99_ms']} ms"),
            (f"reports, eight clients, {name}", "≥ 100 a second",
             f"{eight['per_second']} a second, p95 {eight['p95_ms']} ms"),
            (f"desk, list, open a case of {max(size.cases):,}, {name}", "p95 ≤ 100 ms",
             ", ".join(f"{page} {most[page]['p95_ms']} ms" for page in most)),
            (f"signing the log of {', '.join(got['signing_ms'])} lines, {name}",
             "the longest ≤ 2 × the shortest",
             ", ".join(f"{ms} ms" for ms in got["signing_ms"].values())),
            (f"start, {name}", "≤ 3 s", f"{got['start_s']} s"),
            (f"memory of a worker, {name}", "≤ 150 MB", f"{got['memory_MB']} MB"),
        ]  # fmt: skip
    return found


def of_plan(got: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        ("calendar and standing of a plan, no database", "≤ 5 ms", f"{got['whole_ms']} ms"),
        ("500 plans × 20 mandate periods", "≤ 5 s", f"{got['many_s']} s"),
    ]


def main(words: list[str]) -> int:
    needs.install_what_is_missing()
    smallest = "--smallest" in words
    size = SMALLEST if smallest else Size()
    results: dict[str, Any] = {}
    plan = plans.measured(size.plans)
    log(f"── the plan ──\n  {plan}")
    chosen = [word for word in words if not word.startswith("-")] or ["SQLite", "PostgreSQL"]
    for name in chosen:
        with postgres.served(durable=True) if name == "PostgreSQL" else nullcontext() as address:
            results[name] = of_database(name, address, size)
    if not smallest:
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / time.strftime("%Y%m%d-%H%M%S.json")
        path.write_text(json.dumps(results | {"plans": plan}, indent=1))
    if "SQLite" in results:
        log("\n| | goal | measured |\n|---|---|---|")
        for row in [*rows(results, size), *of_plan(plan)]:
            log("| " + " | ".join(row) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

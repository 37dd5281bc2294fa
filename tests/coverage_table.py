"""What the tests do not come to, by line and by branch: the whole, and the files least covered.

No figure is asked for. Servers and workers are processes of their own and are not measured, so a
file that only they run looks worse than it is.
"""

import json
from pathlib import Path


LEAST = 12


def words(folder: Path) -> list[str]:
    """What pytest is told."""
    settings = folder / "coverage.ini"
    settings.write_text(
        "[run]\nbranch = true\nsource = varna\nomit = */migrations/*\n"
        f"data_file = {folder / 'coverage'}\n"
    )
    return ["--cov", f"--cov-config={settings}", f"--cov-report=json:{folder / 'coverage.json'}"]


def tell(folder: Path) -> None:
    report = folder / "coverage.json"
    if not report.exists():
        return
    found = json.loads(report.read_text())
    whole = found["totals"]
    print("\n── coverage (SQLite, without servers) ──")
    print(
        f"lines {whole['covered_lines']}/{whole['num_statements']}, "
        f"branches {whole['covered_branches']}/{whole['num_branches']}: "
        f"{whole['percent_covered']:.1f} %"
    )
    files = [
        (of["summary"]["percent_covered"], name, of["missing_lines"])
        for name, of in found["files"].items()
        if of["summary"]["num_statements"]
    ]
    for share, name, missing in sorted(files)[:LEAST]:
        lines = ", ".join(str(line) for line in missing[:8])
        more = ", …" if len(missing) > 8 else ""
        print(f"{share:5.1f} %  {name.removeprefix('src/varna/'):<52}  {lines}{more}")

"""Is every text there? Swedish says everything; Finnish everything that a reporter meets.

What a reporter meets is told in tests/finnish.txt: the files whose texts must be in Finnish.
The texts are collected anew from a copy of the code, so that a forgotten `make texts` shows.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib


ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "src/varna/site/locale"
COLLECT = ["--locale", "sv", "--add-location", "file", "--no-wrap"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def collected() -> polib.POFile:
    """Every text in the code as it stands, with the files it stands in."""
    with tempfile.TemporaryDirectory(prefix="varna-texts-") as folder:
        source = Path(folder) / "varna"
        shutil.copytree(ROOT / "src/varna", source, ignore=shutil.ignore_patterns("*.mo", "locale"))
        (source / "site/locale").mkdir()
        subprocess.run(
            [sys.executable, "-m", "varna.site.command", "makemessages", *COLLECT],
            cwd=source,
            env={"PYTHONPATH": folder, "PATH": "/usr/bin:/bin", "VARNA_DEMO": "yes"}
            | {"VARNA_VAR": f"{folder}/var", "LANG": "C.UTF-8"},
            check=True,
            capture_output=True,
        )
        return polib.pofile(str(source / "site/locale/sv/LC_MESSAGES/django.po"))


def for_reporters(entry: polib.POEntry, patterns: list[str]) -> bool:
    return any(Path(file).match(pattern) for file, _ in entry.occurrences for pattern in patterns)


def faults(language: str, wanted: list[polib.POEntry]) -> list[str]:
    path = LOCALE / language / "LC_MESSAGES/django.po"
    said = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(path)) if not e.obsolete}
    found = []
    for entry in wanted:
        translation = said.get((entry.msgctxt, entry.msgid))
        if translation is None:
            found.append(f"{language}: not collected (make texts): {entry.msgid!r}")
        elif translation.fuzzy:
            found.append(f"{language}: fuzzy: {entry.msgid!r}")
        elif not translation.translated():
            found.append(f"{language}: missing: {entry.msgid!r}")
        else:
            found += mismatches(language, translation)
    return found


def mismatches(language: str, entry: polib.POEntry) -> list[str]:
    """A placeholder that one side lacks would break the page, or leave a fact out."""
    asked = set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
    for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
        if set(PLACEHOLDER.findall(text)) - asked or (
            not entry.msgid_plural and asked - set(PLACEHOLDER.findall(text))
        ):
            return [f"{language}: placeholders differ: {entry.msgid!r}"]
    return []


def main() -> int:
    if shutil.which("xgettext") is None:
        print("gettext is missing: apt-get install gettext")
        return 1
    entries = [entry for entry in collected() if not entry.obsolete]
    lines = (ROOT / "tests/finnish.txt").read_text(encoding="utf-8").splitlines()
    patterns = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    found = faults("sv", entries)
    found += faults("fi", [e for e in entries if for_reporters(e, patterns)])
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""What the tests need beside Python: installed when that is allowed, otherwise said out loud."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import postgres


TOOLS = Path(__file__).parent / "tools"
# Chromium without the windows that nobody sees: the same pages for half the work.
QUICK_BROWSER = "chromium-headless-shell"


def compiler() -> str | None:
    """Only a run that moves the clock compiles anything."""
    return shutil.which("cc") if os.environ.get("MOMENT") else "not needed"


def chromium() -> str | None:
    return (
        os.environ.get("VARNA_CHROMIUM") or shutil.which(QUICK_BROWSER) or shutil.which("chromium")
    )


def java() -> str | None:
    """Answer a Java runtime that is new enough (17) for the HTML checker."""
    found = shutil.which("java")
    if found is None:
        return None
    said = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    return found if version and int(version[1]) >= 17 else None


def nginx() -> str | None:
    """Debian keeps it where only root looks."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


# What is missing, by what would install it. Each is asked for by its program: whoever has Node
# or Java from elsewhere keeps it.
NEEDED: dict[str, Callable[[], str | None]] = {
    "chromium": chromium,
    "postgresql": lambda: postgres.program("initdb") and postgres.program("postgres"),
    "default-jre-headless": java,
    "nodejs": lambda: shutil.which("node"),
    "npm": lambda: shutil.which("npm"),
    "gettext": lambda: shutil.which("xgettext"),
    "gcc": compiler,
    "poppler-utils": lambda: shutil.which("pdftotext"),
    "nginx-light": nginx,
}


def missing() -> list[str]:
    return [package for package, found in NEEDED.items() if not found()]


def wished_for() -> list[str]:
    """What is done without where it is not to be had: not every distribution has it."""
    if os.environ.get("VARNA_CHROMIUM") or shutil.which(QUICK_BROWSER):
        return []
    asked = ["apt-cache", "show", QUICK_BROWSER]
    known = (
        shutil.which("apt-cache")
        and not subprocess.run(asked, capture_output=True, check=False).returncode
    )
    return [QUICK_BROWSER] if known else []


def _may_install() -> list[str] | None:
    """Answer the words that stand before apt-get: none for root, sudo when it asks nothing."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    asked = subprocess.run([sudo, "-n", "true"], capture_output=True, check=False)
    return [sudo, "-n"] if asked.returncode == 0 else None


def install_what_is_missing() -> None:
    lacking = missing()
    wanted = [*lacking, *wished_for()]
    before = _may_install() if wanted else None
    if wanted and before is not None:
        print("Installing", ", ".join(wanted), flush=True)
        install = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        subprocess.run([*install, "update", "-qq"], check=False)
        command = [*install, "install", "-y", "-qq", "--no-install-recommends", *wanted]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        lacking = missing()
    if lacking:
        raise SystemExit(
            "The tests need programs that are not here and could not be installed.\n"
            f"Install them and try again: apt-get install {' '.join(lacking)}"
        )


def install_page_judges() -> None:
    """axe and the HTML checker, as package-lock.json pins them."""
    stamp = TOOLS / "node_modules" / ".installed"
    lock = TOOLS / "package-lock.json"
    if stamp.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime:
        return
    subprocess.run(["npm", "ci", "--silent", "--no-progress"], cwd=TOOLS, check=True)
    stamp.touch()

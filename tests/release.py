"""A release: the checks, a tag, a wheel, and a server that runs from the wheel alone.

    python tests/release.py 0.2.0

The tag is set last, when the wheel has been served. Nothing is sent anywhere.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.request
import venv
from pathlib import Path

from installation import free_port


HERE = Path(__file__).parent
ROOT = HERE.parent


def said(*words: str | Path) -> str:
    return subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def why_not(version: str) -> str | None:
    """What must be put right before anything is built."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        return "Say which version: make release VERSION=0.2.0"
    if declared != version:
        return f"pyproject.toml says {declared}."
    if f"\n## {version}\n" not in (ROOT / "CHANGELOG.md").read_text():
        return f"CHANGELOG.md has no heading {version}."
    if said("git", "status", "--porcelain"):
        return "Something is not committed."
    if said("git", "tag", "--list", f"v{version}"):
        return f"v{version} is released already."
    return None


def built(folder: Path) -> Path:
    said(sys.executable, "-m", "varna.site.texts")
    said(Path(sys.executable).with_name("uv"), "build", "--wheel", "--out-dir", folder)
    return next(folder.glob("*.whl"))


def served(wheel: Path, folder: Path) -> None:
    """Install it with pip into an environment without anything else, and ask for a page."""
    venv.create(folder / "venv", with_pip=True)
    place = folder / "venv/bin"
    said(place / "pip", "install", "--quiet", "-r", ROOT / "requirements/runtime.txt")
    said(place / "pip", "install", "--quiet", "--no-deps", wheel)
    port = free_port()
    own = {k: v for k, v in os.environ.items() if not k.startswith(("VARNA_", "PYTHON"))}
    running = subprocess.Popen(
        [place / "varna", "serve", "--port", str(port)],
        cwd=folder,
        env=own | {"VARNA_DEMO": "yes", "VARNA_VAR": str(folder / "var")},
    )
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://localhost:{port}/anmal/", timeout=5) as page:
                    assert "Vad har hänt?" in page.read().decode()
                    return
            except OSError:
                time.sleep(0.2)
        raise SystemExit("The server did not start from the wheel.")
    finally:
        running.terminate()
        running.wait(timeout=30)


def main(version: str) -> int:
    if reason := why_not(version):
        raise SystemExit(reason)
    if subprocess.run([sys.executable, HERE / "checks.py"], check=False).returncode:
        raise SystemExit("The checks did not pass.")
    with tempfile.TemporaryDirectory(prefix="varna-release-") as name:
        wheel = built(Path(name))
        served(wheel, Path(name))
        kept = ROOT / "dist" / wheel.name
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(wheel.read_bytes())
    said("git", "tag", "--annotate", f"v{version}", "--message", f"Värna {version}")
    print(f"{kept.relative_to(ROOT)} was built and served; the tag is v{version}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))

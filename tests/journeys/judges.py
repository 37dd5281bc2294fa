"""What pages are judged by: axe for accessibility, the W3C's checker for HTML, and our own eyes."""

import functools
import json
import os
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Page


ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "tests/tools/node_modules"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# What a window is opened with, and what stands before an address in its language.
LOOKS = [({"phone": True, "dark": False}, ""), ({"phone": False, "dark": True}, "/en")]
# What lies under the fixed top when the page is scrolled is not too small: look from the top, when
# whatever takes the focus on a new page has taken it.
JUDGED = """async rules => {
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame)
    scrollTo({top: 0, behavior: 'instant'})
    return axe.run(document, {runOnly: rules, resultTypes: ['violations']})
}"""
# The JVM lives for a second or two: a quick compiler, and the stack that the checker asks for.
JAVA = ["java", "-Xss4m", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]


@functools.cache
def _axe() -> str:
    return (TOOLS / "axe-core/axe.min.js").read_text(encoding="utf-8")


def axe(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands, one line a place."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())  # through the debugger, so that the page's own policy stays as it is
    found = page.evaluate(JUDGED, RULES)
    return [
        f"{fault['id']}: {node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()})"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def check_html(pages: dict[str, str]) -> list[str]:
    """What the HTML checker finds wrong, for every page in one go; the JVM starts slowly."""
    with tempfile.TemporaryDirectory(prefix="varna-html-") as folder:
        names = {}
        for number, (name, text) in enumerate(pages.items()):
            path = Path(folder) / f"{number}.html"
            path.write_text(text, encoding="utf-8")
            names[path.name] = name
        jar = TOOLS / "vnu-jar/build/dist/vnu.jar"
        command = [*JAVA, "-jar", jar, "--format", "json", "--exit-zero-always", folder]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return [
        f"{names[Path(one['url']).name]}:{one.get('lastLine')}: {one['message']}"
        for one in json.loads(said)["messages"]
        if one["type"] == "error"
    ]


NARROWEST = {"width": 320, "height": 800}  # the law's own, and a computer at 400 % zoom


def fits_the_narrowest_window(page: Page) -> bool:
    """As it stands, in a window made narrower; which afterwards is as wide as it was."""
    was = page.viewport_size
    page.set_viewport_size(NARROWEST)
    fits = not is_wider_than_the_window(page)
    page.set_viewport_size(was)
    return fits


def is_wider_than_the_window(page: Page) -> bool:
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


def picture(page: Page, name: str, *, whole: bool = True) -> None:
    """Keep a picture for the handbook; only when asked for, so that a test run changes nothing."""
    if os.environ.get("VARNA_PICTURES") == "yes":
        folder = ROOT / "docs/pictures"
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png", full_page=whole)

"""Chromium, and an installation for it to visit.

A page that logs an error, throws, or is stopped by the content security policy fails its test.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

import mail_server
import needs
from journeys import house as houses


# Playwright runs a loop in this thread; other tests use the database in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
    # A page is visited once and left: no threads that make its scripts quick for later.
    "--js-flags=--single-threaded --no-lazy-feedback-allocation",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def house():
    with houses.opened() as house:
        yield house


@pytest.fixture(scope="session")
def browser():
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs.chromium(), args=flags)
        yield browser
        browser.close()


class Visitor:
    """Somebody with a browser who visits a house: for one test after the other."""

    def __init__(self, browser: Browser, house: houses.House) -> None:
        self.browser, self.house = browser, house
        self.sessions: dict[str, StorageState] = {}
        self.contexts: list[BrowserContext] = []
        self.windows: dict[tuple[tuple[str, object], ...], Page] = {}
        self.faults: list[str] = []

    def __call__(
        self, *, phone=True, dark=False, script=True, role=None, width=None, fresh=False, **more
    ) -> Page:
        """A fresh browser window, signed in as somebody in the role if one is given.

        The role's session is shared between windows; `fresh` is for those who end it.
        """
        if role and not fresh and role in self.sessions:
            more["storage_state"] = self.sessions[role]
        size = {"width": width, "height": 800} if width else PHONE if phone else DESKTOP
        context = self.browser.new_context(
            base_url=self.house.url,
            viewport=size,
            has_touch=phone,
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            locale="sv-SE",
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(10_000)
        # Nothing leaves the machine.
        context.route(
            lambda address: (
                not address.startswith((self.house.url, self.house.elsewhere, "data:", "blob:"))
            ),
            lambda route: route.abort(),
        )
        self.contexts.append(context)
        page = context.new_page()
        self._listen(page)
        if role and "storage_state" not in more:
            self.sign_in(page, role)
            if not fresh:
                self.sessions[role] = context.storage_state()
        return page

    def window(self, **how) -> Page:
        """A window for those who only look, which stays open for the next of them: a page in a
        browser that has warmed up takes a third of the time.
        """
        key = tuple(sorted(how.items()))
        if key not in self.windows:
            self.windows[key] = self(**how)
            self.contexts.remove(self.windows[key].context)
        return self.windows[key]

    def _listen(self, page: Page) -> None:
        def heard(message) -> None:
            # A page that answers 404 or 422 on purpose says so on the console too.
            if message.type == "error" and "status of 4" not in message.text:
                self.faults.append(f"{page.url}: {message.text}")

        page.on("console", heard)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))

    def sign_in(self, page: Page, role: str) -> None:
        page.goto("/konto/logga-in/")
        page.locator(f'button[value="{role}@example.se"]').click()
        page.wait_for_url(lambda address: "logga-in" not in address)
        assert page.context.cookies(), "nobody was signed in"

    def leave(self) -> None:
        """After a test: what it opened is closed, and what went wrong is its fault."""
        for context in self.contexts:
            context.close()
        faults, self.contexts, self.faults = self.faults, [], []
        assert not faults, "\n".join(faults)

    def close(self) -> None:
        for page in self.windows.values():
            page.context.close()


@contextmanager
def visiting(browser: Browser, house: houses.House) -> Iterator[Visitor]:
    visitor = Visitor(browser, house)
    yield visitor
    visitor.close()


@pytest.fixture(scope="session")
def visitor(browser, house):
    with visiting(browser, house) as visitor:
        yield visitor


@pytest.fixture
def visit(visitor):
    """`visit(phone=True, dark=False, script=True, role="handler")` answers a page."""
    yield visitor
    visitor.leave()


@pytest.fixture(scope="module")
def guest(browser, filled):
    with visiting(browser, filled) as visitor:
        yield visitor


@pytest.fixture
def inside(guest):
    """The same in the module's own house, `filled`."""
    yield guest
    guest.leave()


@pytest.fixture(scope="module")
def post():
    """A real mail server, for a house that is told where it is."""
    port = mail_server.free_port()
    with mail_server.serving(port) as box:
        box.port = port
        yield box

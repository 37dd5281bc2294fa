"""Somebody comes into the room: away at once, and nothing left to come back to."""

import pytest


def test_one_press_leaves_and_signs_out(visit, house):
    page = visit(role="official", fresh=True)
    page.goto("/konto/skydd/")
    page.locator("[data-leave]").click()
    page.wait_for_url(house.elsewhere)
    page.goto("/konto/skydd/")
    assert "/konto/logga-in/" in page.url


@pytest.mark.once  # what a browser does
@pytest.mark.proves("T7", part=True)
def test_the_page_one_left_is_not_in_the_history(visit, house):
    page = visit()
    page.goto("/personuppgifter/")
    page.goto("/")
    page.locator("[data-leave]").click()
    page.wait_for_url(house.elsewhere)
    page.go_back()
    assert page.url.endswith("/personuppgifter/")


@pytest.mark.once  # what a browser does
def test_shift_three_times_leaves(visit, house):
    page = visit(phone=False)
    page.goto("/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(house.elsewhere)


@pytest.mark.once  # what a browser does
def test_shift_while_writing_capitals_does_not_leave(visit, house):
    page = visit(phone=False)
    page.goto("/konto/logga-in/")
    page.get_by_label("e-post").press_sequentially("ABCDEFG")
    for letter in ("A", "B", "C", "D"):
        page.keyboard.press(f"Shift+{letter}")
    assert "/konto/logga-in/" in page.url


@pytest.mark.once  # what a browser does
def test_it_works_without_scripts(visit, house):
    page = visit(script=False, role="official", fresh=True)
    page.goto("/konto/skydd/")
    page.locator("[data-leave]").click()
    page.wait_for_url(house.elsewhere)
    page.goto("/konto/skydd/")
    assert "/konto/logga-in/" in page.url


@pytest.mark.proves("L8")
def test_an_address_loaded_as_a_picture_signs_nobody_out(visit, house):
    """Another site must not be able to end a session by naming the address in an <img>."""
    page = visit(role="official", fresh=True)
    page.request.get("/lamna/", headers={"Sec-Fetch-Dest": "image"}, max_redirects=0)
    page.goto("/konto/skydd/")
    assert "/konto/skydd/" in page.url

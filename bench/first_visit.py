"""The report page as a telephone meets it the first time: bytes, requests, seconds."""

from typing import Any


# Slow 4G as Lighthouse has it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms; a processor four times
# slower.
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6 * 1024 * 1024 / 8,
    "uploadThroughput": 750 * 1024 / 8,
}


def measured(port: int) -> dict[str, float]:
    """Visit with an empty cache; the bytes are those on the wire, heads included."""
    import os

    from playwright.sync_api import sync_playwright

    import needs

    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    requests: list[str] = []
    weight: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs.chromium(), args=flags)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send("Network.setCacheDisabled", {"cacheDisabled": False})
        devtools.send("Network.emulateNetworkConditions", SLOW)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})

        def finished(event: dict[str, Any]) -> None:
            weight.append(event["encodedDataLength"])

        devtools.on("Network.requestWillBeSent", lambda event: requests.append(event["type"]))
        devtools.on("Network.loadingFinished", finished)
        page.goto(f"http://127.0.0.1:{port}/anmal/", wait_until="load")
        page.wait_for_timeout(500)
        usable = page.evaluate(
            "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
        )
        painted = page.evaluate(
            "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
        )
        browser.close()
    return {
        "requests": len(requests),
        "kB": round(sum(weight) / 1000, 1),
        "usable_s": round(max(usable, painted) / 1000, 2),
    }

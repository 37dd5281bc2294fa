"""Clients in processes of their own, each on one connection that stays open."""

import http.client
import multiprocessing
import re
import statistics
import time
import urllib.parse
from collections.abc import Callable
from typing import Any


Times = list[float]
HEADERS = {"Accept-Encoding": "gzip"}


def figures(times: Times, seconds: float) -> dict[str, float]:
    cut = statistics.quantiles(times * 2 if len(times) < 2 else times, n=100, method="inclusive")
    return {
        "n": len(times),
        "per_second": round(len(times) / seconds, 1),
        "p50_ms": round(cut[49] * 1000, 1),
        "p95_ms": round(cut[94] * 1000, 1),
        "p99_ms": round(cut[98] * 1000, 1),
    }


def together(count: int, work: Callable[..., Times], *words: Any) -> dict[str, float]:
    """Run the same work in so many processes at once."""
    context = multiprocessing.get_context("fork")
    with context.Pool(count) as pool:
        began = time.monotonic()
        parts = pool.starmap(work, [words] * count, chunksize=1)
        seconds = time.monotonic() - began
    return figures([one for part in parts for one in part], seconds)


def tokens(port: int, count: int) -> list[str]:
    link = http.client.HTTPConnection("127.0.0.1", port)
    found = []
    for _number in range(count):
        link.request("GET", "/anmal/")
        page = link.getresponse().read().decode()
        found.append(re.findall(r'name="token" value="([^"]+)"', page)[0])
    return found


def submit(port: int, count: int, first: list[str] | None = None) -> Times:
    """Send reports; only the sending is measured, the form has been fetched before."""
    times, link = [], http.client.HTTPConnection("127.0.0.1", port)
    for token in first or tokens(port, count):
        body = urllib.parse.urlencode(
            {"token": token, "happened": "Han skrev igen. " * 20, "when": "i natt", "reach": "code"}
        )
        began = time.monotonic()
        link.request("POST", "/anmal/", body, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = link.getresponse()
        page = answer.read()
        times.append(time.monotonic() - began)
        if answer.status != 200 or b'id="code"' not in page:
            raise SystemExit(f"a report was answered {answer.status}")
    return times


def sign_in(port: int) -> str:
    """Sign in as the handler by the demonstration's button; answer the cookies."""
    link = http.client.HTTPConnection("127.0.0.1", port)
    link.request("GET", "/konto/logga-in/")
    answer = link.getresponse()
    cookie = answer.headers["Set-Cookie"].split(";")[0]
    page = answer.read().decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
    action = re.findall(
        r'action="([^"]+)"(?:(?!</form>).)*value="handlaggare@', page, re.DOTALL
    )[0]  # fmt: skip
    body = urllib.parse.urlencode(
        {"csrfmiddlewaretoken": token, "email": "handlaggare@exempelstad.example"}
    )
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    link.request("POST", action, body, headers)
    answer = link.getresponse()
    answer.read()
    session = [
        value.split(";")[0] for name, value in answer.getheaders() if name == "Set-Cookie"
    ]  # fmt: skip
    return "; ".join([*session])


def visit(port: int, cookie: str, paths: list[str]) -> Times:
    times, link = [], http.client.HTTPConnection("127.0.0.1", port)
    for path in paths:
        began = time.monotonic()
        link.request("GET", path, headers={"Cookie": cookie})
        answer = link.getresponse()
        answer.read()
        times.append(time.monotonic() - began)
        if answer.status != 200:
            raise SystemExit(f"{path} was answered {answer.status}")
    return times

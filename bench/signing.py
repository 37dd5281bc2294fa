"""What signing the log costs, by how long it is: one new line, its place, the head, on disk.

python -m bench.signing 10000 100000 400000
"""

import json
import statistics
import sys
import time

import django


TIMES = 15


def main(sizes: list[int]) -> dict[str, float]:
    """Lengthen the log to each size and sign; answer the milliseconds, in the middle of some."""
    django.setup()
    from varna.foundation.audit.models import Leaf

    return {str(size): _measured(size - Leaf.unscoped.count()) for size in sizes}


def _measured(lacking: int) -> float:
    from varna.foundation.audit.actions import place_lines

    _lengthened(lacking)
    while place_lines():
        pass
    _signed()
    return round(statistics.median(_signed() for _time in range(TIMES)), 2)


def _lengthened(lines: int) -> None:
    from varna.foundation import clock
    from varna.foundation.audit import rules
    from varna.foundation.audit.models import Event

    at = clock.now()
    for start in range(0, lines, 5000):
        rows = []
        for number in range(start, min(start + 5000, lines)):
            body = {"about": "", "act": "bench", "at": rules.moment(at), "by": "-", "n": number}
            text = rules.canonical(body)
            leaf = rules.leaf_hash(bytes(16), text)
            rows.append(Event(body=text.decode(), salt=bytes(16), leaf=leaf, at=at, act="bench"))
        Event.unscoped.bulk_create(rows)


def _signed() -> float:
    from varna.foundation import clock
    from varna.foundation.audit.actions import VAULT, record, sign_head

    record("bench", by=VAULT, at=clock.now())
    began = time.perf_counter()
    sign_head(at=clock.now())
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    print(json.dumps(main([int(word) for word in sys.argv[1:]])))

"""The auditor's file as OSCAL assessment results (NIST OSCAL 1.1.2), for tools that read those."""

import uuid
from collections.abc import Iterator
from typing import Any

from varna.plan.rules.standings import HELD, Standing
from varna.standing.rules.status import needs_reason


Told = dict[str, Any]
VERSION = "1.1.2"
# What has not fallen due, and what was taken away, is no finding.
_NOT_JUDGED = {Standing.AWAITING_EVENT, Standing.UPCOMING, Standing.OPEN, Standing.WITHDRAWN}
_NAMES = uuid.UUID("7b1f4d0e-6a0c-4c53-9d0a-2f5a1f3f9c11")  # of the ids that are made of the rows


def oscal(told: Told) -> Told:
    """The same rows: satisfied where they are kept, otherwise not, with the standing beside."""
    rows = [
        row | {"number": number}
        for number, row in enumerate(told["rows"])
        if Standing(row["standing"]) not in _NOT_JUDGED
    ]
    result = {
        "uuid": _id(told, "result"),
        "title": told["plan"]["title"],
        "description": f"{told['plan']['id']} {told['plan']['version']}",
        "start": f"{told['period'][0]}T00:00:00Z",
        "end": told["made_at"],
        "reviewed-controls": {"control-selections": [{"include-all": {}}]},
    }
    if rows:
        result["observations"] = [_observation(told, row) for row in rows]
        result["findings"] = [_finding(told, row) for row in rows]
    return {
        "assessment-results": {
            "uuid": _id(told, "results"),
            "metadata": {
                "title": told["plan"]["title"],
                "last-modified": told["made_at"],
                "version": told["today"],
                "oscal-version": VERSION,
                "parties": [
                    {
                        "uuid": _id(told, "party"),
                        "type": "organization",
                        "name": told["municipality"],
                    }
                ],
            },
            "import-ap": {"href": f"#{_id(told, 'plan')}"},
            "results": [result],
            "back-matter": {
                "resources": [
                    {
                        "uuid": _id(told, "plan"),
                        "title": told["plan"]["title"],
                        "rlinks": [
                            {
                                "href": "plan.toml",
                                "hashes": [
                                    {"algorithm": "SHA-256", "value": told["plan"]["sha256"]}
                                ],
                            }
                        ],
                    }
                ]
            },
        }
    }


def _observation(told: Told, row: Told) -> Told:
    return {
        "uuid": _id(told, "seen", row),
        "description": row["title"],
        "props": list(_props(row)),
        "methods": ["EXAMINE"],
        "collected": told["made_at"],
    }


def _finding(told: Told, row: Told) -> Told:
    standing = Standing(row["standing"])
    state = "satisfied" if standing in HELD else "not-satisfied"
    reason = "pass" if standing in HELD else "fail" if needs_reason(standing) else "other"
    return {
        "uuid": _id(told, "found", row),
        "title": row["title"],
        "description": " ".join(filter(None, (row["title"], row["unit"], row["due_on"]))),
        "target": {
            "type": "objective-id",
            "target-id": row["commitment"],
            "status": {"state": state, "reason": reason, "remarks": standing.value},
        },
        "related-observations": [{"observation-uuid": _id(told, "seen", row)}],
    }


def _props(row: Told) -> Iterator[Told]:
    figure = row["figure"]
    facts = {
        "standing": row["standing"],
        "due-on": row["due_on"],
        "figure": figure and f"{figure['done']}/{figure['of']}",
        "proved-on": row["proof"] and row["proof"]["on"],
        "counted-in": ", ".join(row["source"]["registers"]),
        "vouched-on": row["source"]["verified_on"],
    }
    for name, value in facts.items():
        if value:
            yield {"name": name, "ns": "urn:varna:plan", "value": value}


def _id(told: Told, what: str, row: Told | None = None) -> str:
    """The same for the same thing of the same file, however often it is asked for."""
    number = row["number"] if row else ""
    return str(uuid.uuid5(_NAMES, f"{told['sha256']}\n{what}\n{number}"))

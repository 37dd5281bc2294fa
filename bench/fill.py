"""Many cases, fast, with the real vault: sealed, granted and assessed as the product does it.

python -m bench.fill 10000
"""

import datetime as dt
import random
import sys
import uuid
from typing import Any

import django


def main(wanted: int) -> list[str]:
    """Fill up to so many cases and answer the ids of a hundred."""
    django.setup()
    from varna.cases.models import Case
    from varna.foundation import clock
    from varna.foundation.accounts.models import Account
    from varna.foundation.accounts.rules import system
    from varna.foundation.deeds import deed

    handler = Account.objects.get(email="handlaggare@exempelstad.example")
    fill = deed("bench.filled")(_some)  # so that what is sealed is marked in its line
    lacking = wanted - Case.unscoped.count()
    for start in range(0, lacking, 500):
        count = min(500, lacking - start)
        fill(count, handler.pk, by=system("bench"), at=clock.now())
    found = [
        str(pk) for pk in Case.unscoped.filter(number__startswith="B-").values_list("pk", flat=True)
    ]
    return random.Random(1).sample(found, min(100, len(found)))


def _some(count: int, handler: uuid.UUID, *, by: Any, at: dt.datetime) -> None:  # noqa: ARG001
    from varna.cases.models import Assessment, Case, LinkedReport
    from varna.cases.sealed import ExposedPerson, Reasoning
    from varna.foundation import clock
    from varna.foundation.access.models import Grant
    from varna.foundation.access.rules import GrantReason, Relation
    from varna.foundation.deeds import leave, let
    from varna.foundation.keys.rules import Compartment
    from varna.foundation.vault import service as vault
    from varna.reports.models import Entry, Report
    from varna.reports.sealed import Answers, Consents, Contact, Message
    from varna.support.models import Measure
    from varna.support.sealed import Content

    let(True)  # noqa: FBT003
    kinds: list[Any] = [Case, Report, Entry, Assessment, Measure, LinkedReport, Grant]
    made: dict[Any, list[Any]] = {kind: [] for kind in kinds}
    for _number in range(count):
        report = Report(id=uuid.uuid4(), received_at=at, state="linked", lookup=uuid.uuid4().bytes)
        pen = vault.writer(report.pk, Compartment.CONTENT, Compartment.PROTECTION)
        pen.seal(report, "told", Answers(happened="Han skrev igen. " * 20, when="i natt"))
        pen.seal(report, "consents", Consents(("police",)))
        pen.seal(report, "contact", Contact(reach="code"))
        entry = Entry(report=report, at=at, author="handler", account=handler)
        pen.seal(entry, "words", Message(text="Vi har börjat arbeta med det."))
        due = clock.day_of(at) + dt.timedelta(days=random.randrange(-20, 60))
        case = Case(
            number=f"B-{uuid.uuid4().hex[:8]}", opened_at=at, received_at=at, state="under_way",
            handler=handler, level=2, due_on=due, due_clock="review",
        )  # fmt: skip
        pen = vault.writer(case.pk, *Compartment)
        pen.seal(case, "label", "Brev till nämnden")
        pen.seal(case, "exposed", ExposedPerson(name="Någon", role="ledamot"))
        link = LinkedReport(case=case, report=report.pk, at=at, by=handler)
        pen.seal(link, "reason", "Ryms i planen.")
        assessment = Assessment(case=case, at=at, by=handler, version=1, level=2, review_on=due)
        pen.seal(assessment, "judgement", Reasoning(overall="Förhöjd.", took_part="Två"))
        measure = Measure(case=case, at=at, by=handler, measure_class=3)
        what = Content(reason="Behövs", consent="given", code="contact_person")
        pen.seal(measure, "what", what)
        grants = [
            Grant(about=about, account=handler, relation=Relation.ASSIGNED, since=at,
                  reason=GrantReason.HANDLES, given_by="system:bench")
            for about in (case.pk, report.pk)
        ]  # fmt: skip
        for row in (case, report, entry, link, assessment, measure, *grants):
            made[type(row)].append(row)
    for kind, rows in made.items():
        kind.unscoped.bulk_create(rows, batch_size=200)
    leave("bench.filled", n=count)


if __name__ == "__main__":
    print(" ".join(main(int(sys.argv[1]))))

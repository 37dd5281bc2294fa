"""Writes the reference pages and the map of the rooms from the code: `python tests/reference.py`.

`tests/architecture/test_reference.py` fails when a page is not what the code says.
"""

import importlib
import os
import sys
import tempfile
from pathlib import Path


FOLDER = Path(__file__).parents[1] / "docs/reference"
MADE = "Made from the code by `python tests/reference.py`; change the code, not this page.\n"


def in_order(kind, values):
    """The values in the order in which their enum declares them."""
    return [value for value in kind if value in values]


def table(heads, rows):
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def swedish(text):
    from django.utils import translation

    with translation.override("sv"):
        return str(text)


def case_states():
    from varna.cases import words
    from varna.cases.rules.steps import NEXT, State
    from varna.support.rules import MEASURE_NEXT, MeasureState
    from varna.support.words import MEASURE_STATE

    def diagram(kind, ways, first, labels):
        lines = ["```mermaid", "stateDiagram-v2"]
        lines += [f"    {state.value}: {swedish(labels[state])} ({state.value})" for state in kind]
        lines += [f"    [*] --> {first.value}"]
        lines += [
            f"    {state.value} --> {after.value}"
            for state in kind
            for after in in_order(kind, ways[state])
        ]
        return "\n".join([*lines, "```"])

    return f"""# The states of a case and of a measure

{MADE}
## A case (ärende)

{diagram(State, NEXT, State.RECEIVED, words.STATE)}

To go on to follow-up or to close, the case must have been assessed. To close, a second person must
also have looked at an assessment of level 3 or 4, and no measure may be open. Out of a closed case
leads only reopening, which wants a reason. `varna.cases.rules.steps.why_not_step` decides.

## A measure (åtgärd)

{diagram(MeasureState, MEASURE_NEXT, MeasureState.DECIDED, MEASURE_STATE)}

A measure wants an assessment before it or with it, and one that ends without being done a reason.
"""


def record_series():
    from varna.foundation.series import series

    rows = [
        [
            f"`{one.key}`",
            one.title,
            ", ".join(f"`{model}`" for model in one.models),
            one.why,
            {None: "bevaras", 0: "ingen"}.get(one.keep_years, f"{one.keep_years} år"),
            one.disposal,
            one.decision or "saknas",
        ]
        for one in series()
    ]
    heads = ["serie", "handlingsslag", "rader", "varför", "gallringsfrist", "hur", "beslut"]
    return f"""# Record series

{MADE}
Fristen räknas från att det som handlingen hör till avslutas. Den är ett förslag: utan kommunens
eget beslut om gallring (arkivlagen 10 §) får inget gallras, och inget gallras av sig självt.

{table(heads, rows)}"""


def access():
    from varna.foundation.access.rules import READS, Relation
    from varna.foundation.access.words import RELATIONS as RELATION_LABELS
    from varna.foundation.keys.rules import Compartment

    rows = [
        [
            f"`{relation.value}`",
            swedish(RELATION_LABELS[relation]),
            *("ja" if part in READS[relation] else "" for part in Compartment),
        ]
        for relation in Relation
    ]
    heads = ["relation", "på svenska", *(f"`{part.name.lower()}`" for part in Compartment)]
    return f"""# Access

{MADE}
## What a relation to a report or case may read

A role gives no case; a relation does. `shared` also reads what more its grant names.

{table(heads, rows)}
## Who may come in at each address

Without roles: everybody, or everybody who is signed in. A page that is open may still hold only
what the actor has a relation to. Weaker than STRONG meets the stronger sign-in, where STRONG is
asked for; `docs/decisions/0009-sign-in-and-strength.md` says what the strengths are.

{table(["address", "name", "policy", "roles", "signed in", "strength"], list(doors()))}"""


def doors():
    from django.urls import get_resolver

    from varna.foundation.access.policies import policy_of
    from varna.foundation.accounts.rules import Role, Strength

    for path, name, view in addresses(get_resolver()):
        policy = policy_of(view)
        roles = ", ".join(role.value for role in in_order(Role, policy.roles))
        strength = "" if policy.strength is Strength.NONE else policy.strength.name
        yield [
            f"`/{path}`",
            f"`{name}`",
            policy.name,
            roles,
            "yes" if policy.signed_in else "",
            strength,
        ]


def addresses(resolver, path="", space=""):
    for pattern in resolver.url_patterns:
        here = path + str(pattern.pattern).removeprefix("^")
        if hasattr(pattern, "url_patterns"):
            inner = space + (f"{pattern.namespace}:" if pattern.namespace else "")
            yield from addresses(pattern, here, inner)
        else:
            yield here, space + pattern.name, pattern.callback


def rooms_map():
    from django.apps import apps

    from varna.foundation import rooms
    from varna.foundation.vault.sweeps import columns

    house_map = importlib.import_module("house_map")
    sealed = {apps.get_app_config(model._meta.app_label).name for model, _owner in columns()}
    rooms_that_seal = {name.removeprefix("varna.").partition(".")[0] for name in sealed}
    return house_map.drawn(rooms.cards(), rooms.floor, rooms_that_seal)


def proved():
    threats = importlib.import_module("threats")

    def row(key, name):
        tests = "<br>".join(f"`{proof.test}`" for proof in threats.proofs().get(key, []))
        return [key, name, threats.standing(key), tests, threats.REMAINS.get(key, "")]

    heads = ["id", "what", "proved", "by", "what is left"]
    tables = "\n".join(
        f"## {title}\n\n{table(heads, [row(*one) for one in group.items()])}"
        for title, group in threats.GROUPS.items()
    )
    return f"""# What is proved, and what is not

{MADE}
Threats and faults that the design has named, attacks that have been tried and what real data has
shown, each with the tests that prove that it holds. *In part* and *no* say what is left. A test
says what it proves by its mark; `tests/threats.py` says the rest.

{tables}"""


def commitments():
    """What proves each row of the shipped plan, and where its "of" comes from."""
    from varna.following.words import PROOFS, REGISTERS
    from varna.plan.queries import plan_in
    from varna.standing.rules.proofs import BY_WORD
    from varna.standing.rules.sources import FRESH_MONTHS, registers_of

    plan = plan_in("vasteras-2018")
    rows = []
    for one in plan.commitments:
        counted = registers_of(plan, one)
        rows.append([
            f"`{one.id}`",
            one.title.sv,
            "någons ord" if one.does in BY_WORD else "arbetet",
            swedish(PROOFS[one.does]),
            ", ".join(swedish(REGISTERS[register][0]) for register in counted),
            "; ".join(swedish(REGISTERS[register][1]) for register in counted),
        ])  # fmt: skip
    by_work = sum(1 for one in plan.commitments if one.does not in BY_WORD)
    fresh = ", ".join(
        f"{swedish(REGISTERS[register][0])} {months} månader"
        for register, months in FRESH_MONTHS.items()
    )
    heads = ["id", "åtagande", "visas av", "så", "räknas i", "för lågt om"]
    return f"""# What proves each commitment

{MADE}
Planen `vasteras-2018`: {by_work} av {len(plan.commitments)} rader visas av eget arbete, resten av
någons ord. Ett register som någon måste stämma av gäller så länge: {fresh}.

{table(heads, rows)}"""


PAGES = {
    "commitments.md": commitments,
    "case-states.md": case_states,
    "record-series.md": record_series,
    "access.md": access,
    "threats.md": proved,
    "../pictures/rooms.svg": rooms_map,
}


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")
        print((FOLDER / name).resolve().relative_to(FOLDER.parents[1]))
    return 0


if __name__ == "__main__":
    os.environ |= {"DJANGO_SETTINGS_MODULE": "varna.site.settings", "VARNA_DEMO": "yes"}
    os.environ["VARNA_VAR"] = tempfile.mkdtemp(prefix="varna-reference-")
    import django
    from django.utils import translation

    django.setup()
    with translation.override("sv"):
        sys.exit(main())

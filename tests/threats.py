"""Which test proves what against which threat, fault and attack; and what none of them proves.

A test says by its mark what it proves: `@pytest.mark.proves("T5", "H4")`, or a part of it
(`part=True`). What is left stands in `REMAINS`. The marks are read without running a test.
"""

import ast
import functools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


TESTS = Path(__file__).parent


@dataclass(frozen=True)
class Proof:
    """One test that proves something, wholly or in part."""

    test: str
    part: bool


THREATS = {
    "T1": "Another's case by id, list or search",
    "T2": "A curious handler",
    "T3": "Whoever is pointed out has an account",
    "T4": "Pressure down the chain of command",
    "T5": "A mailbox in the wrong hands",
    "T6": "Phishing of a handler",
    "T7": "Somebody near with the telephone or computer",
    "T8": "Reading or writing in the database",
    "T9": "A stolen copy or disk",
    "T10": "What was destroyed rises from an old copy",
    "T11": "Foreign code in the public process",
    "T12": "Foreign code in the inner process",
    "T13": "An operator who is forced or means harm",
    "T14": "A hostile file",
    "T15": "Words that run as code in a browser",
    "T16": "A flood",
    "T17": "Doubt about evidence",
    "T18": "A request for public records as a probe",
    "T19": "Two figures subtracted from each other",
    "T20": "Finding out who has reported",
    "T21": "What sizes, counts and times tell",
    "T22": "Carrying much away",
    "T23": "The log changed or flooded",
    "T24": "Silence because something broke",
    "T25": "A poisoned dependency or build",
}
FAULTS = {
    "F-01": "Killed while reports are sent",
    "F-02": "Killed while reports are opened and linked",
    "F-03": "A key process killed",
    "F-04": "The worker killed",
    "F-05": "The power cut",
    "F-06": "The disk of files full",
    "F-07": "The disk of the database full",
    "F-08": "The disk of the keystore full",
    "F-09": "The database stopped under load",
    "F-10": "The database fails over to a standby",
    "F-11": "A slow database",
    "F-12": "One form sent many times",
    "F-13": "A flood of reports",
    "F-14": "Slow and large clients",
    "F-15": "Hostile files through a converter",
    "F-16": "A converter that dies or hangs",
    "F-17": "The mail server down",
    "F-18": "The identity provider down, or lying",
    "F-19": "The clock moved back and forth",
    "F-20": "Put back on a bare machine",
    "F-21": "An old copy put back after destruction",
    "F-22": "Upgraded from each earlier version",
    "F-23": "Keys lost",
    "F-24": "The log tampered with",
    "F-25": "The log cannot be written",
    "F-26": "The public process taken over",
    "F-27": "The inner process taken over",
    "F-28": "Traces of whoever reported",
    "F-29": "Two workers at once",
    "F-30": "Two worlds that differ in a hidden case",
    "F-31": "Three days at twenty times the speed",
    "F-32": "A copy of what was put back",
}
ATTACKS = {
    "C1": "Kept out of a case, and reading what is linked to it",
    "C2": "A lead handles the case of an own report",
    "C3": "A thief stays signed in after a theft is told",
    "H1": "Let in again by linking the account to another person",
    "H2": "Two accounts of one person",
    "H3": "Filling the disk without an account",
    "H4": "A few slow clients stop everything",
    "H5": "Waiting done on threads that others need",
    "H6": "A handler puts the lead out",
    "H7": "A right written straight into the database",
    "H8": "The lead takes a case to read about health",
    "M1": "An app's code used twice",
    "M2": "An app's secret in clear",
    "M3": "A lock that ends no session",
    "M4": "Codes asked for to keep somebody out",
    "M5": "A situation picture read twice",
    "M6": "The database tells who is in conflict",
    "M7": "A cookie that outlives the visit",
    "M8": "A log cut short without keys",
    "M9": "A public page that is dear to make",
    "M10": "Sealed words put back to older ones",
    "M11": "Destroying too little, or by one alone",
    "L1": "A line of the log replaced",
    "L2": "A line moved to another moment",
    "L3": "Drafts read with a code by mail",
    "L4": "A hidden file tells that it exists",
    "L5": "An original's hash in clear",
    "L6": "Files that others on the host can read",
    "L7": "An app's secret moved to another account",
    "L8": "Signed out by another site",
    "L9": "Requests that fill the server's log",
}
REAL_DATA = {
    "D1": "A lost keystore replaced by an empty one",
    "D2": "New reports that the desk does not reach",
    "D3": "Two people of one name merged",
    "D4": "A target group that is too large",
    "D5": "An import that holds reports up",
    "D6": "A wrong file that cannot be undone",
    "D7": "A file that vanishes without a word",
    "D8": "A full disk answered wrongly",
    "D9": "The name of an original altered",
    "D10": "Registers laid out in unusual ways",
    "D11": "A worker that has died, a mail not known again",
    "D12": "Calendar entries that two municipalities share",
}
GROUPS = {
    "Threats": THREATS,
    "Faults": FAULTS,
    "Attacks that have been tried": ATTACKS,
    "What real data showed": REAL_DATA,
}
KNOWN = {key for group in GROUPS.values() for key in group}
NOT_DIVIDED = "not built: one process receives, reads and holds the keys, as SECURITY.md says"
NO_CONVERTER = "not built: files are kept and given as they came, and nothing converts them"
# What no test proves, and why; of an id that has tests in part, what they leave.
REMAINS = {
    "T2": "nobody reviews what is read, and whom it is about cannot see who has read",
    "T4": "a contact of the board in which whoever is pointed out sits is not kept out by itself",
    "T6": "an app's code can be got by asking for it at the right moment; a passkey is tried with "
    "Chromium's virtual one only",
    "T7": "pages before the one that was left stay in the browser's history",
    "T8": "the process that receives may read every table; the database itself guards only the log",
    "T9": "a root key sealed by a real TPM is not tried here",
    "T11": NOT_DIVIDED,
    "T12": NOT_DIVIDED,
    "T13": "whoever owns the host can read the memory and change the code",
    "T14": "originals are given as they came; only a warning stands between them and the reader",
    "T16": "a line that is filled, and a flood that is sent for hours, are not tried",
    "T18": "what the municipality answers, and which mail logs it keeps, lie outside",
    "T19": "the figures of the plan's own report have the floor, and nothing more",
    "T20": "originals keep what their camera or program wrote in them, and style is not hidden",
    "T21": "what is compared is bytes and questions to the database, not the clock",
    "T22": "not built: there is no export of many, and no limit to how many cases one reads",
    "T25": "locked hashes are used when installing, and no test installs a changed package; there "
    "is no list of parts, and no search for hidden signs in the source",
    "F-03": NOT_DIVIDED,
    "F-04": "killed while it sends and while it imports; not while it makes a report or sweeps",
    "F-05": "killing keeps what is not yet on disk; nothing here forgets unsynced writes, "
    "so that the order of writing and syncing is read and not tried",
    "F-10": "no test has a standby; the stop and start of one server is F-09",
    "F-11": "a tenth of a second for each message, not two; a request has no deadline of its own",
    "F-13": "two hundred reports, not two thousand over ten minutes, and nothing is timed",
    "F-15": NO_CONVERTER,
    "F-16": NO_CONVERTER,
    "F-18": "not built: there is no single sign-on",
    "F-19": "a step of less than two hours is believed, and over starts of the machine seven days",
    "F-20": "how long it takes is not held to a limit",
    "F-22": "installations that 0.1.0 and 0.2.0 made; not killed in the midst of the upgrade",
    "F-23": "the root key has no shares to be put together from",
    "F-25": "without a log nothing is read; that reports are still received is not built",
    "F-26": NOT_DIVIDED,
    "F-27": NOT_DIVIDED,
    "F-31": "no run is that long",
    "F-32": "one copy is put back, and no copy is made of that",
    "M6": "the table itself names nobody; the moments at which rights ended can still be compared "
    "with the log, as SECURITY.md says",
    "D2": "the whole list has pages; that every report can be reached by leafing is not tried",
    "D4": "bodies of another kind count as before; the municipality corrects a body's kind by hand",
    "D6": "an import is undone as a whole; that a file looks wrong is not said",
    "D10": "a title above the headers, merged cells and a table on another sheet are refused, with "
    "a reason that may mislead",
    "D12": "entries end in @varna everywhere",
}


def _marks(decorated: ast.FunctionDef) -> Iterator[tuple[str, bool]]:
    for mark in decorated.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.proves":
            part = any(word.arg == "part" for word in mark.keywords)
            yield from ((ast.literal_eval(one), part) for one in mark.args)


@functools.cache
def proofs() -> dict[str, list[Proof]]:
    """What the marks say: for each id its tests, in the order of their names."""
    found = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if "mark.proves(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                name = f"{path.relative_to(TESTS)}::{node.name}"
                for key, part in _marks(node):
                    found[key].append(Proof(name, part))
    return dict(found)


def standing(key: str) -> str:
    parts = [proof.part for proof in proofs().get(key, [])]
    if not parts:
        return "no"
    return "in part" if all(parts) else "yes"


def wrong() -> list[str]:
    """Where marks and gaps disagree."""
    faults = [f"{key} is marked and has no name" for key in proofs().keys() - KNOWN]
    faults += [f"{key} is left and has no name" for key in REMAINS.keys() - KNOWN]
    for key in sorted(KNOWN):
        how = standing(key)
        if how == "yes" and key in REMAINS:
            faults.append(f"{key} is proved, and is said not to be")
        if how != "yes" and key not in REMAINS:
            faults.append(f"{key} has neither a proof nor a reason")
    return faults

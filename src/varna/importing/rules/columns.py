"""Which column of a file holds what: guessed from its headers, and checked. Pure."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from varna.organisation.rules.names import fold


class Column(StrEnum):
    """What the register can take from a file."""

    EXTERNAL = "external"
    NAME = "name"
    GIVEN = "given"
    FAMILY = "family"
    EMAIL = "email"
    PHONE = "phone"
    PARTY = "party"
    BODY = "body"
    ROLE = "role"
    STARTS = "starts"
    ENDS = "ends"
    PERIOD = "period"
    FULL_TIME = "full_time"
    PROTECTED = "protected"


Choice = Mapping[Column, int]

SYNONYMS: dict[Column, str] = {
    Column.EXTERNAL: "id|personid|person id|externt id|anställningsnummer|external id|nyckel",
    Column.NAME: "namn|name|fullständigt namn|förtroendevald|person|efternamn, förnamn|full name",
    Column.GIVEN: "förnamn|tilltalsnamn|first name|given name|firstname",
    Column.FAMILY: "efternamn|last name|family name|surname|lastname",
    Column.EMAIL: "e-post|epost|mejl|mail|e-mail|email|e-postadress|mejladress",
    Column.PHONE: "telefon|mobil|mobiltelefon|telefonnummer|phone|mobile|tel",
    Column.PARTY: "parti|party|partibeteckning|partitillhörighet",
    Column.BODY: "organ|nämnd|instans|styrelse|nämnd/styrelse|organisation|body|board|organ/nämnd",
    Column.ROLE: "befattning|uppdrag|roll|uppdragstyp|engagemang|role|position|post",
    Column.STARTS: "från|from|fr.o.m|from och med|startdatum|start|börjar|tillträde|starts",
    Column.ENDS: "till|to|t.o.m|till och med|slutdatum|slut|slutar|avgår|ends|end",
    Column.PERIOD: "mandatperiod|period|tidsperiod|mandate period",
    Column.FULL_TIME: "heltid|sysselsättningsgrad|arvoderad|omfattning|full time|tjänstgöringsgrad",
    Column.PROTECTED: "skyddad|skyddade personuppgifter|sekretess|skyddad identitet|protected",
}


class MappingReason(StrEnum):
    """Why a choice of columns cannot be used."""

    NAME_MISSING = "name_missing"
    ROLE_WITHOUT_BODY = "role_without_body"
    BODY_WITHOUT_ROLE = "body_without_role"
    SAME_TWICE = "same_twice"
    NO_SUCH_COLUMN = "no_such_column"


def _plain(header: str) -> str:
    return re.sub(r"[.:*()_]+", " ", fold(header)).strip().replace(" ", "")


_KNOWN = {_plain(word): column for column, words in SYNONYMS.items() for word in words.split("|")}


def guess(headers: Sequence[str]) -> dict[Column, int]:
    """The first header that a column is known by takes it."""
    found: dict[Column, int] = {}
    for index, header in enumerate(headers):
        column = _KNOWN.get(_plain(header))
        if column is not None:
            found.setdefault(column, index)
    return found


def fingerprint(headers: Sequence[str]) -> str:
    """Names a set of headers, so that a choice of columns can be remembered for it."""
    return hashlib.sha256("\x1f".join(fold(header) for header in headers).encode()).hexdigest()


def why_not_use(mapping: Choice, width: int) -> MappingReason | None:
    """Answer why this choice of columns cannot be used, or None."""
    used = list(mapping.values())
    if any(not 0 <= index < width for index in used):
        return MappingReason.NO_SUCH_COLUMN
    if len(set(used)) < len(used):
        return MappingReason.SAME_TWICE
    if Column.NAME not in mapping and Column.FAMILY not in mapping:
        return MappingReason.NAME_MISSING
    if (Column.ROLE in mapping) != (Column.BODY in mapping):
        return (
            MappingReason.ROLE_WITHOUT_BODY
            if Column.ROLE in mapping
            else MappingReason.BODY_WITHOUT_ROLE
        )
    return None

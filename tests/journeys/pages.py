"""Every page that the browser tests visit: its address, who is signed in, in which languages.

A room adds its pages here. `{name}` in an address is asked of the fixture of that name, for pages
that are about something.
"""

from dataclasses import dataclass


ALL = ("sv", "en", "fi")
STAFF = ("sv", "en")


@dataclass(frozen=True)
class Place:
    address: str
    role: str | None = None
    languages: tuple[str, ...] = ALL

    def in_language(self, language: str) -> str:
        return self.address if language == "sv" else f"/{language}{self.address}"


PLACES = [
    Place("/"),
    Place("/anmal/"),
    Place("/rad/"),
    Place("/rad/telefon/"),
    Place("/rad/post/"),
    Place("/rad/besok/"),
    Place("/rad/mote/"),
    Place("/rad/larm/"),
    Place("/rad/natet/"),
    Place("/tillganglighet/"),
    Place("/personuppgifter/"),
    Place("/konto/logga-in/"),
    Place("/konto/last/"),
    Place("/finns-inte/"),
    Place("/konto/skydd/", "handler", STAFF),
    Place("/konto/skydd/inloggningar/", "handler", STAFF),
    Place("/konto/skydd/nyckel/", "handler", STAFF),
    Place("/konto/skydd/app/", "handler", STAFF),
    Place("/drift/", "operator", STAFF),
    Place("/jour/", "lead", STAFF),
    Place("/gallring/", "lead", STAFF),
    Place("/gallring/", "registrar", STAFF),
    Place("/jour/fyll-pa/", "lead", STAFF),
    Place("/konto/logga-ut/", "official", STAFF),
    Place("/starkare/", "official", STAFF),
    Place("/kallelse/finns-inte/", None, STAFF),
    Place("/utbildning/", "handler", STAFF),
    Place("/utbildning/nytt/", "handler", STAFF),
    Place("/utbildning/sjalvstudier/", "handler", STAFF),
    Place("/utbildning/heltid/", "handler", STAFF),
    Place("/utbildning/kurs/", "official", STAFF),
    Place("/utbildning/kurs/1/", "official", STAFF),
    Place("/konton/", "access_admin", STAFF),
    Place("/konton/?q=zzz", "access_admin", STAFF),
    Place("/konton/nytt/", "access_admin", STAFF),
]

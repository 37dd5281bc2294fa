"""Every address, by room. Swedish has no prefix; /en/ and /fi/ stand before the others."""

from types import ModuleType

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, include, path

from varna.cases import urls as cases
from varna.following.views import keeping, looking
from varna.foundation.ui import views as ui
from varna.importing import urls as importing
from varna.intake import urls as intake
from varna.operation import views as health
from varna.organisation import urls as organisation
from varna.site import views
from varna.support import urls as support


handler400 = handler403 = "varna.foundation.ui.views.not_found"
handler404 = "varna.foundation.ui.views.not_found"
handler500 = "varna.foundation.ui.views.broken"


def together(name: str, *rooms: ModuleType) -> tuple[list[URLPattern], str]:
    """The addresses of rooms that people know as one thing, under one name: none of them can know
    the others', and what is written in a link or a mail stays when a room is split.
    """
    return [address for room in rooms for address in room.urlpatterns], name


urlpatterns = [
    path("halsa/live", health.live, name="live"),
    path("halsa/redo", health.ready, name="ready"),
    path("halsa/drift", health.watched, name="watched"),
    path("tema.css", ui.theme, name="theme"),
    path("logotyp", ui.logotype, name="logotype"),
    path("lamna/", ui.leave, name="leave"),
    path("kalender/<str:secret>.ics", keeping.feed, name="feed"),
    *i18n_patterns(
        path("", views.start, name="start"),
        path("hem/", views.home, name="home"),
        path("starkare/", views.stronger, name="stronger"),
        path("anmal/", include("varna.reports.urls")),
        path("", include(together("cases", intake, support, cases))),
        path("utbildning/", include("varna.training.urls")),
        path("kallelse/", include("varna.invitations.urls")),
        path("tillganglighet/", views.accessibility, name="accessibility"),
        path("personuppgifter/", views.privacy, name="privacy"),
        path("konton/", include("varna.site.accounts.urls")),
        path("konto/", include("varna.site.sign_in_urls")),
        path("register/", include(together("register", organisation, importing))),
        path("register/kontakter/", include("varna.contacts.urls")),
        path("", include("varna.documents.urls")),
        path("drift/", include("varna.operation.urls")),
        path("jour/", include("varna.duty.urls")),
        path("hjalp/", include("varna.requests.urls")),
        path("samverkan/", include("varna.cooperation.urls")),
        path("planen/", include("varna.following.urls")),
        path("planen/", include("varna.plan.urls")),
        path("ataganden/", looking.public, name="commitments"),
        prefix_default_language=False,
    ),
]

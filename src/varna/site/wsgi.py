"""The WSGI door, warm before it opens."""

import logging
import os
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

from varna.foundation.keys.store import keystore
from varna.operation.actions.lock import serve_from_here
from varna.site import environment


os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varna.site.settings")

log = logging.getLogger("varna.start")
application = get_wsgi_application()
serve_from_here()
environment.hide()


def warm() -> None:
    """Answer a visitor of our own before the first real one: addresses, templates, texts and the
    form are then in memory, once for all workers, which are copies of this process.
    """
    visit = {
        "PATH_INFO": "/anmal/",
        "HTTP_HOST": settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "") or "localhost",
        "HTTP_X_FORWARDED_PROTO": "https",
        "wsgi.url_scheme": "http" if settings.PLAIN_HTTP else "https",
    }
    setup_testing_defaults(visit)
    try:
        answer = application(visit, lambda _status, _headers, _fault=None: lambda _bytes: None)
        b"".join(answer)
        answer.close()
    except Exception:  # whatever is wrong is said to those who come, not by staying shut
        log.exception("the first page could not be made")
    finally:
        # Nothing that is open to a file may be shared by the copies.
        connections.close_all()
        keystore().close()


warm()

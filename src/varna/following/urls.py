"""Addresses of how the plan is followed, beside the plan's own.

Their names begin with what the room was called before it was divided; links and mails keep them.
"""

from django.urls import path

from varna.following.views import comparing, keeping, looking, revising, tying


app_name = "compliance"
urlpatterns = [
    path("", looking.mandate, name="mandate"),
    path("nittio-dagar/", looking.ahead, name="ahead"),
    path("rontgen/", looking.xray, name="xray"),
    path("texten/", tying.text, name="text"),
    path("ataganden/<slug:name>/", looking.commitment, name="commitment"),
    path("ataganden/<slug:name>/<str:key>/intyga/", looking.state, name="state"),
    path("ataganden/<slug:name>/<str:key>/forklara/", looking.explain, name="explain"),
    path(
        "ataganden/<slug:name>/intyganden/<uuid:pk>/ta-tillbaka/",
        looking.take_back,
        name="take_back",
    ),
    path("ataganden/<slug:name>/intyganden/<uuid:pk>/bekrafta/", looking.confirm, name="confirm"),
    path("publicera/", looking.publish, name="publish"),
    path("ansvariga/", keeping.responsible, name="responsible"),
    path(
        "ansvariga/<slug:name>/<uuid:account>/avsluta/",
        keeping.end_responsible,
        name="end_responsible",
    ),
    path("kalender/", keeping.feeds, name="feeds"),
    path("kalender/<uuid:pk>/aterkalla/", keeping.revoke_feed, name="revoke_feed"),
    path("revidering/", revising.revisions, name="revisions"),
    path("revidering/<uuid:pk>/", revising.revise, name="revise"),
    path("revidering/<uuid:pk>/lardomar/", revising.weigh, name="weigh"),
    path("rapporter/", keeping.reports, name="reports"),
    path("rapporter/<uuid:pk>/lamnad/", keeping.deliver, name="deliver"),
    path("rapporter/granska/<str:name>", keeping.auditor, name="auditor"),
    path("rapporter/<uuid:pk>/<str:kind>/", keeping.report_file, name="report_file"),
    path("villkor/", comparing.terms, name="terms"),
    path("villkor/genomgangen/", comparing.reviewed, name="terms_reviewed"),
    path("villkor/<uuid:pk>/avsluta/", comparing.end, name="terms_end"),
]

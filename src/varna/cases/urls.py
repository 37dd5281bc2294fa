"""The case room's addresses; ids in them are random and tell nothing. Rooms above have theirs under
the same name, since people know them as one.
"""

from django.urls import path

from varna.cases.views import circle, closing, desk, disposal, files, handling


_CASE = "arenden/<uuid:case_id>"

urlpatterns = [
    path("filer/<uuid:item_id>/", files.original, name="file"),
    path("gallring/", disposal.every, name="disposals"),
    path("gallring/begar/<uuid:about>/", disposal.ask, name="disposal_ask"),
    path("gallring/<uuid:pk>/bekrafta/", disposal.confirm, name="disposal_confirm"),
    path("gallring/<uuid:pk>/ta-tillbaka/", disposal.withdraw, name="disposal_withdraw"),
    path("arenden/", desk.start, name="desk"),
    path("arenden/jour/", desk.duty, name="duty"),
    path("arenden/alla/", desk.every, name="list"),
    path(f"{_CASE}/", handling.overview, name="case"),
    path(f"{_CASE}/steg/", handling.step, name="step"),
    path(f"{_CASE}/vantar/", handling.wait, name="wait"),
    path(f"{_CASE}/ta/", handling.take, name="take"),
    path(f"{_CASE}/bedomning/", handling.assess, name="assess"),
    path(f"{_CASE}/bedomning/<int:version>/", handling.second, name="second"),
    path(f"{_CASE}/klassning/", handling.classify, name="classify"),
    path(f"{_CASE}/samtal/", handling.talk, name="talk"),
    path(f"{_CASE}/anteckningar/", handling.notes, name="notes"),
    path(f"{_CASE}/handelser/", handling.timeline, name="timeline"),
    path(f"{_CASE}/krets/", circle.members, name="circle"),
    path(f"{_CASE}/krets/ge/", circle.assign, name="assign"),
    path(f"{_CASE}/krets/lagg-till/", circle.add, name="circle_add"),
    path(f"{_CASE}/krets/dela/", circle.share, name="circle_share"),
    path(f"{_CASE}/krets/jav/", circle.declare, name="declare"),
    path(f"{_CASE}/krets/funnet-jav/", circle.find_conflict, name="find_conflict"),
    path(f"{_CASE}/krets/utpekad/", circle.point_out, name="point_out"),
    path(f"{_CASE}/krets/utsatt/", circle.expose, name="expose"),
    path(f"{_CASE}/krets/<uuid:grant_id>/avsluta/", circle.remove, name="circle_remove"),
    path(f"{_CASE}/avsluta/", closing.close, name="close"),
    path(f"{_CASE}/efterkontroll/", closing.afterwards, name="afterwards"),
]

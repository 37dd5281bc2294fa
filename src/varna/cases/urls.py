"""The case room's addresses; ids in them are random and tell nothing. Rooms above have theirs under
the same name, since people know them as one.
"""

from django.urls import path

from varna.cases.views import circle, closing, desk, files, handling, intake, own


_CASE = "arenden/<uuid:case_id>"
_REPORT = "anmalningar/<uuid:report_id>"
_OWN = "mina/<uuid:report_id>"

urlpatterns = [
    path("tillbaka/", own.come_back, name="return"),
    path("mina/", own.mine, name="mine"),
    path(f"{_OWN}/", own.own, name="own"),
    path(f"{_OWN}/skriv/", own.own_write, name="own_write"),
    path(f"{_OWN}/samtycke/", own.withdraw, name="withdraw"),
    path("filer/<uuid:item_id>/", files.original, name="file"),
    path("anmalningar/lagda-at-sidan/", desk.put_aside, name="put_aside"),
    path(f"{_REPORT}/", intake.report, name="report"),
    path(f"{_REPORT}/bekrafta/", intake.confirm, name="confirm"),
    path(f"{_REPORT}/skriv/", intake.write, name="write"),
    path(f"{_REPORT}/nytt-arende/", intake.open_case, name="open_from"),
    path(f"{_REPORT}/koppla/", intake.link, name="link"),
    path(f"{_REPORT}/lagg-at-sidan/", intake.set_aside, name="set_aside"),
    path(f"{_REPORT}/ta-upp/", intake.take_up, name="take_up"),
    path("arenden/", desk.start, name="desk"),
    path("arenden/jour/", desk.duty, name="duty"),
    path("arenden/alla/", desk.every, name="list"),
    path("arenden/nytt/", intake.open_case, name="open"),
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

"""Addresses of reports that have come in, and of the reporter's own pages, among those of cases."""

from django.urls import path

from varna.intake.views import own, reports


_REPORT = "anmalningar/<uuid:report_id>"
_OWN = "mina/<uuid:report_id>"

urlpatterns = [
    path("tillbaka/", own.come_back, name="return"),
    path("mina/", own.mine, name="mine"),
    path(f"{_OWN}/", own.own, name="own"),
    path(f"{_OWN}/skriv/", own.own_write, name="own_write"),
    path(f"{_OWN}/samtycke/", own.withdraw, name="withdraw"),
    path("anmalningar/lagda-at-sidan/", reports.put_aside, name="put_aside"),
    path(f"{_REPORT}/", reports.report, name="report"),
    path(f"{_REPORT}/jav/", reports.declare, name="declare_at_report"),
    path(f"{_REPORT}/bekrafta/", reports.confirm, name="confirm"),
    path(f"{_REPORT}/skriv/", reports.write, name="write"),
    path(f"{_REPORT}/nytt-arende/", reports.open_case, name="open_from"),
    path(f"{_REPORT}/koppla/", reports.link, name="link"),
    path(f"{_REPORT}/lagg-at-sidan/", reports.set_aside, name="set_aside"),
    path(f"{_REPORT}/ta-upp/", reports.take_up, name="take_up"),
    path("arenden/nytt/", reports.open_case, name="open"),
]

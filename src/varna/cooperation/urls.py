"""Addresses of cooperation."""

from django.urls import path

from varna.cooperation.views import meetings, partners


app_name = "cooperation"
urlpatterns = [
    path("", partners.overview, name="overview"),
    path("parter/ny/", partners.add, name="add"),
    path("parter/<uuid:pk>/", partners.partner, name="partner"),
    path("parter/<uuid:pk>/parti/", partners.say_party, name="say_party"),
    path("partier/<uuid:pk>/utan/", partners.alone, name="alone"),
    path("parter/<uuid:pk>/avsluta/", partners.end, name="end"),
    path("parter/<uuid:pk>/kontakt/", partners.contact, name="contact"),
    path("parter/<uuid:pk>/kontakt/<uuid:contact>/", partners.correct, name="correct"),
    path("parter/<uuid:pk>/kontakt/<uuid:contact>/kontrollerad/", partners.verify, name="verify"),
    path(
        "parter/<uuid:pk>/kontakt/<uuid:contact>/avsluta/",
        partners.end_contact,
        name="end_contact",
    ),
    path("delat/", partners.shared, name="shared"),
    path("moten/", meetings.all_meetings, name="meetings"),
    path("moten/nytt/", meetings.plan, name="plan"),
    path("moten/<uuid:pk>/", meetings.meeting, name="meeting"),
    path("moten/<uuid:pk>/andra/", meetings.change, name="change"),
    path("moten/<uuid:pk>/stall-in/", meetings.cancel, name="cancel"),
    path("moten/<uuid:pk>/kalla/", meetings.invite, name="invite"),
    path("moten/<uuid:pk>/for-hand/<uuid:partner>/", meetings.by_hand, name="by_hand"),
    path("moten/<uuid:pk>/protokoll/", meetings.write_down, name="write_down"),
    path("moten/<uuid:pk>/uppgift/<uuid:task>/klar/", meetings.finish, name="finish"),
]

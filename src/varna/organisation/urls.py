"""The register's addresses; those of its imports come from the room above."""

from django.urls import path

from varna.organisation.views import reading


urlpatterns = [
    path("", reading.overview, name="overview"),
    path("avstamt/", reading.vouch, name="vouch"),
    path("organ/slag/", reading.kinds, name="kinds"),
    path("organ/<uuid:pk>/", reading.body, name="body"),
    path("organ/<uuid:pk>/andra/", reading.keep_body, name="keep_body"),
    path("organ/<uuid:pk>/period/", reading.set_period, name="set_period"),
    path("organ/<uuid:pk>/avveckla/", reading.dissolve, name="dissolve"),
    path("personer/", reading.search, name="people"),
    path("personer/<uuid:pk>/", reading.person, name="person"),
    path("personer/<uuid:pk>/kontakt/", reading.contact, name="contact"),
    path("personer/<uuid:pk>/skydd/", reading.protect, name="protect"),
]

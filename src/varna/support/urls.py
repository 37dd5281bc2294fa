"""Addresses of measures, the police and occupational health, among the case's own."""

from django.urls import path

from varna.support.views import health, measures, police, tasks


_CASE = "arenden/<uuid:case_id>"

urlpatterns = [
    path("forvaltning/", tasks.tasks, name="tasks"),
    path("forvaltning/arende/<uuid:case_id>/", tasks.shared, name="shared"),
    path("forvaltning/<uuid:measure_id>/klar/", tasks.task_done, name="task_done"),
    path(f"{_CASE}/atgarder/", measures.measures, name="measures"),
    path(f"{_CASE}/atgarder/genomgangna/", measures.review, name="review"),
    path(f"{_CASE}/atgarder/<uuid:measure_id>/", measures.measure, name="measure"),
    path(f"{_CASE}/atgarder/<uuid:measure_id>/erbjuden/", measures.offered, name="offered"),
    path(f"{_CASE}/polis/", police.police, name="police"),
    path(f"{_CASE}/foretagshalsovard/", health.health, name="health"),
]

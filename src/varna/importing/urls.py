"""The imports' addresses, under the register's name: people find them in the register."""

from django.urls import path

from varna.importing.views import importing


urlpatterns = [
    path("import/", importing.start, name="imports"),
    path("import/<uuid:pk>/", importing.step, name="import"),
    path("import/<uuid:pk>/kolumner/", importing.columns, name="import_columns"),
    path("import/<uuid:pk>/fragor/", importing.questions, name="import_questions"),
    path("import/<uuid:pk>/tillampa/", importing.apply, name="import_apply"),
    path("import/<uuid:pk>/angra/", importing.undo, name="import_undo"),
    path("import/<uuid:pk>/avbryt/", importing.abandon, name="import_abandon"),
]

"""The access administrator's addresses."""

from django.urls import path

from varna.site.accounts import views


app_name = "accounts"
urlpatterns = [
    path("", views.every_account, name="list"),
    path("nytt/", views.open_account, name="open"),
    path("<uuid:pk>/", views.one_account, name="one"),
    path("<uuid:pk>/roll/", views.give_role, name="give_role"),
    path("<uuid:pk>/roll/<uuid:grant>/avsluta/", views.end_role, name="end_role"),
    path("<uuid:pk>/person/", views.link_person, name="link_person"),
    path("<uuid:pk>/las/", views.lock, name="lock"),
    path("<uuid:pk>/las-upp/", views.unlock, name="unlock"),
    path("<uuid:pk>/nyckel/", views.let_enrol, name="let_enrol"),
]

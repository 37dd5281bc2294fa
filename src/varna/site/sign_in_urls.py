"""Signing in and what belongs to it: allauth's views that are in use, and no others."""

from django.urls import include, path

from allauth.account import views as account
from allauth.mfa.webauthn.views import login_webauthn


urlpatterns = [
    path("logga-in/", account.login, name="account_login"),
    path("logga-ut/", account.logout, name="account_logout"),
    path("kod/", account.request_login_code, name="account_request_login_code"),
    path("kod/skriv/", account.confirm_login_code, name="account_confirm_login_code"),
    path("bekrafta/", account.reauthenticate, name="account_reauthenticate"),
    path("nyckel/", login_webauthn, name="mfa_login_webauthn"),
    path("skydd/", include("allauth.mfa.urls")),
]

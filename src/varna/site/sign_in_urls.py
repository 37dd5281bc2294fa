"""Signing in and what belongs to it: allauth's views that are in use, and no others.

The library finds its views by name; a name that is not here is a page that does not exist.
"""

from django.urls import path

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn

from varna.foundation.access.policies import policy
from varna.site import own_sessions, sign_in


everybody = policy("sign_in")
own = policy("own_account", signed_in=True)

urlpatterns = [
    path("logga-in/", sign_in.sign_in, name="account_login"),
    path("logga-in/", sign_in.sign_in, name="account_request_login_code"),
    path("logga-in/kod/", sign_in.confirm_code, name="account_confirm_login_code"),
    path("logga-in/steg/", everybody(mfa.authenticate), name="mfa_authenticate"),
    path("logga-in/nyckel/", sign_in.passkey_sign_in, name="mfa_login_webauthn"),
    path("logga-in/som/", sign_in.be_somebody, name="demo_sign_in"),
    path("last/", everybody(account.account_inactive), name="account_inactive"),
    path("logga-ut/", sign_in.sign_out, name="account_logout"),
    path("bekrafta/", own(account.reauthenticate), name="account_reauthenticate"),
    path("bekrafta/app/", own(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(
        "bekrafta/nyckel/",
        own(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("skydd/inloggningar/", own_sessions.every_session, name="own_sessions"),
    path("skydd/inloggningar/avsluta/", own_sessions.end_one, name="end_session"),
    path("skydd/inloggningar/avsluta-alla/", own_sessions.end_all, name="end_sessions"),
    path("skydd/", own(mfa.index), name="mfa_index"),
    path("skydd/", own(mfa.index), name="mfa_list_webauthn"),
    path("skydd/app/", sign_in.add_app, name="mfa_activate_totp"),
    path("skydd/app/ta-bort/", sign_in.remove_app, name="mfa_deactivate_totp"),
    path("skydd/nyckel/", sign_in.add_passkey, name="mfa_add_webauthn"),
    path("skydd/nyckel/<int:pk>/namn/", own(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "skydd/nyckel/<int:pk>/ta-bort/",
        sign_in.remove_passkey,
        name="mfa_remove_webauthn",
    ),
]

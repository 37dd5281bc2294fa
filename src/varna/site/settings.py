"""Settings, from environment variables only; docs/handbok/installation.md lists them."""

from pathlib import Path

from csp.constants import NONE, SELF

from varna.foundation import rooms
from varna.site import environment
from varna.site.environment import days, env, flag, hour, listed, number, one_of


PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(env.str("VARNA_VAR", default="var")).resolve()

# ── what kind of place this is ────────────────────────────────────────────────────────────────
DEMO = flag("VARNA_DEMO")
DEBUG = False
# Passkeys and secure cookies want TLS; the demonstration runs on http://localhost.
PLAIN_HTTP = flag("VARNA_PLAIN_HTTP", default=DEMO)
SECRET_KEY = environment.secret_key(VAR, demo=DEMO)
ALLOWED_HOSTS = listed("ALLOWED_HOSTS", default="localhost,127.0.0.1" if DEMO else "")
if not ALLOWED_HOSTS:
    raise environment.SettingError(
        "ALLOWED_HOSTS is missing. Set it to the host name that people write, "
        "for instance ALLOWED_HOSTS=varna.example.se."
    )
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS")
ADMINS: list[tuple[str, str]] = []  # mail about errors would carry what people wrote
MANAGERS: list[tuple[str, str]] = []

# ── keys ──────────────────────────────────────────────────────────────────────────────────────
TENANT = env.str("VARNA_TENANT", default="00000000-0000-4000-8000-000000000001")
KEYSTORE = Path(env.str("VARNA_KEYSTORE", default=str(VAR / "keystore.sqlite3"))).resolve()
MEDIA = Path(env.str("VARNA_MEDIA", default=str(VAR / "media"))).resolve()
CHECKPOINTS = Path(env.str("VARNA_CHECKPOINTS", default=str(VAR / "checkpoints.txt"))).resolve()
KEY_PROVIDER = env.str("VARNA_KEY_PROVIDER", default="file")
# So many keystores are open in a process; more than one where it serves many municipalities.
KEYSTORES_OPEN = number("VARNA_KEYSTORES_OPEN", default=32, least=1, most=1000)
ROOT_KEY_FILE = Path(env.str("VARNA_ROOT_KEY_PATH", default=str(VAR / "root.key"))).resolve()
ROOT_KEY = env.str("VARNA_ROOT_KEY", default="")
if KEY_PROVIDER not in {"file", "env", "credential"}:
    raise environment.SettingError(
        f"VARNA_KEY_PROVIDER is {KEY_PROVIDER!r}; it must be file, env or credential."
    )
if KEY_PROVIDER == "file" and not (DEMO or flag("VARNA_ACCEPT_PLAIN_ROOT")):
    raise environment.SettingError(
        "The root key would lie in a plain file: whoever takes the disk can read every case. "
        "Set VARNA_KEY_PROVIDER=credential (systemd) or env, or accept the risk with "
        "VARNA_ACCEPT_PLAIN_ROOT=yes."
    )

# ── the municipality ──────────────────────────────────────────────────────────────────────────
MUNICIPALITY = env.str("VARNA_MUNICIPALITY", default="Exempelstads kommun" if DEMO else "Kommunen")
# Where people find us, for the links in invitations; without it, the first of ALLOWED_HOSTS.
ADDRESS = env.str("VARNA_ADDRESS", default="http://localhost:8000" if DEMO else "").rstrip("/")
ADDRESS = ADDRESS or f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
BRAND_COLOUR = env.str("VARNA_COLOUR", default="#1d5a7a")
LOGOTYPE = env.str("VARNA_LOGOTYPE", default="")  # the path of an SVG, PNG or WebP file
CONTACT_NAME = env.str("VARNA_CONTACT_NAME", default="Trygghet och säkerhet")
CONTACT_PHONE = env.str("VARNA_CONTACT_PHONE", default="031-390 06 00" if DEMO else "")
DUTY_PHONE = env.str("VARNA_DUTY_PHONE", default="031-390 06 99" if DEMO else "")
CONTACT_HOURS = env.str("VARNA_CONTACT_HOURS", default="vardagar 8–16")
CONTACT_EMAIL = env.str("VARNA_CONTACT_EMAIL", default="trygghet@example.se" if DEMO else "")
# The accessibility statement that the law asks for (DOS-lagen), as it stands for this municipality.
ACCESSIBILITY = {
    "standing": env.str("VARNA_ACCESSIBILITY_STANDING", default=""),  # fully, partly or not
    "lacks": listed("VARNA_ACCESSIBILITY_LACKS"),
    "assessed_on": env.str("VARNA_ACCESSIBILITY_ASSESSED_ON", default=""),
    "method": env.str("VARNA_ACCESSIBILITY_METHOD", default=""),
    "feedback": env.str("VARNA_ACCESSIBILITY_FEEDBACK", default=""),  # address of a form
}
PROTECTION_OFFICER = env.str(
    "VARNA_PROTECTION_OFFICER", default="dataskyddsombud@example.se" if DEMO else ""
)
EXIT_URL = env.str("VARNA_EXIT_URL", default="https://www.smhi.se/")

# ── limits, in reports per hour; above them a report is put aside, never refused (docs/reference) ─
LIMITS = {
    "reports_per_sender": number("VARNA_LIMIT_REPORTS_PER_SENDER", default=30, least=1),
    "reports_in_all": number("VARNA_LIMIT_REPORTS_IN_ALL", default=120, least=1),
    "codes_per_sender_per_minute": number("VARNA_LIMIT_CODES_PER_SENDER", default=5, least=1),
    "codes_in_all_per_minute": number("VARNA_LIMIT_CODES_IN_ALL", default=60, least=1),
}
TRUSTED_PROXY = flag("VARNA_TRUSTED_PROXY")  # take the sender's address from X-Forwarded-For
FILE_MOST_BYTES = number("VARNA_FILE_MOST_MB", default=25, least=1, most=500) * 1024 * 1024
# Kept free for words, given up when the disk is full.
RESERVE_BYTES = number("VARNA_RESERVE_MB", default=16, most=10_000) * 1024 * 1024
FILES_MOST = number("VARNA_FILES_MOST", default=10, least=1, most=50)
# Above the cap, and below the floor, no file is taken; words are.
FILES_MOST_BYTES = number("VARNA_FILES_MOST_GB", default=20, least=1) * 1024**3
DISK_FLOOR_BYTES = number("VARNA_DISK_FLOOR_MB", default=500) * 1024**2

# ── clocks of a case, domain.md §1.5; working days unless a name says days ────────────────────
CASE_CLOCKS = {
    "acknowledge_workdays": number("VARNA_ACKNOWLEDGE_WORKDAYS", default=1, least=0),
    "assess_workdays": number("VARNA_ASSESS_WORKDAYS", default=2, least=0),
    "first_answer_days": number("VARNA_FIRST_ANSWER_DAYS", default=7, least=1),
    "measure_review_days": number("VARNA_MEASURE_REVIEW_DAYS", default=30, least=1),
    "after_check_days": number("VARNA_AFTER_CHECK_DAYS", default=90, least=1),
}

# ── Django ────────────────────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    *rooms.apps(),  # each room has a card, or nothing starts
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "varna.foundation.ui.middleware.plain_errors",
    "varna.foundation.vault.uploads.nothing_unclaimed",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "varna.foundation.ui.middleware.quiet_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "varna.foundation.access.middleware.PolicyRequired",  # before anything reads the body
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "varna.foundation.accounts.middleware.know_the_actor",
    "varna.foundation.ui.middleware.GonePage",
]
ROOT_URLCONF = "varna.site.urls"
WSGI_APPLICATION = "varna.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "varna.foundation.ui.context.house",
            ],
            "builtins": ["django.templatetags.i18n", "varna.foundation.ui.templatetags.ui"],
        },
    }
]
DATABASES = {"default": environment.database(VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

# ── what the processes of one server share: allauth counts its limits there ───────────────────
CACHES = {"default": {"BACKEND": "varna.foundation.shared.Cache"}}

# ── language and time ─────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English"), ("fi", "Suomi")]
# Whom the command line answers: the handbook for those who run Värna is in Swedish.
COMMAND_LANGUAGE = one_of("VARNA_COMMAND_LANGUAGE", {"sv", "en"}, default="sv")
LOCALE_PATHS = [PACKAGE / "site" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"  # what is shown; what is stored is UTC

# ── who is signed in ──────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "varna.foundation.notices.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION = "none"  # the access administrator has checked who it is
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
# "ip" is a keyed bucket that lives as long as the server: see the adapter.
# How many codes are mailed to one account is counted in the database: accounts.codes.
ACCOUNT_RATE_LIMITS = {"request_login_code": "30/m/ip", "login": "60/m/ip"}
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
# No recovery codes: whoever has lost everything meets the access administrator.
MFA_SUPPORTED_TYPES = ["webauthn", "totp"]
ACCOUNT_FORMS = {
    "request_login_code": "varna.site.sign_in_forms.AskForCode",
    "confirm_login_code": "varna.site.sign_in_forms.WriteCode",
}
MFA_FORMS = {
    "authenticate": "varna.site.sign_in_forms.SecondStep",
    "reauthenticate": "varna.site.sign_in_forms.SecondStepAgain",
    "add_webauthn": "varna.site.sign_in_forms.AddPasskey",
    "edit_webauthn": "varna.site.sign_in_forms.RenamePasskey",
}
MFA_ADAPTER = "varna.foundation.notices.adapter.SecondStep"
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PLAIN_HTTP
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Värna"

# ── cookies and sessions ──────────────────────────────────────────────────────────────────────
SESSION_ENGINE = "varna.foundation.accounts.sessions"  # a hash of the key; what is in it is sealed
SESSION_COOKIE_AGE = number("VARNA_SESSION_MINUTES", default=30, least=5, most=720) * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_AGE = None  # nothing of us on somebody's telephone when the browser is closed
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "s" if PLAIN_HTTP else "__Host-s"
CSRF_COOKIE_NAME = "c" if PLAIN_HTTP else "__Host-c"
CSRF_FAILURE_VIEW = "varna.foundation.ui.views.form_too_old"
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_REDIRECT_EXEMPT = [r"^halsa/"]
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not PLAIN_HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY else None
# Nothing to other sites. Not "no-referrer": browsers would then send forms with "Origin: null".
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "require-trusted-types-for": ["'script'"],
    }
}

# ── uploads: sealed while they arrive, never in clear on disk ─────────────────────────────────
FILE_UPLOAD_HANDLERS = ["varna.foundation.vault.uploads.SealedUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 500  # too many for a form are told of one by one, up to here

# ── files that everybody may have ─────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = True

# ── mail ──────────────────────────────────────────────────────────────────────────────────────
if env.str("EMAIL_URL", default=""):
    vars().update(environment.mail(demo=DEMO))
elif DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR / "mail")
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("VARNA_MAIL_FROM", default="varna@localhost")
EMAIL_TIMEOUT = 15
# So long may a mail wait to leave before /halsa/ says that something is wrong.
MAIL_LATE_MINUTES = number("VARNA_MAIL_LATE_MINUTES", default=15, least=1)
# So old may the last backup be; 0: nobody watches it. A demonstration has nothing to lose.
BACKUP_HOURS = number("VARNA_BACKUP_HOURS", default=0 if DEMO else 26)
# When uniform mails leave, Swedish time; a new report reaches whoever is on duty within a minute.
MAIL_TIMES = listed("VARNA_MAIL_TIMES", default="08:30,15:30")
# Reminders go in one digest a working day, at this time; on quiet days none does.
DIGEST_TIME = hour("VARNA_DIGEST_TIME", default="07:30")
QUIET_DAYS = days("VARNA_QUIET_DAYS")
# When one turn of duty hands over to the next.
DUTY_CHANGES = hour("VARNA_DUTY_CHANGES", default="08:00")

# ── logs: never what somebody wrote, never where they were ────────────────────────────────────
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "varna.foundation.ui.logs.Lines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "propagate": False},
        "waitress.queue": {"level": "ERROR"},  # that somebody waits is no news in a flood
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
FORM_RENDERER = "varna.foundation.ui.forms.Renderer"

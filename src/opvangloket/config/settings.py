"""Django's settings: one file for every installation; what differs comes from the environment."""

from pathlib import Path

from csp.constants import NONE, SELF

from opvangloket import __version__
from opvangloket.config import database, env

PACKAGE = Path(__file__).resolve().parent.parent
VERSION = __version__

# A demonstration and the tests may move the clock, read the built-in mailbox and use plain http.
PLAYGROUND = env.flag("OPVANGLOKET_PLAYGROUND", default=False)
DEBUG = False
SECRET_KEY = env.secret_key()
ALLOWED_HOSTS = env.words("OPVANGLOKET_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
PUBLIC_ADDRESS = env.text("OPVANGLOKET_PUBLIC_ADDRESS", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]
SECURE_TRANSPORT = PUBLIC_ADDRESS.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
    "template_partials",
    "procrastinate.contrib.django",
    "opvangloket.foundation.tenancy",
    "opvangloket.foundation.accounts",
    "opvangloket.foundation.audit",
    "opvangloket.foundation.messages",
    "opvangloket.foundation.files",
    "opvangloket.foundation.jobs",
    "opvangloket.foundation.retention",
    "opvangloket.domains.families",
    "opvangloket.domains.providers",
    "opvangloket.domains.requests",
    "opvangloket.domains.distribution",
    "opvangloket.domains.contact",
    "opvangloket.domains.referrals",
    "opvangloket.domains.cooperation",
    "opvangloket.domains.reporting",
    "opvangloket.domains.exchange",
    "opvangloket.domains.deskwork",
    "opvangloket.web.ui",
    "opvangloket.web",
    "opvangloket.web.public",
    "opvangloket.web.family",
    "opvangloket.web.organiser",
    "opvangloket.web.desk",
]

MIDDLEWARE = [
    "opvangloket.web.middleware.clock",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "opvangloket.web.sessions.AudienceSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "opvangloket.web.middleware.desk_of_the_page",
    "opvangloket.web.middleware.addresses_that_can_be",
    "opvangloket.web.middleware.what_an_action_refused",
]

ROOT_URLCONF = "opvangloket.config.urls"
WSGI_APPLICATION = "opvangloket.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "opvangloket.web.pages.page_context",
            ],
            "builtins": ["opvangloket.web.ui.templatetags.ui"],
            # Seen by the page inspector in the tests; a visitor never meets it.
            "string_if_invalid": "⟦undefined %s⟧" if PLAYGROUND else "",
        },
    }
]

DATABASES = {
    "default": database.django_settings(database.app_conninfo()),
    # The same database as its owner: migrations and retention only.
    "owner": database.django_settings(database.owner_conninfo()) | {"TEST": {"MIRROR": "default"}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_ROUTERS = ["opvangloket.foundation.tenancy.routing.OneDatabase"]

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_TRANSPORT
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "opvangloket.web.errors.form_expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_TRANSPORT else 0
SECURE_SSL_REDIRECT = SECURE_TRANSPORT and env.flag("OPVANGLOKET_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("OPVANGLOKET_BEHIND_PROXY", default=False) else None
)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_I18N = True
FORM_RENDERER = "opvangloket.web.ui.forms.Renderer"

STATIC_URL = "/static/"
STATIC_ROOT = env.var_folder() / "static"
_COLLECTED = (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_USE_FINDERS = not _COLLECTED
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Mail: an SMTP address (smtp://user:password@host:587 or smtps://…). Without one, mail stays in the built-in mailbox.
SMTP_URL = env.text("OPVANGLOKET_SMTP_URL")
DEFAULT_FROM_EMAIL = env.text("OPVANGLOKET_MAIL_FROM", "Lokaal Loket Kinderopvang <loket@opvangloket.example>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env.text("OPVANGLOKET_LOG_LEVEL", "WARNING")},
    # A page that is not there or not allowed is answered, not alarmed.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.csrf": {"level": "ERROR"}},
}

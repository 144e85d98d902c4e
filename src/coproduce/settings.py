"""Settings of an installation, all of them from the environment.

docs/reference/settings.md lists every variable with its default.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlparse

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from coproduce import address

PACKAGE = Path(__file__).resolve().parent


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def _listed(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def _number(name: str, default: str) -> float:
    given = os.environ.get(name, default)
    try:
        return float(given)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a number. It is “{given}”.") from None


DATA_FOLDER = Path(os.environ.get("COPRODUCE_DATA", "data")).resolve()

# What people took back, for a restore to take back again. Keep it, and keep it elsewhere.
ERASURES = Path(os.environ.get("COPRODUCE_ERASURES", DATA_FOLDER / "erasures.jsonl"))


def _secret_key() -> str:
    """The key given, or one that is made once and kept beside the database."""
    given = os.environ.get("COPRODUCE_SECRET_KEY")
    if given:
        return given
    kept = DATA_FOLDER / "secret-key"
    if not kept.exists():
        DATA_FOLDER.mkdir(parents=True, exist_ok=True)
        handle = os.open(kept, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return kept.read_text()


SECRET_KEY = _secret_key()
DEBUG = _flag("COPRODUCE_DEBUG", False)

# Where people reach the installation. Behind HTTPS, cookies are locked to it.
PUBLIC_URL = (
    os.environ.get("COPRODUCE_URL") or address.kept(DATA_FOLDER) or "http://127.0.0.1:8000"
).rstrip("/")
HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = [
    *{urlparse(PUBLIC_URL).hostname or "127.0.0.1", "127.0.0.1", "localhost"},
    *_listed("COPRODUCE_HOSTS"),
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if HTTPS else []
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-team" if HTTPS else "team"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "coproduce",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # adds random bytes, so that lengths tell nothing
    "coproduce.pages.policy.OnePolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "coproduce.pages.unkeepable.NothingUnkeepable",
]

ROOT_URLCONF = "coproduce.urls"
WSGI_APPLICATION = "coproduce.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "pages" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coproduce.pages.context.installation",
            ],
            "libraries": {
                "understanding": "coproduce.pages.templatetags.understanding",
                "organising": "coproduce.pages.templatetags.organising",
            },
            "builtins": [
                "coproduce.pages.templatetags.house",
                "coproduce.pages.templatetags.addresses",
            ],
        },
    }
]


def _database(url: str) -> dict[str, object]:
    """Django's settings for ``sqlite:///path`` or ``postgresql://name:password@host:port/db``."""
    parts = urlparse(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) if parts.path.startswith("//") else unquote(parts.path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                    "PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY"
                ),
            },
            "CONN_MAX_AGE": None,
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": {
                "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
                # Only what coproduce.prepared asks is planned once for each connection.
                "prepare_threshold": 5,
            },
        }
    raise ImproperlyConfigured(
        "COPRODUCE_DATABASE must start with sqlite:/// or postgresql://, for instance "
        "postgresql://coproduce:password@127.0.0.1:5432/coproduce"
    )


DATABASES = {
    "default": _database(
        os.environ.get("COPRODUCE_DATABASE", f"sqlite:///{DATA_FOLDER / 'coproduce.sqlite3'}")
    )
}

# How many seconds a web process goes on from what it has read of an open conversation.
CONVERSATION_KEPT_FOR = 1.0

# How many seconds a web process goes on from the same counts when it chooses what to ask next.
HEARD_FOR = _number("COPRODUCE_HEARD_FOR", "10")

# How many seconds answers are gathered before public figures are worked out again.
FIGURES_REST = _number("COPRODUCE_FIGURES_REST", "5")

AUTH_USER_MODEL = "coproduce.Account"
# Said here: tables between two models are made by migrations, which do not look into `apps.py`.
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "team:sign_in"
LOGIN_REDIRECT_URL = "team:home"
# A room shares one address: guesses are counted for the name tried, never for the address alone.
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username"]]
AXES_USERNAME_FORM_FIELD = "username"  # what the door calls it, not the field of the account
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "team/too_many_guesses.html"
AXES_VERBOSE = False

LANGUAGE_CODE = "en-gb"
TIME_ZONE = os.environ.get("COPRODUCE_TIME_ZONE", "Europe/London")
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("COPRODUCE_STATIC", DATA_FOLDER / "static"))
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "coproduce.pages.static_files.KeptAddresses"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_HOST = os.environ.get("COPRODUCE_SMTP_HOST", "")
EMAIL_PORT = int(_number("COPRODUCE_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("COPRODUCE_SMTP_NAME", "")
EMAIL_HOST_PASSWORD = os.environ.get("COPRODUCE_SMTP_PASSWORD", "")
EMAIL_USE_TLS = _flag("COPRODUCE_SMTP_TLS", True)
# Somebody waits while a mail about a worry is sent: a silent mail server must not hold them.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("COPRODUCE_MAIL_FROM", "coproduce@localhost")
EMAIL_FILE_PATH = DATA_FOLDER / "mail"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)

# Said on the pages where people write: the installation's own lines of help.
HELP_LINES = _listed("COPRODUCE_HELP_LINES") or [
    "In danger now: call 999",
    "Childline, for anyone under 19: 0800 1111",
    "NHS 111 for health, day and night: 111",
]

# A CSV file with the installation's own words: term, stands for, meaning.
GLOSSARY_FILE = os.environ.get("COPRODUCE_GLOSSARY", "")
# Where people say that a page does not work for them.
ACCESS_CONTACT = os.environ.get("COPRODUCE_ACCESS_CONTACT", "")

# Someone who meets a page of ours may be typing for a long time. Nothing times out on them.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

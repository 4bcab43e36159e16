"""Django settings. Everything site-specific comes from the home folder and a few environment variables."""

import os
from pathlib import Path
from typing import Any

from yibenzhang.config.database import database_settings
from yibenzhang.config.home import LEDGER_KEY as LEDGER_KEY_FILE
from yibenzhang.config.home import home_folder, kept_secret
from yibenzhang.config.mail import mail_server

PACKAGE = Path(__file__).resolve().parent.parent
HOME = home_folder()
HOME.mkdir(parents=True, exist_ok=True)

SECRET_KEY = kept_secret("session.key")
LEDGER_KEY = bytes.fromhex(kept_secret(LEDGER_KEY_FILE))
HEAD_LOGS = [
    HOME / "heads.log",
    *(Path(p) for p in os.environ.get("YIBENZHANG_HEAD_SINK", "").split(os.pathsep) if p),
]
EVIDENCE_ROOT = HOME / "evidence"
DEBUG = False
ALLOWED_HOSTS = os.environ.get("YIBENZHANG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("YIBENZHANG_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "yibenzhang.audit",
    "yibenzhang.organisation",
    "yibenzhang.access",
    "yibenzhang.vouchers",
    "yibenzhang.ledger",
    "yibenzhang.requirements",
    "yibenzhang.plans",
    "yibenzhang.notices",
    "yibenzhang.responsibility",
    "yibenzhang.followups",
    "yibenzhang.checking",
    "yibenzhang.reports",
    "yibenzhang.superior_forms",
    "yibenzhang.relief",
    "yibenzhang.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yibenzhang.web.middleware.BookErrorMiddleware",
]
ROOT_URLCONF = "yibenzhang.config.urls"
WSGI_APPLICATION = "yibenzhang.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "csp.context_processors.nonce",
                "yibenzhang.web.shell.shell",
            ]
        },
    }
]

DATABASES = {"default": database_settings(os.environ.get("DATABASE_URL", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "workbench"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "yibenzhang.access.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "yibenzhang.access.passwords.UnlikeTheName"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
# Served by https when every named origin is; the development address knows no certificate.
IS_HTTPS = bool(CSRF_TRUSTED_ORIGINS) and all(o.startswith("https://") for o in CSRF_TRUSTED_ORIGINS)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_HTTPS else 0
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True  # serves from the package itself: nothing to collect, nothing to forget
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

MAIL = mail_server(os.environ)
EMAIL_BACKEND = MAIL.backend
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.security == "ssl", MAIL.security == "starttls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = MAIL.sender

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

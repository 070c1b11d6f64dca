"""Django's settings. What differs between deployments comes from `env`."""

from datetime import timedelta

from postmortems import databases, env, logs, uploads, values
from postmortems.values import Mail

ENVIRONMENT = env.load()

BASE_DIR = values.HOME
DATA_DIR = ENVIRONMENT.data_dir
DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key
# A probe asks from inside the machine or the container, whatever the site's name.
ALLOWED_HOSTS = list({*ENVIRONMENT.allowed_hosts, *env.LOOPBACK})
CSRF_TRUSTED_ORIGINS = list(ENVIRONMENT.csrf_trusted_origins)

INSTALLED_APPS = [
    "incidents",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "postmortems.apps.CollectedConfig",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "postmortems.apps.SiteConfig",
]

MIDDLEWARE = [
    "postmortems.middleware.request_log",
    "postmortems.middleware.browser_policy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "incidents.views.unsaved.signed_out.LoginOrCarry",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "postmortems.middleware.OwnNotFoundPage",
    "postmortems.middleware.explain_form_addresses",
    "incidents.views.unsaved.outage.Outages",
]

ROOT_URLCONF = "postmortems.urls"
WSGI_APPLICATION = "postmortems.wsgi.application"
ASGI_APPLICATION = "postmortems.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
# Our templates folder may override those that Django's widgets and crispy carry.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = databases.descriptions(ENVIRONMENT)
# What may be a moment old. Editors and accounts are not among them.
REPLICA_PAGES = ("/reports/", "/drafts/", "/actions/", "/insights/")
if ENVIRONMENT.database_replica_url:
    DATABASE_ROUTERS = ["postmortems.replicas.Router"]
    # Around all that asks a database, within the line that is logged.
    MIDDLEWARE.insert(1, "postmortems.replicas.read_only_pages")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# A worker that has been silent for longer than this counts as stopped.
WORKER_SILENCE = timedelta(minutes=1)
# What the worker runs for each mail and each post that verbs have queued.
DELIVERY_TASK = "incidents.delivery.tasks.deliver"

AUTH_USER_MODEL = "incidents.User"
AUTHENTICATION_BACKENDS = ["incidents.auth.MemberBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/account/login/"

LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone

# A CDN fetches each file here once; its name changes with its content.
STATIC_URL = f"{ENVIRONMENT.static_host}/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# What browsers and robots ask for at the root, whichever page they are on.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
# Uploaded files have no address of their own: a view that knows the reader serves
# them.
MEDIA_ROOT = ENVIRONMENT.media_root
STORAGES = {
    "default": uploads.description(ENVIRONMENT),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        # Who collects them is seldom who serves them; uploads are kept closer.
        "OPTIONS": {"file_permissions_mode": 0o644},
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A pasted timeline comes back with five fields a line.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
# An import may bring many; each that is large is open while it is read.
DATA_UPLOAD_MAX_NUMBER_FILES = 200

# Without a server: kept in files in development, else not sent at all.
WITHOUT_SERVER = "filebased" if DEBUG else "dummy"
EMAIL_FILE_PATH = DATA_DIR / "mail"
MAIL = ENVIRONMENT.email_url or Mail(security="none", host="localhost", port=25)
EMAIL_BACKEND = "django.core.mail.backends.{}.EmailBackend".format(
    "smtp" if ENVIRONMENT.email_url else WITHOUT_SERVER
)
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS = MAIL.security == "starttls"
EMAIL_USE_SSL = MAIL.security == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.email_from
# Networks of one's own that webhooks may post into.
WEBHOOK_NETWORKS = ENVIRONMENT.webhook_networks
# Where links in mails lead; a page itself knows from its request.
SITE_URL = ENVIRONMENT.site_url or f"http://127.0.0.1:{ENVIRONMENT.port}"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "incidents.views.unsaved.signed_out.refuse_forged"

SECURE_SSL_REDIRECT = ENVIRONMENT.https
# Probes and Prometheus ask from inside, where no TLS ends.
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENVIRONMENT.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENVIRONMENT.https
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if ENVIRONMENT.trust_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

OUR_FILES = f"'self' {ENVIRONMENT.static_host}".rstrip()
CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": OUR_FILES,
    "style-src": OUR_FILES,
    "img-src": f"{OUR_FILES} data:",
    "font-src": OUR_FILES,
    "connect-src": "'self'",
    "manifest-src": OUR_FILES,
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
UNUSED_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
PERMISSIONS_POLICY = dict.fromkeys(UNUSED_FEATURES, "()")

METRICS_TOKEN = ENVIRONMENT.metrics_token
if METRICS_TOKEN:
    MIDDLEWARE.insert(1, "postmortems.metrics.counted")
if ENVIRONMENT.sentry_dsn:
    from postmortems import errors

    errors.report_to(ENVIRONMENT.sentry_dsn)

LOGGING = logs.configuration(ENVIRONMENT.log_level, readable=DEBUG)

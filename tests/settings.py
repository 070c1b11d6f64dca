"""The site's settings as the tests use them; DATABASE_URL chooses the database."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-tests-sign-with-this-0123456789-" * 2)
os.environ["DEBUG"] = "0"
os.environ["HTTPS"] = "0"

from postmortems.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files straight from their sources: no test waits for collectstatic.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
# And no browser asks again for one that it has.
WHITENOISE_MAX_AGE = 3600

if ENVIRONMENT.database_url.kind == "sqlite":
    # A file, because the threads of a live server cannot share one in memory.
    DATABASES["default"]["TEST"] = {
        "NAME": f"{tempfile.gettempdir()}/postmortems-test-{os.getpid()}.sqlite3"
    }
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )

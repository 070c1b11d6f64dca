"""The site's settings as the tests use them; DATABASE_URL chooses the database."""

import os

os.environ.setdefault(
    "SECRET_KEY", "tests-sign-with-this-and-nobody-else-ever-does-0123456789"
)
os.environ["DEBUG"] = "0"
os.environ["HTTPS"] = "0"

from postmortems.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

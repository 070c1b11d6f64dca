"""The site's settings with the linter of migrations, for `make test`."""

from tests.settings import *

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]

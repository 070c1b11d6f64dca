from typing import Final

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig

# What packages bring for a debugger, and versions of htmx that no page asks for.
NEEDLESS: Final = (
    "jquery.js",
    "select2.full.js",
    "xregexp.js",
    "htmx-2.js",
    "htmx-4*",
    "htmax-*",
    "ext",
)


class SiteConfig(AppConfig):
    """Carries no models; its place in the app list registers the site's checks."""

    name = "postmortems"

    def ready(self) -> None:
        from postmortems import checks

        checks.register_all()


class CollectedConfig(StaticFilesConfig):
    """Collects what a page may ask for: to compress all takes twice as long."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, *NEEDLESS]

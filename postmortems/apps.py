from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Carries no models; its place in the app list registers the site's checks."""

    name = "postmortems"

    def ready(self) -> None:
        from postmortems import checks

        checks.enrol()

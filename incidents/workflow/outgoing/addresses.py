"""Addresses for those who read outside of the site."""

from django.conf import settings


def absolute(path: str) -> str:
    """The whole address of a page of this site, for mails and other programs."""
    return f"{settings.SITE_URL}{path}"

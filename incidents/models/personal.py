"""What a member saves for themselves: views of the listing, the key of a feed."""

from hashlib import sha256
from secrets import token_urlsafe
from typing import ClassVar

from django.conf import settings
from django.db import models

from incidents.models.user import User


class SavedView(models.Model):
    """A way to look at the listing: the query of its address, under a name."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="savedview_name_once",
                violation_error_message="You have a view of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class FeedKeys(models.Manager["FeedKey"]):
    def renew(self, user: User) -> str:
        """A new secret for this person's feed; the one before it opens nothing more.

        Only its fingerprint is kept, so it can be shown this once.
        """
        secret = token_urlsafe(32)
        self.update_or_create(user=user, defaults={"fingerprint": fingerprint(secret)})
        return secret


class FeedKey(models.Model):
    """Opens one person's feed to a program that cannot log in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_key"
    )
    fingerprint = models.CharField(max_length=64, unique=True)

    objects: ClassVar[FeedKeys] = FeedKeys()

    def __str__(self) -> str:
        return f"Feed of {self.user}"


def fingerprint(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

"""Accounts, and what their roles allow them to do."""

from typing import ClassVar, Self

from django.contrib.auth.models import AbstractUser, Permission, UserManager
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property

from incidents.models.zone import ZoneField

WRITE = "write_postmortems"
REVIEW = "review_postmortems"
MANAGE = "manage_site"
RIGHTS = (WRITE, REVIEW, MANAGE)


class UserQuerySet(models.QuerySet["User"]):
    def with_rights(self) -> Self:
        """Each account with its rights in the same row, so that no page asks twice."""
        through_groups = Permission.objects.filter(group__user=OuterRef("pk"))
        directly = Permission.objects.filter(user=OuterRef("pk"))
        return self.annotate(
            **{
                f"has_{right}": Exists(through_groups.filter(codename=right))
                | Exists(directly.filter(codename=right))
                for right in RIGHTS
            }
        )


class Accounts(UserManager["User"]):
    use_in_migrations = False

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def with_rights(self) -> UserQuerySet:
        return self.get_queryset().with_rights()


class User(AbstractUser):
    zone = ZoneField(
        "time zone",
        max_length=64,
        default="UTC",
        help_text="Times can be shown to you in this zone.",
    )

    objects: ClassVar[Accounts] = Accounts()

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.get_full_name() or self.username

    @property
    def unread(self) -> int:
        """How many notices wait, where the account was loaded for a page."""
        return int(self.__dict__.get("unread_notices", 0))

    @classmethod
    def standing_in(cls, pk: int, rights: frozenset[str]) -> Self:
        """An account with these rights, to make a question about its like with."""
        user = cls(pk=pk)
        vars(user)["rights"] = rights
        return user

    @cached_property
    def rights(self) -> frozenset[str]:
        """The rights of this account. Loaded with it, or asked for once."""
        if not self.is_active:
            return frozenset()
        if self.is_superuser:
            return frozenset(RIGHTS)
        loaded = self.__dict__
        if f"has_{WRITE}" not in loaded:
            loaded = vars(User.objects.with_rights().get(pk=self.pk))
        return frozenset(right for right in RIGHTS if loaded[f"has_{right}"])

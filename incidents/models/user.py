"""Accounts, and what their roles allow them to do."""

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar, Final, Self
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractUser, Permission, UserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property

from incidents.database.prepared import Prepared
from incidents.documents.actions.reminding import falls_on
from incidents.documents.kinds import Rhythm
from incidents.models.zone import ZoneField

WRITE = "write_postmortems"
REVIEW = "review_postmortems"
MANAGE = "manage_site"
RIGHTS = (WRITE, REVIEW, MANAGE)
# As Python counts them.
WEEKDAYS = (
    (0, "Monday"),
    (1, "Tuesday"),
    (2, "Wednesday"),
    (3, "Thursday"),
    (4, "Friday"),
    (5, "Saturday"),
    (6, "Sunday"),
)


class UserQuerySet(models.QuerySet["User"]):
    def not_reminded(self, today: dt.date, zones: Iterable[str]) -> Self:
        """Those in these zones whose day nobody has seen to yet."""
        before = Q(reminded_on=None) | Q(reminded_on__lt=today)
        return self.filter(before, is_active=True, zone__in=zones)

    def without_digest(self, month: dt.date, zones: Iterable[str]) -> Self:
        """Those in these zones whose digest of a month nobody has seen to yet.

        The month is named by the first day after it.
        """
        before = Q(digested_on=None) | Q(digested_on__lt=month)
        return self.filter(before, is_active=True, zone__in=zones)

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
    reminders = models.CharField(
        "reminders by mail",
        max_length=10,
        choices=Rhythm.choices(),
        default=Rhythm.DAILY.value,
        help_text="Your action items that are late or due soon, in the morning.",
    )
    reminders_day = models.PositiveSmallIntegerField(
        "on this day, if once a week", choices=WEEKDAYS, default=0
    )
    reminded_on = models.DateField(
        null=True,
        editable=False,
        help_text="The last of their days whose digest was seen to.",
    )
    monthly_digest = models.BooleanField(
        "monthly digest by mail",
        default=True,
        db_default=True,
        help_text="What was published in the month before, on its first workday.",
    )
    digested_on = models.DateField(
        null=True,
        editable=False,
        help_text="The last of their days on which a month was seen to.",
    )

    objects: ClassVar[Accounts] = Accounts()

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.get_full_name() or self.username

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def is_reminded_on(self, day: dt.date) -> bool:
        """Whether a digest goes to this person on a day, if there is any to tell."""
        falls = falls_on(day, Rhythm(self.reminders), self.reminders_day)
        return self.is_active and bool(self.email) and falls

    @property
    def unread(self) -> int:
        """The number of unread notices, if the account was loaded with it; else 0."""
        return int(self.__dict__.get("unread_notices", 0))

    @classmethod
    def placeholder(cls, pk: int, rights: frozenset[str]) -> Self:
        """An unsaved account with these rights, to prepare a query for all like it."""
        user = cls(pk=pk)
        vars(user)["rights"] = rights
        return user

    @property
    def reader_param(self) -> dict[str, int]:
        """The `reader` of a prepared query about what this person may see.

        Who manages the site sees everything, so their query needs no reader.
        """
        return {} if MANAGE in self.rights else {"reader": self.pk}

    @cached_property
    def rights(self) -> frozenset[str]:
        """The rights of this account. Loaded with it, or asked for once."""
        if not self.is_active:
            return frozenset()
        if self.is_superuser:
            return frozenset(RIGHTS)
        loaded = self.__dict__
        if f"has_{WRITE}" not in loaded:
            there = WITH_RIGHTS.first(None, pk=self.pk)
            loaded = vars(there) if there else {}
        return frozenset(right for right in RIGHTS if loaded.get(f"has_{right}"))


def one_with_rights(shape: None, *, pk: int) -> UserQuerySet:
    return User.objects.with_rights().filter(pk=pk)


WITH_RIGHTS: Final = Prepared(User, one_with_rights)

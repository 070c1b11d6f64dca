"""The incident: its facts, who may see it, and how far its report has come."""

from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Upper
from django.urls import reverse

from incidents.documents.kinds import Detection
from incidents.models.labels import Service, Tag
from incidents.models.part import SavedRow
from incidents.models.severity import Severity
from incidents.models.user import MANAGE, WRITE, User, UserQuerySet
from incidents.models.zone import ZoneField


class State(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Visibility(models.TextChoices):
    EVERYONE = "everyone", "Everyone who can log in"
    RESTRICTED = "restricted", "Only named people and groups"


class Source(models.TextChoices):
    TYPED = "typed", "Typed"
    IMPORTED = "imported", "Imported"


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, user: User) -> Self:
        """What this person may see, as `seen_by` defines it."""
        return self.filter(seen_by(user))

    def editable_by(self, user: User) -> Self:
        """What this person may change. Readers change nothing, not even their own."""
        if WRITE not in user.rights:
            return self.none()
        return self.visible_to(user).exclude(state=State.WITHDRAWN)

    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)

    def unpublished(self) -> Self:
        return self.filter(state__in=[State.DRAFT, State.IN_REVIEW])


def seen_by(user: User, path: str = "") -> Q:
    """Readers see what is published, writers drafts as well, if it is open to them.

    `path` leads to the incident from the rows asked for.
    """
    if MANAGE in user.rights:
        return Q()
    stage = Q(**{f"{path}state": State.PUBLISHED}) | owned_by(user, path)
    return (Q() if WRITE in user.rights else stage) & open_to(user, path)


def open_to(user: User, path: str = "") -> Q:
    """Incidents that are not restricted, or that name this person; in any state."""
    if MANAGE in user.rights:
        return Q()
    everyone = Q(**{f"{path}visibility": Visibility.EVERYONE})
    return everyone | owned_by(user, path) | named_to(user, path)


def public(path: str = "") -> Q:
    """What everybody may read: published, and not restricted."""
    return Q(
        **{f"{path}state": State.PUBLISHED, f"{path}visibility": Visibility.EVERYONE}
    )


def owned_by(user: User, path: str) -> Q:
    return Q(**{f"{path}owner": user}) | Q(**{f"{path}created_by": user})


def named_to(user: User, path: str) -> Q:
    here = OuterRef(f"{path}pk")
    people = Incident.allowed_users.through.objects.filter(incident=here, user=user)
    groups = Incident.allowed_groups.through.objects.filter(
        incident=here, group__user=user
    )
    return Q(Exists(people)) | Q(Exists(groups))


def not_before(later: str, earlier: str, message: str) -> models.CheckConstraint:
    """The database's check that times ascend. The code names the field to mend."""
    return models.CheckConstraint(
        condition=Q(**{f"{later}__isnull": True})
        | Q(**{f"{earlier}__isnull": True})
        | Q(**{f"{later}__gte": F(earlier)}),
        name=f"incident_{later}_after_{earlier}",
        violation_error_code=later,
        violation_error_message=message,
    )


def one_of(name: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """The database's check that the column holds one of these choices."""
    return models.CheckConstraint(
        condition=Q(**{f"{name}__in": choices.values}),
        name=f"incident_{name}_is_known",
        violation_error_code=name,
    )


class Incident(SavedRow):
    number = models.BigAutoField(primary_key=True)
    title = models.CharField(max_length=200)
    severity = models.ForeignKey(
        Severity, on_delete=models.PROTECT, null=True, blank=True
    )
    services = models.ManyToManyField(Service, blank=True, related_name="incidents")
    tags = models.ManyToManyField(Tag, blank=True, related_name="incidents")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="owned_incidents",
    )
    owner_name = models.CharField(max_length=150, blank=True)

    zone = ZoneField(
        "time zone",
        max_length=64,
        default="UTC",
        help_text="Times without a zone are read in this one.",
    )
    started_at = models.DateTimeField("started", null=True, blank=True)
    detected_at = models.DateTimeField("detected", null=True, blank=True)
    mitigated_at = models.DateTimeField("mitigated", null=True, blank=True)
    resolved_at = models.DateTimeField("resolved", null=True, blank=True)

    detection = models.CharField(
        "noticed by", max_length=20, choices=Detection.choices(), blank=True
    )
    users_affected_percent = models.DecimalField(
        "users affected, per cent",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[
            MinValueValidator(0, "Fewer than 0 % of the users cannot be affected."),
            MaxValueValidator(100, "More than 100 % of the users cannot be affected."),
        ],
    )
    users_affected_count = models.PositiveBigIntegerField(
        "users affected, number", null=True, blank=True
    )

    state = models.CharField(
        max_length=20, choices=State, default=State.DRAFT, editable=False
    )
    visibility = models.CharField(
        max_length=20, choices=Visibility, default=Visibility.EVERYONE
    )
    allowed_users = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+"
    )
    allowed_groups = models.ManyToManyField(Group, blank=True, related_name="+")

    source = models.CharField(
        max_length=20, choices=Source, default=Source.TYPED, editable=False
    )
    source_name = models.CharField(max_length=255, blank=True, editable=False)
    source_hash = models.CharField(
        max_length=64, blank=True, editable=False, db_index=True
    )
    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    created_by_name = models.CharField(max_length=150, editable=False)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        permissions = [
            ("write_postmortems", "Can write postmortems"),
            ("review_postmortems", "Can review postmortems"),
            ("manage_site", "Can manage the site"),
        ]
        indexes = [
            models.Index(
                fields=["state", "-started_at", "-number"], name="incident_newest"
            ),
            # An import asks for its like, by file and by title.
            models.Index(fields=["source_name"], name="incident_by_file"),
            models.Index(Upper("title"), name="incident_by_title"),
        ]
        constraints = [
            not_before("detected_at", "started_at", "Detected is before the start."),
            not_before("mitigated_at", "started_at", "Mitigated is before the start."),
            not_before("resolved_at", "started_at", "Resolved is before the start."),
            not_before(
                "resolved_at", "mitigated_at", "Resolved is before it was mitigated."
            ),
            models.CheckConstraint(
                condition=Q(users_affected_percent__isnull=True)
                | Q(users_affected_percent__range=(0, 100)),
                name="incident_percent_is_a_percentage",
                violation_error_code="users_affected_percent",
                violation_error_message="Give a number from 0 to 100.",
            ),
            one_of("state", State),
            one_of("visibility", Visibility),
            models.CheckConstraint(
                condition=~Q(zone=""),
                name="incident_zone_is_named",
                violation_error_code="zone",
                violation_error_message="Choose a time zone such as Europe/Berlin.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("incidents:edit", args=[self.number])

    @property
    def audience(self) -> UserQuerySet:
        """The accounts it is open to, in any state: `open_to` from the other side."""
        members = User.objects.get_queryset().filter(is_active=True)
        if self.visibility == Visibility.EVERYONE:
            return members
        return (
            members.with_rights()
            .filter(
                Q(**{f"has_{MANAGE}": True})
                | Q(is_superuser=True)
                | Q(pk__in=[self.owner_id, self.created_by_id])
                | Q(pk__in=self.allowed_users.values("pk"))
                | Q(groups__in=self.allowed_groups.values("pk"))
            )
            .distinct()
        )

    @property
    def label(self) -> str:
        """The name people say: PM-42."""
        return f"PM-{self.number}"

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class Participant(models.Model):
    incident = models.ForeignKey(
        Incident, on_delete=models.CASCADE, related_name="participants"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.role})" if self.role else self.name

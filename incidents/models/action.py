"""What was promised, by whom, and whether it was done."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce

from incidents.documents.actions.reminding import Reach
from incidents.documents.comparing.reading import short
from incidents.documents.kinds import ActionKind, ActionState, Priority
from incidents.models.incident import IncidentQuerySet, State
from incidents.models.part import Part
from incidents.models.user import User

OPEN = (ActionState.OPEN, ActionState.IN_PROGRESS)
# What has no date is due after everything that has one.
NEVER = dt.date(9999, 12, 31)
URGENCY = {"high": 1, "medium": 2, "low": 3}
NO_PRIORITY = 4


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    def of(self, incidents: IncidentQuerySet) -> Self:
        """The items of these incidents, but for withdrawn ones."""
        return self.filter(incident__in=incidents.exclude(state=State.WITHDRAWN))

    def open(self) -> Self:
        return self.filter(lane=ActionState.OPEN)

    def done(self) -> Self:
        return self.filter(lane=ActionState.DONE)


def due_within(reach: Reach, today: dt.date) -> Q:
    """Due by the day that `reach` names, an earlier one for what is snoozed."""
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=today)
    heard = Q(due_order__lte=reach.awake)
    if reach.snoozed is None:
        return heard & awake
    return heard & (awake | Q(due_order__lte=reach.snoozed))


def generated(
    expression: models.Expression, column: "models.Field[object, object]"
) -> models.GeneratedField:
    """A column that the database computes, for the board to sort and count by."""
    return models.GeneratedField(
        expression=expression, output_field=column, db_persist=True
    )


class ActionItem(Part):
    incident = models.ForeignKey(
        "incidents.Incident",
        on_delete=models.CASCADE,
        editable=False,
        related_name="actions",
    )
    text = models.TextField()
    kind = models.CharField(max_length=20, choices=ActionKind.choices(), blank=True)
    priority = models.CharField(max_length=10, choices=Priority.choices(), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="action_items",
    )
    owner_name = models.CharField("owner", max_length=150, blank=True)
    due_on = models.DateField("due", null=True, blank=True)
    url = models.URLField("ticket", max_length=500, blank=True)
    state = models.CharField(
        max_length=20,
        choices=ActionState.choices(),
        default=ActionState.OPEN.value,
        editable=False,
    )
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    done_by_name = models.CharField(max_length=150, blank=True, editable=False)
    evidence = models.TextField(
        blank=True, help_text="A link or a note that shows it was done."
    )
    declined_because = models.TextField("why it was declined", blank=True)

    # What became of the promise. No words of the postmortem, so not of its Document.
    moves = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="How often its date was moved."
    )
    verify_from = models.DateField(
        null=True, editable=False, help_text="From when on to ask whether it worked."
    )
    verified_at = models.DateTimeField(null=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    verified_by_name = models.CharField(max_length=150, blank=True, editable=False)
    verified_note = models.TextField(blank=True, editable=False)
    snoozed_until = models.DateField(
        null=True, editable=False, help_text="From this day on its owner is reminded."
    )
    snoozed_because = models.CharField(max_length=500, blank=True, editable=False)

    lane = generated(
        Case(
            When(state=ActionState.IN_PROGRESS.value, then=Value("open")),
            default=F("state"),
        ),
        models.CharField(max_length=20),
    )
    due_order = generated(
        Coalesce(F("due_on"), Value(NEVER, models.DateField())), models.DateField()
    )
    urgency = generated(
        Case(
            *(When(priority=name, then=Value(n)) for name, n in URGENCY.items()),
            default=Value(NO_PRIORITY),
        ),
        models.SmallIntegerField(),
    )
    ownerless = generated(
        Case(When(owner=None, owner_name="", then=Value(1)), default=Value(0)),
        models.SmallIntegerField(),
    )

    objects = ActionItemQuerySet.as_manager()

    class Meta(Part.Meta):
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(state=ActionState.DONE.value),
                name="actionitem_done_at_only_when_done",
                violation_error_message="Only a done item has a time of closing.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ActionState.DECLINED.value)
                | ~Q(declined_because=""),
                name="actionitem_declined_with_reason",
                violation_error_code="declined_because",
                violation_error_message="Say why it is declined.",
            ),
        ]
        indexes = [
            *Part.Meta.indexes,
            models.Index(
                fields=["lane", "due_order", "id", "incident", "ownerless"],
                name="actionitem_by_date",
            ),
            models.Index(
                fields=["lane", "urgency", "due_order", "id"],
                name="actionitem_by_urgency",
            ),
            models.Index(fields=["lane", "id"], name="actionitem_by_age"),
            models.Index(
                fields=["owner", "lane", "due_order", "id"], name="actionitem_of_owner"
            ),
            models.Index(fields=["lane", "done_at"], name="actionitem_by_closing"),
        ]

    def __str__(self) -> str:
        return short(self.text)

    @property
    def is_closed(self) -> bool:
        return self.state in (ActionState.DONE, ActionState.DECLINED)

    @property
    def did_not_work(self) -> bool:
        """Open again, because somebody looked and it had not worked."""
        return bool(self.verified_note and not self.verified_at and not self.is_closed)

    def is_snoozed(self, today: dt.date) -> bool:
        until = self.snoozed_until
        return until is not None and until > today and not self.is_closed

    def may_be_verified_by(self, user: User) -> bool:
        """Whether this person may say that it worked: nobody says so of their own."""
        own = user.pk in (self.owner_id, self.done_by_id)
        return self.state == ActionState.DONE and self.verified_at is None and not own

"""What was promised, by whom, and whether it was done."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from incidents.documents.kinds import ActionKind, ActionState, Priority
from incidents.models.part import Part


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
        default=ActionState.OPEN,
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

    class Meta(Part.Meta):
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(state=ActionState.DONE),
                name="actionitem_done_at_only_when_done",
                violation_error_message="Only a done item has a time of closing.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ActionState.DECLINED) | ~Q(declined_because=""),
                name="actionitem_declined_with_reason",
                violation_error_code="declined_because",
                violation_error_message="Say why it is declined.",
            ),
        ]
        indexes = [
            *Part.Meta.indexes,
            models.Index(fields=["state", "due_on", "id"], name="actionitem_by_date"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_closed(self) -> bool:
        return self.state in (ActionState.DONE, ActionState.DECLINED)

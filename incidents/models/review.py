"""What others say of a draft: who was asked, what they answered, their comments."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from incidents.models.history import Revision
from incidents.models.incident import Incident


class Answer(models.TextChoices):
    PENDING = "pending", "Asked"
    APPROVED = "approved", "Approved"
    CHANGES = "changes", "Changes asked"


class ReviewRequest(models.Model):
    """One reviewer of one postmortem, with their newest answer.

    `revision` is the one that the answer is about. The names outlive the accounts.
    """

    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="reviews"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reviewer_name = models.CharField(max_length=150)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_by_name = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=20, choices=Answer, default=Answer.PENDING)
    word = models.TextField("a word why", blank=True)
    answered_at = models.DateTimeField(null=True)
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, related_name="reviews"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "reviewer"], name="reviewrequest_once_a_reviewer"
            ),
            models.CheckConstraint(
                condition=Q(
                    answer=Answer.PENDING,
                    answered_at__isnull=True,
                    revision__isnull=True,
                )
                | Q(answered_at__isnull=False, revision__isnull=False)
                & ~Q(answer=Answer.PENDING),
                name="reviewrequest_answer_has_revision",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.CHANGES) | ~Q(word=""),
                name="reviewrequest_changes_say_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_name}: {self.get_answer_display()}"


class CommentQuerySet(models.QuerySet["Comment"]):
    def open(self) -> Self:
        """The first words of each thread that nobody has settled yet."""
        return self.filter(reply_to__isnull=True, resolved_at__isnull=True)


class Comment(models.Model):
    """A remark about a part, or about the whole where `part` is empty.

    `about` keeps what the part was called: it may be gone when this is read. Only
    the first comment of a thread is resolved.
    """

    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="comments"
    )
    part = models.UUIDField(null=True)
    about = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    text = models.TextField()
    reply_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replies"
    )
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    resolved_by_name = models.CharField(max_length=150, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["incident", "resolved_at"], name="comment_open")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reply_to__isnull=True) | Q(resolved_at__isnull=True),
                name="comment_only_threads_are_resolved",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class DismissedHint(models.Model):
    """A hint that the writers of this postmortem have read and set aside."""

    incident = models.ForeignKey(
        Incident, on_delete=models.CASCADE, related_name="dismissed_hints"
    )
    hint = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "hint"], name="dismissedhint_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.by_name} in {self.incident.label}"

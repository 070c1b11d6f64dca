"""What this site insists on: before a report is published, and of its promises."""

import datetime as dt
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from incidents.database.prepared import Prepared
from incidents.documents.actions.reminding import Rules
from incidents.documents.calendar.workdays import holidays_in
from incidents.documents.checks import Rule
from incidents.documents.kinds import Rhythm

ONLY = 1
RULES = Rules()
within_a_year = MaxValueValidator(365, "Name at most 365 days.")


def rule_field(
    rule: Rule, *, default: bool = False
) -> "models.BooleanField[bool, bool]":
    return models.BooleanField(rule.label, default=default)


class PublishPolicyQuerySet(models.QuerySet["PublishPolicy"]):
    def current(self) -> "PublishPolicy":
        """The policy of this site; the defaults, if nobody ever saved one."""
        return CURRENT.first(PublishPolicy) or PublishPolicy(pk=ONLY)


class PublishPolicy(models.Model):
    """One row: which checks are required. Each field is named as its rule."""

    summary = rule_field(Rule.SUMMARY, default=True)
    times = rule_field(Rule.TIMES, default=True)
    impact = rule_field(Rule.IMPACT)
    noticed = rule_field(Rule.NOTICED)
    on_timeline = rule_field(Rule.ON_TIMELINE)
    cause = rule_field(Rule.CAUSE)
    owners = rule_field(Rule.OWNERS)
    prevents = rule_field(Rule.PREVENTS)
    factors = rule_field(Rule.FACTORS)
    comments = rule_field(Rule.COMMENTS)
    approval = rule_field(Rule.APPROVAL)

    objects = PublishPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "publish policy"
        verbose_name_plural = "publish policy"
        constraints = [
            models.CheckConstraint(condition=Q(pk=ONLY), name="publishpolicy_only_one")
        ]

    def __str__(self) -> str:
        return "What a report needs before it is published"

    @property
    def required(self) -> frozenset[str]:
        return frozenset(rule for rule in Rule if getattr(self, rule))


class ActionPolicyQuerySet(models.QuerySet["ActionPolicy"]):
    def current(self) -> "ActionPolicy":
        """The policy of this site; the defaults, if nobody ever saved one."""
        return CURRENT.first(ActionPolicy) or ActionPolicy(pk=ONLY)


class ActionPolicy(models.Model):
    """One row: what it takes to close an action item, and who is reminded when."""

    evidence = models.BooleanField(
        "a done item needs evidence",
        default=False,
        help_text="A link or a note that shows it was done.",
    )
    verify_after = models.PositiveSmallIntegerField(
        "days until somebody asks whether it worked",
        null=True,
        blank=True,
        help_text="Counted from the day it was ticked. Empty: nobody is asked.",
    )
    holidays = models.TextField(
        blank=True,
        help_text="One a line, such as “2026-12-25 Christmas”. No date is proposed "
        "on one of them, and none is counted as a business day.",
    )

    remind_at = models.PositiveSmallIntegerField(
        "hour of the morning for reminders",
        default=8,
        validators=[MaxValueValidator(23, "A day has hours from 0 to 23.")],
        help_text="From 0 to 23, on the clock of each person.",
    )
    remind_before = models.PositiveSmallIntegerField(
        "days before its date that an owner hears of an item",
        default=RULES.before,
        validators=[within_a_year],
    )
    lead_after = models.PositiveSmallIntegerField(
        "days late until the incident’s owner hears of it",
        default=RULES.lead_after,
        null=True,
        blank=True,
        validators=[within_a_year],
        help_text="Empty: they hear only of their own items.",
    )
    managers_after = models.PositiveSmallIntegerField(
        "days late until the managers hear of it",
        default=RULES.managers_after,
        null=True,
        blank=True,
        validators=[within_a_year],
        help_text="Empty: they hear only of their own items.",
    )
    managers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+"
    )
    managers_group = models.ForeignKey(
        Group,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="managers by group",
        help_text="Beside those who are named. Each hears only of what they may see.",
    )
    snooze_days = models.PositiveSmallIntegerField(
        "days that a snooze may last",
        default=RULES.snooze,
        validators=[
            MinValueValidator(1, "A snooze lasts a day at least."),
            within_a_year,
        ],
        help_text="Others hear of a snoozed item so many days later, and no more.",
    )
    summary = models.CharField(
        "summary of overdue items to webhooks",
        max_length=10,
        choices=Rhythm.choices(),
        default=Rhythm.WEEKLY.value,
        help_text="On weekdays, or on Mondays, to the webhooks that hear of overdue "
        "items. Only of published reports that everyone may see.",
    )

    objects = ActionPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "action item policy"
        verbose_name_plural = "action item policy"
        constraints = [
            models.CheckConstraint(condition=Q(pk=ONLY), name="actionpolicy_only_one")
        ]

    def __str__(self) -> str:
        return "What an action item needs before it is closed"

    def clean(self) -> None:
        try:
            holidays_in(self.holidays)
        except ValueError as error:
            raise ValidationError({"holidays": str(error)}) from error
        lead, managers = self.lead_after, self.managers_after
        if lead is not None and managers is not None and managers < lead:
            raise ValidationError(
                {"managers_after": "The incident’s owner hears of it first."}
            )

    @property
    def rules(self) -> Rules:
        return Rules(
            before=self.remind_before,
            lead_after=self.lead_after,
            managers_after=self.managers_after,
            snooze=self.snooze_days,
        )

    @property
    def free_days(self) -> frozenset[dt.date]:
        return holidays_in(self.holidays)


def current(policy: type[models.Model]) -> models.QuerySet[Any]:
    return policy._default_manager.filter(pk=ONLY)


CURRENT: Final[Prepared[Any]] = Prepared(ActionPolicy, current)

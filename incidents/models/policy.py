"""What this site insists on: before a report is published, and of its promises."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from incidents.documents.checks import Rule
from incidents.documents.workdays import holidays_in

ONLY = 1


def asked(rule: Rule, *, default: bool = False) -> "models.BooleanField[bool, bool]":
    return models.BooleanField(rule.label, default=default)


class PublishPolicyQuerySet(models.QuerySet["PublishPolicy"]):
    def current(self) -> "PublishPolicy":
        """The policy of this site; the defaults, if nobody ever saved one."""
        return self.filter(pk=ONLY).first() or PublishPolicy(pk=ONLY)


class PublishPolicy(models.Model):
    """One row: which checks are required. Each field is named as its rule."""

    summary = asked(Rule.SUMMARY, default=True)
    times = asked(Rule.TIMES, default=True)
    impact = asked(Rule.IMPACT)
    noticed = asked(Rule.NOTICED)
    on_timeline = asked(Rule.ON_TIMELINE)
    cause = asked(Rule.CAUSE)
    owners = asked(Rule.OWNERS)
    prevents = asked(Rule.PREVENTS)
    factors = asked(Rule.FACTORS)
    comments = asked(Rule.COMMENTS)
    approval = asked(Rule.APPROVAL)

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
        return self.filter(pk=ONLY).first() or ActionPolicy(pk=ONLY)


class ActionPolicy(models.Model):
    """One row: what it takes to close an action item, and which days are free."""

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

    @property
    def free_days(self) -> frozenset[dt.date]:
        return holidays_in(self.holidays)

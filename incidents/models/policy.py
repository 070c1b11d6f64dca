"""What this site insists on before a report is published."""

from django.db import models
from django.db.models import Q

from incidents.documents.checks import Rule

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

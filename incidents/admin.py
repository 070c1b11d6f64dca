"""The admin site: people, roles and the catalogue. Incidents are only looked at."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from incidents import models
from incidents.documents.checks import Rule

admin.site.site_header = "Postmortems: administration"
admin.site.site_title = "Postmortems"
admin.site.index_title = "People, roles and the catalogue"


@admin.register(models.User)
class Members(UserAdmin[models.User]):
    list_display = ("username", "name", "email", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email", "zone")}),
        (
            "Role",
            {
                "fields": ("is_active", "groups", "is_staff", "is_superuser"),
                "description": "The groups are the roles: reader, author, reviewer, "
                "admin. An account that is not needed any more is made inactive, "
                "not deleted.",
            },
        ),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    actions = ("deactivate",)

    @admin.action(description="Deactivate, and hand over what is open")
    def deactivate(self, request: HttpRequest, queryset: QuerySet[models.User]) -> None:
        for user in queryset.exclude(username=request.user.get_username()):
            user.is_active = False
            user.save(update_fields=["is_active"])
            self.log_change(request, user, "Deactivated.")
            remind_of_items(request, user)

    def save_model(
        self, request: HttpRequest, obj: models.User, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if not obj.is_active and "is_active" in form.changed_data:
            remind_of_items(request, obj)


def remind_of_items(request: HttpRequest, leaver: models.User) -> None:
    """Say what somebody leaves behind, and where to find it a new owner."""
    count = leaver.action_items.open().count()
    if not count:
        return
    page = reverse("incidents:actions_of_owner", args=[leaver.username])
    words = '{} has left {} open action item{}. <a href="{}">Find a new owner</a>'
    plural = "" if count == 1 else "s"
    said = format_html(words, leaver.name, count, plural, page)
    messages.warning(request, said)


@admin.register(models.Severity)
class Severities(admin.ModelAdmin[models.Severity]):
    list_display = (
        "rank",
        "name",
        "description",
        "days_to_review",
        "days_high",
        "days_medium",
        "days_low",
    )
    list_display_links = ("name",)


@admin.register(models.Service, models.Tag, models.FactorCategory)
class Labels(admin.ModelAdmin[Model]):
    search_fields = ("name",)


class Sections(admin.StackedInline[models.TemplateSection, models.ReportTemplate]):
    model = models.TemplateSection
    extra = 0


@admin.register(models.ReportTemplate)
class Templates(admin.ModelAdmin[models.ReportTemplate]):
    list_display = ("name", "description", "position")
    inlines = (Sections,)


@admin.register(models.Incident)
class Incidents(admin.ModelAdmin[models.Incident]):
    """Read only: changes go through the site's forms, which record who made them."""

    list_display = ("label", "title", "severity", "state", "visibility", "owner")
    list_filter = ("state", "visibility", "severity")
    list_select_related = ("severity", "owner")
    search_fields = ("title",)

    def has_view_permission(
        self, request: HttpRequest, obj: models.Incident | None = None
    ) -> bool:
        return isinstance(request.user, models.User) and (
            models.MANAGE in request.user.rights
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class OneRow(admin.ModelAdmin[Model]):
    """One row, which the migrations made: it is changed, and never added to."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        rows = self.model._default_manager.all()
        return not rows.exists() and super().has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(models.ActionPolicy)
class Promises(OneRow):
    autocomplete_fields = ("managers",)
    fieldsets = (
        (None, {"fields": ("evidence", "verify_after", "holidays")}),
        (
            "Reminders",
            {
                "fields": (
                    "remind_at",
                    "remind_before",
                    "lead_after",
                    "managers_after",
                    "managers",
                    "managers_group",
                    "snooze_days",
                    "summary",
                ),
            },
        ),
    )


@admin.register(models.PublishPolicy)
class Policy(OneRow):
    fieldsets = (
        (
            None,
            {
                "fields": tuple(rule.value for rule in Rule),
                "description": "What has to hold before a report is published. "
                "Reviewers can publish all the same when they give a reason, which "
                "the report shows.",
            },
        ),
    )

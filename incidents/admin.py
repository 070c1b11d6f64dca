"""The admin site: people, roles and the catalogue. Incidents are only looked at."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import Model
from django.http import HttpRequest

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


@admin.register(models.PublishPolicy)
class Policy(admin.ModelAdmin[models.PublishPolicy]):
    """One row, which the migrations made: it is changed, and never added to."""

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

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not models.PublishPolicy.objects.exists() and super().has_add_permission(
            request
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

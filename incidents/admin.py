"""The admin site: people, roles and the catalogue. Incidents are only looked at."""

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from incidents import models
from incidents.delivery.failures import FailedError
from incidents.delivery.network import target
from incidents.documents.checks import Rule
from incidents.permissions import may_manage
from incidents.workflow.outgoing.chat import chat_payload
from incidents.workflow.outgoing.outbox import queue_hook, send_again

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
                "admin. An admin needs the staff status, too, to enter here. An "
                "account that is not needed any more is made inactive, not deleted.",
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


def manages(request: HttpRequest) -> bool:
    return isinstance(request.user, models.User) and may_manage(request.user)


class OnlyLookedAt(admin.ModelAdmin[Model]):
    """Nothing is changed here: the site's own verbs do that."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return manages(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(models.Incident)
class Incidents(OnlyLookedAt):
    """Changes go through the site's forms, which record who made them."""

    list_display = ("label", "title", "severity", "state", "visibility", "owner")
    list_filter = ("state", "visibility", "severity")
    list_select_related = ("severity", "owner")
    search_fields = ("title",)


class OneRow(admin.ModelAdmin[Model]):
    """One row, which the migrations made: it is changed, and never added to."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        rows = self.model._default_manager.all()
        return not rows.exists() and super().has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(models.ActionPolicy)
class ActionPolicies(OneRow):
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
class PublishPolicies(OneRow):
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


class WebhookForm(forms.ModelForm[models.Webhook]):
    url = forms.URLField(
        label="Address",
        max_length=500,
        assume_scheme="https",
        help_text=models.Webhook._meta.get_field("url").help_text,
    )

    def clean_url(self) -> str:
        """Refused here already, in the words that a delivery would fail with."""
        url: str = self.cleaned_data["url"]
        try:
            target(url)
        except FailedError as error:
            raise ValidationError(str(error)) from error
        return url


@admin.register(models.Webhook)
class Webhooks(admin.ModelAdmin[models.Webhook]):
    form = WebhookForm
    fields = ("name", "url", "published", "overdue", "active")
    list_display = ("name", "host", "published", "overdue", "active")
    actions = ("test",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return manages(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return manages(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return manages(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return manages(request)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """It goes with its deliveries, which are only looked at by themselves."""
        going, counts, _, protected = super().get_deleted_objects(objs, request)
        return going, counts, set(), protected

    def save_model(
        self, request: HttpRequest, obj: models.Webhook, form: Any, change: bool
    ) -> None:
        if not change and isinstance(request.user, models.User):
            obj.made_by = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description="posts to")
    def host(self, webhook: models.Webhook) -> str:
        """The rest of the address is as good as a password."""
        return urlsplit(webhook.url).netloc

    @admin.action(description="Send a test message", permissions=["change"])
    def test(self, request: HttpRequest, queryset: QuerySet[models.Webhook]) -> None:
        said = chat_payload(f"A test from Postmortems, sent by {request.user}.")
        for hook in queryset:
            queue_hook(hook, key=f"test:{uuid4()}", payload=said, now=timezone.now())
        page = reverse("admin:incidents_delivery_changelist")
        words = 'On its way. <a href="{}">See what became of it</a>'
        messages.success(request, format_html(words, page))


@admin.register(models.Delivery)
class Deliveries(OnlyLookedAt):
    list_display = (
        "__str__",
        "state",
        "last_error",
        "attempts",
        "queued_at",
        "next_at",
    )
    list_filter = ("state", "channel", "hook")
    list_select_related = ("to", "hook")
    list_per_page = 50
    show_full_result_count = False
    fields = (
        *("channel", "to", "hook", "incident", "subject", "text", "payload"),
        *("state", "attempts", "last_error", "queued_at", "next_at", "sent_at"),
    )
    actions = ("send_again",)

    @admin.action(description="Send again", permissions=["view"])
    def send_again(
        self, request: HttpRequest, queryset: QuerySet[models.Delivery]
    ) -> None:
        """What has ended without success starts anew; the rest is left as it is."""
        again = [row for row in queryset if send_again(row, now=timezone.now())]
        if again:
            messages.success(request, f"{len(again)} will be sent again.")
        if left := queryset.count() - len(again):
            messages.info(request, f"{left} left alone: sent, on the way or emptied.")

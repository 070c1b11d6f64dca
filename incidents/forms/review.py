"""What is asked, answered and said about a postmortem before it is published."""

from typing import Any

from django import forms

from incidents.forms.fields import AccountsField, MarkdownField
from incidents.forms.part import PartForm
from incidents.models import Answer, User

MANY = 20


class AskForm(PartForm):
    reviewers = AccountsField(
        suggestions="reviewers-known",
        label="Ask for a review",
        required=True,
        error_messages={"required": "Name at least one reviewer."},
        unknown="Only people with one can review.",
    )

    def clean_reviewers(self) -> list[User]:
        reviewers: list[User] = self.cleaned_data["reviewers"]
        if len(reviewers) > MANY:
            raise forms.ValidationError(f"Ask up to {MANY} people at once.")
        return reviewers


class SeenForm(PartForm):
    """A form about words that were read: `seen` is the digest of these words."""

    seen = forms.CharField(
        max_length=64,
        widget=forms.HiddenInput,
        error_messages={"required": "The page was too old. Look at it once more."},
    )

    def __init__(self, *args: Any, digest: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"seen": digest, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.digest = digest

    def renew(self) -> None:
        """The words have changed: what is sent next is about those shown now."""
        self.data = {**dict(self.data.items()), "seen": self.digest}


class AnswerForm(SeenForm):
    answer = forms.ChoiceField(
        label="Your answer",
        choices=[
            (Answer.APPROVED, "I approve it as it stands"),
            (Answer.CHANGES, "I ask for changes"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )
    word = MarkdownField(
        label="A word why",
        rows=3,
        required=False,
        max_length=5_000,
        help_text="Needed where you ask for changes.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        changes = given.get("answer") == Answer.CHANGES
        if changes and not given.get("word", "").strip():
            self.add_error("word", "Say what should change.")
        return given


class CommentForm(PartForm):
    text = MarkdownField(
        label="Your comment",
        rows=3,
        max_length=10_000,
        error_messages={"required": "Write something first."},
    )
    about = forms.UUIDField(required=False, widget=forms.HiddenInput)


class ReplyForm(PartForm):
    text = MarkdownField(
        label="Your answer",
        rows=2,
        max_length=10_000,
        error_messages={"required": "Write something first."},
    )


class PublishForm(SeenForm):
    """The next version. `version` is the one that readers have, 0 for none."""

    note = forms.CharField(
        label="What is new in this version?",
        max_length=200,
        error_messages={"required": "Say in a sentence what is new; readers see it."},
        help_text="Readers see it above the report.",
    )
    despite = forms.CharField(
        label="Publish all the same, because",
        max_length=500,
        required=False,
        help_text="The report will show this reason.",
    )

    def __init__(self, *args: Any, newest: int, lacking: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": newest}, **kwargs)
        self.newest = newest
        if not (self.base_version if self.is_bound else newest):
            del self.fields["note"]
        if lacking:
            self.fields["despite"].required = True
            self.fields["despite"].error_messages["required"] = (
                "A required check does not hold: give a reason, or mend it first."
            )
        else:
            del self.fields["despite"]

    def renew(self) -> None:
        super().renew()
        self.data = {**self.data, "version": self.newest}


class WithdrawForm(PartForm):
    reason = forms.CharField(
        label="Why is it withdrawn?",
        max_length=500,
        error_messages={"required": "Say why: whoever looks for it will ask."},
    )

"""New owners for the items of somebody who leaves; an account for a plain name."""

from collections.abc import Sequence
from typing import Any

from django import forms

from incidents.documents.document import Person
from incidents.forms.fields import PersonField
from incidents.models import ActionItem, User


class HandOverForm(forms.Form):
    """One owner for all, and for single items another one."""

    everybody = PersonField(required=False)

    use_required_attribute = False

    def __init__(
        self, *args: Any, items: Sequence[ActionItem], join: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.join = join
        self.fields["everybody"].label = (
            "This name is" if join else "A new owner for all"
        )
        for item in items:
            field = PersonField(required=False, label="Another owner")
            field.widget.attrs["aria-label"] = f"Another owner for “{item}”"
            self.fields[f"owner-{item.pk}"] = field

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        named = [person for person in given.values() if isinstance(person, Person)]
        if not named and not self.errors:
            raise forms.ValidationError("Name the new owner, for all or for some.")
        plain = next((person for person in named if person.account is None), None)
        if self.join and plain:
            raise forms.ValidationError(
                f"“{plain.name}” has no account here. Give the username of one."
            )
        self.refuse_closed(named)
        return given

    def refuse_closed(self, named: Sequence[Person]) -> None:
        """Who has left gets nothing, the one whose items these are least of all."""
        accounts = [person.account for person in named if person.account]
        closed = User.objects.filter(username__in=accounts, is_active=False).first()
        if closed:
            raise forms.ValidationError(
                f"{closed.name} has left: the account {closed.username} is closed. "
                "Name somebody who is still here."
            )

    def owner_of(self, item: ActionItem) -> Person | None:
        found = (
            self.cleaned_data.get(f"owner-{item.pk}") or self.cleaned_data["everybody"]
        )
        return found if isinstance(found, Person) else None

    def refuse(self, item: ActionItem, why: str) -> None:
        self.add_error(f"owner-{item.pk}", why)

    def rows(self, items: Sequence[ActionItem]) -> list[tuple[ActionItem, Any]]:
        return [(item, self[f"owner-{item.pk}"]) for item in items]

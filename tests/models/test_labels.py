"""A label is one whatever its capitals, in every alphabet."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from incidents.models import Incident, Tag, User
from tests.factories import make_incident

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("again", ["ärger", "ÄRGER", "Ärger"])
def test_a_name_is_not_given_twice(again: str) -> None:
    Tag.objects.create(name="Ärger")
    with pytest.raises(ValidationError, match="already a tag of this name"):
        Tag(name=again).full_clean(exclude={"folded"})
    with pytest.raises(IntegrityError):
        Tag.objects.create(name=again)


def test_a_name_has_no_comma() -> None:
    with pytest.raises(ValidationError, match="no comma"):
        Tag(name="a, b").full_clean(exclude={"folded"})


def test_two_spellings_in_two_postmortems_are_one_tag(author: User) -> None:
    for name in ("Ärger", "ÄRGER"):
        make_incident(author, tags=(name,))
    assert Tag.objects.get().incidents.count() == Incident.objects.count() == 2

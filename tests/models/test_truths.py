"""What the database itself refuses, whoever asks it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from incidents.models import Incident, Severity, User
from tests.factories import make_incident

pytestmark = pytest.mark.django_db


def test_a_severity_of_other_capitals_is_the_same_severity() -> None:
    twin = Severity(rank=9, name=Severity.objects.earliest("rank").name.lower())
    with pytest.raises(ValidationError, match="already a severity of this name"):
        twin.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


@pytest.mark.parametrize(
    "facts", [{"state": "finished"}, {"visibility": "nobody"}, {"zone": ""}]
)
def test_no_incident_is_in_a_state_that_nobody_knows(
    author: User, facts: dict[str, Any]
) -> None:
    incident = make_incident(author)
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(**facts)

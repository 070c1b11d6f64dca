"""Whom a written name means: an account where one fits, else the name as it is."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.db.models import Q, QuerySet

from incidents.database.prepared import Prepared, equals_ignoring_case
from incidents.documents.document import Person
from incidents.models import User

MOST_AT_ONCE = 200


def people_called(texts: Sequence[str]) -> list[Person]:
    """The person each text names: an account where one fits, else the name."""
    wanted = [text.removeprefix("@") for text in texts]
    accounts = find_accounts(wanted)
    return [
        Person(name=user.name, account=user.username)
        if (user := accounts.get(name.lower()))
        else Person(name=text)
        for name, text in zip(wanted, texts, strict=True)
    ]


def person_called(text: str) -> Person:
    """As `people_called`, and a closed account too, by its username.

    A form shows the username of an owner who has left, and sends it back as it is:
    what they promised must not become a plain name's by that.
    """
    name = text.removeprefix("@")
    first, _, last = name.rpartition(" ")
    full = {"first": first, "last": last} if first else {}
    found = CALLED.rows(bool(first), name=name, **full)
    closed = {u.username.lower(): u for u in found if not u.is_active}
    accounts = closed | by_names(user for user in found if user.is_active)
    user = accounts.get(name.lower())
    return Person(name=user.name, account=user.username) if user else Person(name=text)


def accounts_called(
    has_two: bool, *, name: str, first: str = "", last: str = ""
) -> QuerySet[User]:
    """The accounts with this username or, if it `has_two` parts, full name."""
    is_named = Q(equals_ignoring_case("username", name))
    if has_two:
        is_named |= Q(
            equals_ignoring_case("first_name", first),
            equals_ignoring_case("last_name", last),
        )
    return User.objects.filter(is_named)


CALLED: Final = Prepared(User, accounts_called)


def find_accounts(names: Sequence[str]) -> dict[str, User]:
    """Accounts by lower-case username or full name, as far as one is meant."""
    return by_names(user for some in batches(names) for user in accounts_named(some))


def by_names(accounts: Iterable[User]) -> dict[str, User]:
    found = list(accounts)
    by_name = {user.name.lower(): user for user in found}
    return by_name | {user.username.lower(): user for user in found}


def batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """SQLite understands no question of a thousand clauses."""
    for start in range(0, len(names), MOST_AT_ONCE):
        yield names[start : start + MOST_AT_ONCE]


def accounts_named(names: Sequence[str]) -> Iterable[User]:
    query = Q()
    for name in names:
        first, _, last = name.rpartition(" ")
        query |= Q(username__iexact=name)
        if first:
            query |= Q(first_name__iexact=first, last_name__iexact=last)
    return User.objects.filter(query, is_active=True)

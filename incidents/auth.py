"""Signing in: every page costs one query for the account, its rights and its bar."""

from typing import Final

from django.contrib.auth.backends import ModelBackend
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from incidents.database.prepared import Prepared
from incidents.models import Notice, User


class MemberBackend(ModelBackend):
    def get_user(self, user_id: int) -> User | None:
        user = ACCOUNT.first(None, pk=user_id)
        return user if user and self.user_can_authenticate(user) else None


def account(shape: None, *, pk: int) -> QuerySet[User]:
    users = User.objects.with_rights().annotate(unread_notices=unread())
    return users.filter(pk=pk)


def unread() -> Coalesce:
    """How many notices each account has not read."""
    notices = Notice.objects.filter(to=OuterRef("pk"), read_at__isnull=True)
    counted = notices.order_by().values("to").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


ACCOUNT: Final = Prepared(User, account)

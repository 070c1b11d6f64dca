"""Signing in: every page costs one query for the account and what it may do."""

from django.contrib.auth.backends import ModelBackend

from incidents.models import User


class MemberBackend(ModelBackend):
    def get_user(self, user_id: int) -> User | None:
        user = User.objects.with_rights().filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

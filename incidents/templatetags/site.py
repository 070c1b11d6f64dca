"""What every page knows: the program's version, what the reader may do."""

from django import template
from django.contrib.auth.models import AnonymousUser

from incidents import __version__, permissions
from incidents.models import User

register = template.Library()


@register.simple_tag
def version() -> str:
    return __version__


@register.filter
def may_write(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and permissions.may_write(user)

"""How tests ask for the sample content."""

from io import StringIO

from django.core.management import call_command


def seed(*options: str) -> str:
    said = StringIO()
    call_command("seed_demo", *options, stdout=said)
    return said.getvalue()

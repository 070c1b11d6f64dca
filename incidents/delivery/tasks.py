"""What the worker does for each thing that leaves the site."""

from django_tasks import task


@task()
def deliver(pk: int) -> None:
    """One attempt at one delivery. What fails is tried again after a pause."""

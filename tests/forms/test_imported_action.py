"""What becomes of an action item that was read, once its form comes back."""

from incidents.documents.document import Action
from incidents.forms.importing import ImportedActionForm

READ = Action(text="Buy fuses", url="https://tracker.example/7")


def test_what_the_page_does_not_show_stays_as_it_was_read() -> None:
    sent = {"actions-0-text": "Buy two fuses"}
    form = ImportedActionForm(sent, read=READ, place=0)
    assert form.is_valid()
    assert form.action == Action(text="Buy two fuses", url=READ.url)


def test_what_was_emptied_is_empty() -> None:
    sent = {"actions-0-text": "Buy fuses", "actions-0-url": ""}
    form = ImportedActionForm(sent, read=READ, place=0)
    assert form.is_valid()
    assert form.action == Action(text="Buy fuses")

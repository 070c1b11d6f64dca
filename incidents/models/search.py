"""What search finds: a row a report and a row a draft, kept by the verbs.

Their terms stand beside them in a table of the database's own kind, which is no
model: see `incidents/search/words/terms.py`.
"""

from django.db import models

from incidents.models.incident import Incident


class SearchDocument(models.Model):
    """One side of a postmortem: as it was published last, or as it is written now.

    The draft's side stands only while it says something else than the published
    one, so that nobody who reads reports finds a word that only a draft has.
    """

    place = models.BigIntegerField(
        primary_key=True, help_text="Where it stands among all, the newest the highest."
    )
    incident = models.ForeignKey(
        Incident, on_delete=models.CASCADE, related_name="search_documents"
    )
    is_draft = models.BooleanField()
    pieces = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "is_draft"], name="search_document_once"
            )
        ]

    def __str__(self) -> str:
        return f"PM-{self.incident_id}, {'draft' if self.is_draft else 'published'}"


class SearchTerms(models.Model):
    """The terms of a document, by its place; its columns differ between databases."""

    place = models.BigIntegerField(primary_key=True, db_column="rowid")
    digest = models.CharField(max_length=64)

    class Meta:
        managed = False
        db_table = "incidents_searchterms"

    def __str__(self) -> str:
        return str(self.place)


class SearchWord(models.Model):
    """A word that somebody wrote, for those who misspell it.

    It is never shown before it was found in something that they may see.
    """

    word = models.CharField(max_length=64, primary_key=True)
    length = models.PositiveSmallIntegerField()
    head = models.CharField(max_length=2)
    tail = models.CharField(max_length=2)

    class Meta:
        indexes = [
            models.Index(fields=["head", "length"], name="search_word_head"),
            models.Index(fields=["tail", "length"], name="search_word_tail"),
        ]

    def __str__(self) -> str:
        return self.word

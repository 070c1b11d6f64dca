"""The addresses, nested here as they nest in the browser."""

from django.urls import include, path, register_converter

from incidents.views.editor import edit, rows, start


class Rows:
    """One of the three lists of rows that an incident has."""

    regex = "|".join(rows.DOORS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Facts(Rows):
    regex = "basics|when|impact"


register_converter(Rows, "rows")
register_converter(Facts, "facts")

app_name = "incidents"

row_urls = [
    path("", rows.save_row, name="save_row"),
    path("move/", rows.move_row, name="move_row"),
    path("remove/", rows.remove_row, name="remove_row"),
]

incident_urls = [
    path("", edit.edit, name="edit"),
    path("<facts:part>/", edit.save_facts, name="save_facts"),
    path("sections/<uuid:key>/", edit.save_section, name="save_section"),
    path("<rows:panel>/", rows.add_row, name="add_row"),
    path("<rows:panel>/<uuid:key>/", include(row_urls)),
    path(
        "<rows:panel>/bring-back/<int:event>/",
        rows.bring_back_row,
        name="bring_back_row",
    ),
]

urlpatterns = [
    path("incidents/new/", start.new, name="new"),
    path("incidents/<int:number>/", include(incident_urls)),
]

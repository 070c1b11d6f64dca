"""The addresses, nested here as they nest in the browser."""

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.urls.converters import StringConverter
from django.views.generic import RedirectView

from incidents.documents.calendar.months import Month
from incidents.views import drafts, exports, history, insights, pictures
from incidents.views.account import notices, signing_in, unsubscribing
from incidents.views.account import page as account
from incidents.views.actions import change, owners
from incidents.views.actions import listing as board
from incidents.views.editor import (
    edit,
    new_rows,
    paste,
    presence,
    rows,
    similar,
    start,
    states,
)
from incidents.views.editor.row_forms import ROW_FORMS
from incidents.views.importing import page as importing
from incidents.views.reading import (
    feed,
    listing,
    looking_back,
    pdf,
    readership,
    reports,
    ticking,
    versions,
)
from incidents.views.reading.versions import or_withdrawn as withdrawn
from incidents.views.review import changes as review


class Rows(StringConverter):
    """One of the lists of rows that an incident has."""

    regex = "|".join(ROW_FORMS)


class Facts(StringConverter):
    """One of the forms of the facts."""

    regex = "basics|when|impact"


class Ending(StringConverter):
    """What a file of a postmortem ends with."""

    regex = "md|json|csv"


class Labels(StringConverter):
    """What recurrence is shown of."""

    regex = "services|tags|factors"


class Months:
    """2026-03."""

    regex = "[12][0-9]{3}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> Month:
        return Month(int(value[:4]), int(value[5:]))

    def to_url(self, value: Month) -> str:
        return str(value)


register_converter(Rows, "rows")
register_converter(Ending, "ending")
register_converter(Labels, "labels")
register_converter(Months, "month")
register_converter(Facts, "facts")

app_name = "incidents"

row_urls: list[URLPattern] = [
    path("state/", states.set_action_state, name="set_action_state"),
    path("", rows.save_row, name="save_row"),
    path("move/", rows.move_row, name="move_row"),
    path("remove/", rows.remove_row, name="remove_row"),
]

history_urls: list[URLPattern] = [
    path("", history.listing, name="history"),
    path("compare/", history.compare, name="compare_revisions"),
    path("<int:revision>/", history.show, name="revision"),
    path("<int:revision>/restore/", history.restore, name="restore_revision"),
]

review_urls: list[URLPattern] = [
    path("", review.show, name="review"),
    path("ask/", review.ask, name="ask_for_review"),
    path("answer/", review.answer, name="answer_review"),
    path("back/", review.back_to_draft, name="back_to_draft"),
    path("comments/", review.comment, name="comment"),
    path("comments/<int:comment>/reply/", review.reply, name="reply"),
    path("comments/<int:comment>/resolve/", review.resolve, name="resolve_comment"),
    path("hints/", review.set_hint, name="set_hint"),
    path("publish/", review.publish, name="publish"),
    path("withdraw/", review.withdraw, name="withdraw"),
    path("reinstate/", review.reinstate, name="reinstate"),
]

incident_urls: list[URLPattern | URLResolver] = [
    path("", edit.edit, name="edit"),
    path("<facts:part>/", edit.save_facts, name="save_facts"),
    path("presence/", presence.say_present, name="presence"),
    path("access/", edit.save_access, name="save_access"),
    path("preview/", edit.preview_text, name="preview_text"),
    path("understand/", edit.understand_time, name="understand_time"),
    path("similar/", similar.similar, name="similar_to_draft"),
    path("timeline/paste/", paste.paste, name="paste"),
    path("export.<ending:ending>", exports.export, name="export"),
    path("history/", include(history_urls)),
    path("review/", include(review_urls)),
    path("images/", pictures.pictures, name="pictures"),
    path("images/<uuid:key>.<slug:extension>", pictures.show, name="picture"),
    path("<rows:panel>/", new_rows.add_row, name="add_row"),
    path("<rows:panel>/<uuid:key>/", include(row_urls)),
    path(
        "<rows:panel>/bring-back/<int:event>/",
        rows.bring_back_row,
        name="bring_back_row",
    ),
]

report_urls: list[URLPattern] = [
    path("", withdrawn(reports.show), name="report"),
    path("v/<int:version>/", withdrawn(reports.version), name="publication"),
    path("v/<int:version>/read/", readership.mark, name="mark_read"),
    path("changes/", withdrawn(versions.changes), name="report_changes"),
    path("print/", withdrawn(reports.printed), name="report_print"),
    path("pdf/", withdrawn(pdf.as_pdf), name="report_pdf"),
    path("similar/", reports.similar, name="similar"),
    path("actions/<uuid:key>/", ticking.tick, name="tick"),
    path("actions/<uuid:key>/evidence/", ticking.give_evidence, name="give_evidence"),
    path("readers/", readership.readers, name="readers"),
    path("readers/remind/", readership.remind, name="remind_readers"),
    path("watch/", readership.watch, name="watch_report"),
    path("feature/", readership.feature, name="feature_report"),
]

reports_urls: list[URLPattern | URLResolver] = [
    path("", listing.listing, name="reports"),
    path("feed/", feed.feed, name="feed"),
    path("views/", listing.save_view, name="save_view"),
    path("views/<int:view>/remove/", listing.remove_view, name="remove_view"),
    path("digest/", looking_back.last_month, name="last_digest"),
    path("digest/<month:month>/", looking_back.digest, name="digest"),
    path("years-ago/", looking_back.years_ago, name="years_ago"),
    path("<int:number>/", include(report_urls)),
]

action_urls: list[URLPattern] = [
    path("", board.listing, name="actions"),
    path("export.csv", board.export, name="actions_export"),
    path("change/", change.change_items, name="change_actions"),
    path("people/", board.people, name="actions_people"),
    path("undo/", change.undo, name="undo_actions"),
    path("owners/<path:who>/", owners.show, name="actions_of_owner"),
]

insights_urls: list[URLPattern] = [
    path("", insights.insights, name="insights"),
    path("<slug:figure>.csv", insights.as_csv, name="insights_file"),
    path("<labels:kind>/<path:name>/", insights.recurrence, name="recurrence"),
]

account_urls: list[URLPattern] = [
    path("", account.show, name="account"),
    path("login/", signing_in.log_in, name="login"),
    path("logout/", signing_in.log_out, name="logout"),
    path("password/", account.change_password, name="password_change"),
    path("feed/", feed.set_key, name="feed_key"),
    path("notices/", notices.listing, name="notices"),
    path("notices/read/", notices.read_all, name="read_notices"),
    path("notices/<int:notice>/", notices.open_notice, name="open_notice"),
    path("reminders/<str:token>/stop/", unsubscribing.stop, name="stop_reminders"),
    path("digest/<str:token>/stop/", unsubscribing.stop_digest, name="stop_digest"),
    path("watches/", notices.watch, name="watch"),
    path("watches/<int:watch>/remove/", notices.unwatch, name="unwatch"),
]

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="incidents:reports"), name="home"),
    path("reports/", include(reports_urls)),
    path("drafts/", drafts.listing, name="drafts"),
    path("actions/", include(action_urls)),
    path("insights/", include(insights_urls)),
    path("account/", include(account_urls)),
    path("incidents/new/", start.new, name="new"),
    path("incidents/import/", importing.import_page, name="import"),
    path("incidents/<int:number>/", include(incident_urls)),
]

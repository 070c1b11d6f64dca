"""The record's addresses, nested as the browser nests them."""

from django.urls import include, path
from django.views.generic import RedirectView

from incidents.views import account, actions, drafts, reports

app_name = "incidents"

report_urls = [
    path("", reports.show, name="report"),
    path("v/<int:version>/", reports.version, name="publication"),
    path("print/", reports.printed, name="report_print"),
]

reports_urls = [
    path("", reports.listing, name="reports"),
    path("<int:number>/", include(report_urls)),
]

account_urls = [
    path("", account.show, name="account"),
    path("login/", account.log_in, name="login"),
    path("logout/", account.log_out, name="logout"),
    path("password/", account.change_password, name="password_change"),
]

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="incidents:reports"), name="home"),
    path("reports/", include(reports_urls)),
    path("incidents/<int:number>/", reports.show, name="edit"),
    path("drafts/", drafts.listing, name="drafts"),
    path("actions/", actions.listing, name="actions"),
    path("account/", include(account_urls)),
]

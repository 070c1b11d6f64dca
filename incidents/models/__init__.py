"""Nouns: one concept a file, each beside its QuerySet.

`lookup` finds one incident as one person may see it, or locks it for a change.
"""

from incidents.models.action import ActionItem
from incidents.models.attachment import Attachment
from incidents.models.entry import TimelineEntry
from incidents.models.factor import ContributingFactor
from incidents.models.heartbeat import Heartbeat
from incidents.models.history import Event, Revision
from incidents.models.incident import Incident, Participant, Source, State, Visibility
from incidents.models.labels import FactorCategory, FormerName, Service, Tag
from incidents.models.listing import Listing, Progress
from incidents.models.outbox import Delivery, Webhook
from incidents.models.personal import FeedKey, SavedView
from incidents.models.policy import ActionPolicy, PublishPolicy
from incidents.models.presence import Presence
from incidents.models.publication import Publication
from incidents.models.readership import ReadMark, RequiredReader
from incidents.models.review import Answer, Comment, DismissedHint, ReviewRequest
from incidents.models.search import SearchDocument, SearchTerms, SearchWord
from incidents.models.section import Section
from incidents.models.severity import Severity
from incidents.models.tally import LENGTHS, Change, Tally, Total
from incidents.models.template import ReportTemplate, TemplateSection
from incidents.models.user import MANAGE, REVIEW, RIGHTS, WRITE, User
from incidents.models.watching import Notice, Watch
from incidents.models.zone import validate_zone, zone_names

__all__ = [
    "LENGTHS",
    "MANAGE",
    "REVIEW",
    "RIGHTS",
    "WRITE",
    "ActionItem",
    "ActionPolicy",
    "Answer",
    "Attachment",
    "Change",
    "Comment",
    "ContributingFactor",
    "Delivery",
    "DismissedHint",
    "Event",
    "FactorCategory",
    "FeedKey",
    "FormerName",
    "Heartbeat",
    "Incident",
    "Listing",
    "Notice",
    "Participant",
    "Presence",
    "Progress",
    "Publication",
    "PublishPolicy",
    "ReadMark",
    "ReportTemplate",
    "RequiredReader",
    "ReviewRequest",
    "Revision",
    "SavedView",
    "SearchDocument",
    "SearchTerms",
    "SearchWord",
    "Section",
    "Service",
    "Severity",
    "Source",
    "State",
    "Tag",
    "Tally",
    "TemplateSection",
    "TimelineEntry",
    "Total",
    "User",
    "Visibility",
    "Watch",
    "Webhook",
    "validate_zone",
    "zone_names",
]

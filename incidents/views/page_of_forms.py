"""A page of many forms, one of which may have come back with something to mend."""

from typing import Any

from incidents.forms.part import PartForm


class PageOfForms:
    """`bound` is a form that was sent and not saved: it takes the fresh one's place."""

    def __init__(self, bound: PartForm | None) -> None:
        self.bound = bound

    def is_bound(self, part: str) -> bool:
        return self.bound is not None and self.bound.part == part

    def form(self, part: str, make: type[PartForm], **kwargs: Any) -> PartForm:
        if self.bound is not None and self.bound.part == part:
            return self.bound
        return make(part=part, **kwargs)

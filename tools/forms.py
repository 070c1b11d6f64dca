"""The form of a page, as a browser would send it back."""

from html.parser import HTMLParser


class FilledForm(HTMLParser):
    """The values of the forms that have this attribute, in `values`."""

    def __init__(self, page: str, marked: str = "data-save") -> None:
        super().__init__()
        self.marked = marked
        self.values: dict[str, list[str]] = {}
        self.area = self.select = ""
        self.text: list[str] = []
        self.within = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        name = attributes.get("name") or ""
        if tag == "form":
            self.within = self.marked in attributes
        if not self.within or (not name and tag != "option"):
            return
        if tag == "textarea":
            self.area, self.text = name, []
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in attributes:
            self.add(self.select, attributes.get("value") or "")
        elif tag == "input" and attributes.get("type") in ("checkbox", "radio"):
            if "checked" in attributes:
                self.add(name, attributes.get("value") or "on")
        elif tag == "input":
            self.add(name, attributes.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            self.add(self.area, "".join(self.text).removeprefix("\n"))
            self.area = ""
        if tag == "form":
            self.within = False

    def add(self, name: str, value: str) -> None:
        self.values.setdefault(name, []).append(value)

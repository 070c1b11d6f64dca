"""Parts of pages are drawn once, and never shown where something else belongs."""

from django import forms
from django.template import Context, Template
from django.utils.safestring import SafeString

from incidents.templatetags.keeping import Kept
from incidents.templatetags.keeping import drawn as field_drawn

PART = Template(
    "{% load keeping %}{% kept name %}{{ name }} {{ other }} "
    "{% csrf_token %}{% endkept %}{% kept name %}2{% endkept %}"
)


def drawn(**shown: str) -> str:
    return PART.render(Context({"csrf_token": "mine", **shown}))


def test_a_part_is_drawn_once_for_the_same_values() -> None:
    assert drawn(name="Mira", other="a") == drawn(name="Mira", other="b")


def test_a_part_is_drawn_anew_for_another_value() -> None:
    assert drawn(name="Mira") != drawn(name="Noor")
    assert "<b>" not in drawn(name="<b>")


def test_each_reader_gets_the_token_of_their_own_request() -> None:
    assert 'value="mine"' in drawn(name="Mira")
    page = drawn(name="Mira", csrf_token="yours")
    assert 'value="yours"' in page
    assert "mine" not in page


def test_what_was_shown_longest_ago_goes_first() -> None:
    kept = Kept(most=len("old") + len("newest"))
    for name in ("old", "new"):
        kept.put((name,), name)
    kept.get(("old",))
    kept.put(("newest",), "newest")
    assert [kept.get((n,)) for n in ("old", "new", "newest")] == ["old", None, "newest"]


MOULD = (
    "<li {not a value}>{{ name }}{% if note %} ({{ note }}){% endif %}: "
    "{% for row in rows %}{{ row.line }} {% empty %}nothing{% endfor %}</li>"
)
CAST = Template(f"{{% load keeping %}}{{% mould v %}}{MOULD}{{% endmould %}}")


def test_a_filled_mould_is_what_its_template_would_have_drawn() -> None:
    line = SafeString("<b>a</b>")
    for values in (
        {"name": "<i>{name}</i>", "note": "", "rows": [{"line": line}, {"line": '"'}]},
        {"name": "{0}", "note": 7, "rows": []},
        {"name": "", "note": "{{ name }}", "rows": [{"line": ""}, {"line": "&"}]},
    ) * 2:
        plainly = Template(MOULD).render(Context(values))
        assert CAST.render(Context({"v": values, "note": "not its own"})) == plainly


class Question(forms.Form):
    answer = forms.CharField(max_length=3)


def test_a_field_is_drawn_anew_for_another_value_name_or_error() -> None:
    asked = [
        Question(),
        Question({"answer": "<b>"}),
        Question({"answer": "too long"}),
        Question({"answer": "<b>"}, prefix="second"),
    ]
    fields = [field_drawn(form["answer"]) for form in asked]
    assert len(set(fields)) == len(asked)
    assert fields == [form["answer"].as_widget() for form in asked]

"""Parts of pages are rendered once, and never shown where something else belongs."""

from django import forms
from django.template import Context, Template
from django.utils.safestring import SafeString

from incidents.templatetags.caching import HtmlCache, cached_widget

PART = Template(
    "{% load caching %}{% cached name %}{{ name }} {{ other }} "
    "{% csrf_token %}{% endcached %}{% cached name %}2{% endcached %}"
)


def rendered(**shown: str) -> str:
    return PART.render(Context({"csrf_token": "mine", **shown}))


def test_a_part_is_drawn_once_for_the_same_values() -> None:
    assert rendered(name="Mira", other="a") == rendered(name="Mira", other="b")


def test_a_part_is_drawn_anew_for_another_value() -> None:
    assert rendered(name="Mira") != rendered(name="Noor")
    assert "<b>" not in rendered(name="<b>")


def test_each_reader_gets_the_token_of_their_own_request() -> None:
    assert 'value="mine"' in rendered(name="Mira")
    page = rendered(name="Mira", csrf_token="yours")
    assert 'value="yours"' in page
    assert "mine" not in page


def test_what_was_shown_longest_ago_goes_first() -> None:
    cache = HtmlCache(most=len("old") + len("newest"))
    for name in ("old", "new"):
        cache.put((name,), name)
    cache.get(("old",))
    cache.put(("newest",), "newest")
    assert [cache.get((n,)) for n in ("old", "new", "newest")] == [
        "old",
        None,
        "newest",
    ]


PART_OF_VALUES = (
    "<li {not a value}>{{ name }}{% if note %} ({{ note }}){% endif %}: "
    "{% for row in rows %}{{ row.line }} {% empty %}nothing{% endfor %}</li>"
)
PRERENDERED = Template(
    f"{{% load caching %}}{{% prerendered v %}}{PART_OF_VALUES}{{% endprerendered %}}"
)


def test_a_prerendered_part_is_what_its_template_would_have_rendered() -> None:
    line = SafeString("<b>a</b>")
    for values in (
        {"name": "<i>{name}</i>", "note": "", "rows": [{"line": line}, {"line": '"'}]},
        {"name": "{0}", "note": 7, "rows": []},
        {"name": "", "note": "{{ name }}", "rows": [{"line": ""}, {"line": "&"}]},
    ) * 2:
        plainly = Template(PART_OF_VALUES).render(Context(values))
        assert (
            PRERENDERED.render(Context({"v": values, "note": "not its own"})) == plainly
        )


class Question(forms.Form):
    answer = forms.CharField(max_length=3)


def test_a_field_is_drawn_anew_for_another_value_name_or_error() -> None:
    asked = [
        Question(),
        Question({"answer": "<b>"}),
        Question({"answer": "too long"}),
        Question({"answer": "<b>"}, prefix="second"),
    ]
    fields = [cached_widget(form["answer"]) for form in asked]
    assert len(set(fields)) == len(asked)
    assert fields == [form["answer"].as_widget() for form in asked]

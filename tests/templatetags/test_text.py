"""Text on a page, where several texts stand beside each other."""

import re

from django.template import Context, Template

BOTH = "{% load text %}{{ first|render:1 }}{{ second|render:2 }}"


def test_two_texts_with_keys_of_their_own_repeat_no_id() -> None:
    page = Template(BOTH).render(Context({"first": "# Cause", "second": "# Cause"}))
    assert re.findall(r'id="([^"]+)"', page) == ["1-cause", "2-cause"]

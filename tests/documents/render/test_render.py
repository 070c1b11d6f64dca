"""What people write comes out as they meant it."""

import pytest

from incidents.documents.render import Heading, plain, render, word_count
from tests.documents.render.page_reader import Page

DIAGRAM = """\
+-------+      +-------+
|  web  | ---> |  db   |
+-------+      +-------+
"""


def html(source: str) -> str:
    return render(source, prefix="s1").html


def page(source: str) -> Page:
    return Page(html(source))


def test_a_table_keeps_its_alignment_and_scrolls_by_keyboard() -> None:
    read = page("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert [cell.attributes.get("class") for cell in read.all("td")] == [
        None,
        "align-right",
    ]
    (frame,) = read.all("div")
    assert frame.attributes["class"] == "table-scroll"
    assert frame.attributes["tabindex"] == "0"
    assert frame.attributes["aria-label"] == "Table: a, b"


def test_a_diagram_in_a_fence_stays_aligned() -> None:
    assert DIAGRAM in page(f"```\n{DIAGRAM}```").visible


def test_a_fence_keeps_its_language() -> None:
    (code,) = page("```python title=x\nprint(1)\n```").all("code")
    assert code.attributes == {"class": "language-python"}


def test_a_fence_left_open_runs_to_the_end() -> None:
    read = page("before\n\n```\n# not a heading\n\n- not a list")
    assert read.tags() == ["p", "pre", "code"]
    assert "# not a heading\n\n- not a list" in read.visible


def test_tasks_become_boxes_that_say_whether_they_are_done() -> None:
    read = page("- [x] roll back\n- [ ] add an alert\n- [not a task](/x)")
    done, open_ = read.all("input")
    assert done.attributes["aria-label"] == "Done"
    assert "checked" in done.attributes
    assert open_.attributes["aria-label"] == "Not done"
    assert "checked" not in open_.attributes
    assert "[" not in read.visible


@pytest.mark.parametrize("mark", ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"])
def test_a_github_alert_becomes_a_titled_box(mark: str) -> None:
    read = page(f"> [!{mark}]\n> Read this.")
    assert read.all("div")[0].attributes == {"class": f"admonition {mark.lower()}"}
    assert read.visible.split() == [mark.capitalize(), "Read", "this."]
    assert not read.all("blockquote")


def test_a_quote_is_still_a_quote_inside_a_box_and_out() -> None:
    read = page("> [!NOTE]\n> > quoted\n\n> plain")
    assert len(read.all("blockquote")) == 2


def test_an_admonition_holds_its_indented_text_and_no_more() -> None:
    source = '!!! warning "Mind the gap"\n    One.\n\n    - two\n\nOutside.'
    written = html(source)
    inside, outside = written.split("</div>")
    assert '<div class="admonition warning">' in inside
    assert "Mind the gap" in inside
    assert "<li>two</li>" in inside
    assert "Outside." in outside


def test_three_exclamation_marks_alone_are_words() -> None:
    assert page("!!! what a night").visible.strip() == "!!! what a night"


def test_footnotes_are_numbered_as_mentioned_and_lead_back() -> None:
    read = page("One[^b], two[^a], again[^b].\n\n[^a]: About two\n[^b]: About one")
    assert read.visible.index("About one") < read.visible.index("About two")
    links = [href for href in read.values("href") if href.startswith("#")]
    assert set(links) <= {f"#{name}" for name in read.values("id")}
    assert len(links) == 6


def test_a_footnote_that_nobody_mentions_is_not_lost() -> None:
    assert "left over" in page("Text.\n\n[^1]: left over").visible


def test_a_mention_without_a_note_stays_as_it_was_typed() -> None:
    assert page("see[^9]").visible.strip() == "see[^9]"


def test_a_footnote_may_hold_a_list_and_another_note() -> None:
    read = page("x[^1]\n\n[^1]: First[^2]\n\n    - inside\n\n[^2]: Second")
    assert "inside" in read.visible
    assert read.visible.index("First") < read.visible.index("Second")


def test_a_link_to_elsewhere_gives_nothing_away() -> None:
    (link,) = page("[x](https://example.org/a?b=c&d=e)").all("a")
    assert link.attributes["href"] == "https://example.org/a?b=c&d=e"
    assert link.attributes["rel"] == "noopener noreferrer nofollow"


@pytest.mark.parametrize("url", ["/reports/42/", "runbook.md", "mailto:a@example.org"])
def test_links_on_this_site_and_to_mail_are_plain(url: str) -> None:
    (link,) = page(f"[x]({url})").all("a")
    assert link.attributes == {"href": url}


def test_an_address_in_running_text_becomes_a_link_without_the_full_stop() -> None:
    read = page("See (https://example.org/a_b_c/d*e*_(f)), or http://x.example.")
    assert read.values("href") == [
        "https://example.org/a_b_c/d*e*_(f)",
        "http://x.example",
    ]


def test_an_address_in_code_or_in_a_link_stays_as_it_is() -> None:
    read = page("`https://a.example` [https://b.example](https://c.example)")
    assert read.values("href") == ["https://c.example"]


def test_two_named_links_beside_each_other_are_two() -> None:
    read = page("[logs] [graph][g]\n\n[logs]: /l\n[g]: /g\n[graph]: /not")
    assert read.values("href") == ["/l", "/g"]


def test_a_refused_link_leaves_its_words() -> None:
    assert page("see [the share](ftp://example.org) now").visible == (
        "see the share now\n"
    )


def test_an_image_loads_late_and_keeps_its_words() -> None:
    (image,) = page("![a *steep* `graph`](/media/1.png)").all("img")
    assert image.attributes == {
        "src": "/media/1.png",
        "alt": "a steep graph",
        "loading": "lazy",
    }


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("![a *steep* <graph>](https://x.example/b.png)", "Picture: a steep <graph>"),
        ("![](https://x.example/b.png)", "Picture: https://x.example/b.png"),
        ('see <img src="https://x.example/b.png" alt="it">', "see Picture: it"),
        ('<p><img src="https://x.example/b.png" alt="it"></p>', "Picture: it"),
    ],
)
def test_a_picture_of_another_site_becomes_a_link_to_it(
    written: str, said: str
) -> None:
    read = page(written)
    assert not read.all("img")
    assert read.values("href") == ["https://x.example/b.png"]
    assert "noreferrer" in read.values("rel")[0]
    assert read.visible.strip() == said


def test_a_picture_of_another_site_that_is_a_link_keeps_where_it_leads() -> None:
    read = page("[![build](https://x.example/b.png)](https://ci.example)")
    assert read.values("href") == ["https://ci.example"]
    assert read.visible.strip() == "build"


def test_an_image_from_where_none_may_be_leaves_its_words() -> None:
    read = page("![the graph](data:image/png;base64,AAAA) ![b](local.png)")
    assert not read.all("img")
    assert "the graph" in read.visible


def test_emoji_come_as_signs_or_by_name_but_not_in_code() -> None:
    assert page("🎉 :tada: :+1: :nope: 10:45:00 `:tada:`").visible == (
        "🎉 🎉 👍 :nope: 10:45:00 :tada:\n"
    )


def test_struck_words_are_struck() -> None:
    assert page("~~no~~").tags() == ["p", "del"]


@pytest.mark.parametrize("indent", ["  ", "    "])
def test_lists_nest_by_two_spaces_or_four(indent: str) -> None:
    read = page(f"- one\n{indent}- two\n{indent * 2}- three")
    assert read.tags() == ["ul", "li", "ul", "li", "ul", "li"]


@pytest.mark.parametrize("indent", ["  ", "   ", "    "])
def test_bullets_nest_under_numbers(indent: str) -> None:
    source = f"1. one\n{indent}- a\n{indent}- b\n2. two"
    assert page(source).tags() == ["ol", "li", "ul", "li", "li", "li"]


def test_what_belongs_to_a_bullet_stays_inside_it() -> None:
    source = "- one\n  ```\n  log\n  ```\n  > said\n\n  | a |\n  |---|\n- two"
    read = page(source)
    assert read.tags()[:5] == ["ul", "li", "p", "pre", "code"]
    assert {"blockquote", "table"} <= set(read.tags())
    assert read.tags().count("ul") == 1


def test_two_lists_beside_each_other_stay_two() -> None:
    assert page("- one\n\n* two").tags() == ["ul", "li", "ul", "li"]


@pytest.mark.parametrize(
    "line", ["#tag", "1986\\. A year", "\\# no", "+1 for it", "2026-11-21", "!!! x y"]
)
def test_a_line_that_only_looks_like_a_block_is_a_paragraph(line: str) -> None:
    read = page(f"before\n\n{line}")
    assert read.tags() == ["p", "p"]
    assert read.visible.split("\n")[1] == line.replace("\\", "")


def test_bars_in_code_part_no_cells() -> None:
    read = page("| a | b |\n|---|---|\n| `x \\| y` | p \\| q |")
    assert len(read.all("td")) == 2
    assert "x | y" in read.visible
    assert "p | q" in read.visible


def test_ticks_without_others_stay_signs() -> None:
    read = page(r"one \`two\` ``three ` four`` and ``` five ` six")
    assert read.visible == "one `two` three ` four and ``` five ` six\n"
    assert len(read.all("code")) == 1


def test_bullets_beside_numbers_do_not_nest() -> None:
    assert page("1. one\n- a\n\n1. two").tags() == ["ol", "li", "ul", "li", "ol", "li"]


def test_a_list_may_follow_a_line_of_text() -> None:
    assert page("What we saw:\n- errors\n- silence").tags() == ["p", "ul", "li", "li"]


def test_a_line_break_in_a_paragraph_is_a_space() -> None:
    assert page("one\ntwo").tags() == ["p"]
    assert page("one  \ntwo").tags() == ["p", "br"]


def test_rows_typed_as_plain_lines_stay_rows() -> None:
    facts = "**Severity:** 1\n**Owner**: Sam\nStatus: final"
    assert page(facts).tags() == ["p", "strong", "br", "strong", "br"]
    assert page("We saw:\n• errors\n• silence").tags() == ["p", "br", "br"]
    assert page("10:05 paged\n10:12 looking").tags() == ["p", "br"]


def test_a_sentence_with_a_colon_is_no_row() -> None:
    assert page("We saw this:\nthe site was down\nNote: late").tags() == ["p"]


def test_a_box_of_another_program_stands_apart() -> None:
    assert page("<aside>\n💡 Be kind.\n\n</aside>").tags() == ["blockquote"]


def test_details_fold_markdown_away() -> None:
    read = page("<details><summary>Logs</summary>\n\n**bold**\n\n</details>")
    assert read.tags() == ["details", "summary", "p", "strong"]


def test_angle_brackets_that_are_no_tag_stay_visible() -> None:
    source = "<angle words> List<String> a <b and 3 < 4\n\n<service name>\n\nend"
    visible = page(source).visible
    assert "<angle words> List<String> a <b and 3 < 4" in visible
    assert "<service name>" in visible


def test_forbidden_tags_stay_visible_as_words() -> None:
    assert "<script>x</script>" in page("run <script>x</script> now").visible


def test_a_tag_without_its_other_half_is_left_out() -> None:
    assert html("a <b>bold") == "<p>a bold</p>\n"


def test_headings_stand_below_the_pages_own_and_skip_no_level() -> None:
    outline = render("# A\n\n### B\n\n## C\n\n# D", prefix="s1").outline
    assert outline == (
        Heading(3, "A", "s1-a"),
        Heading(4, "B", "s1-b"),
        Heading(4, "C", "s1-c"),
        Heading(3, "D", "s1-d"),
    )


def test_the_lowest_heading_is_the_sixth() -> None:
    assert [h.level for h in render("# A\n## B\n### C", shift=5).outline] == [6, 6, 6]


def test_headings_of_one_name_get_ids_of_their_own() -> None:
    outline = render("# Cause\n# Cause\n# Cause 1\n# ?!", prefix="s3").outline
    assert [heading.anchor for heading in outline] == [
        "s3-cause",
        "s3-cause-1",
        "s3-cause-1-1",
        "s3-section",
    ]


def test_a_heading_cannot_take_the_name_of_a_part_of_the_page() -> None:
    assert render("# Content").outline[0].anchor == "text-content"


def test_a_heading_is_named_by_its_words_alone() -> None:
    (heading,) = render("## **Why** `db-1` [broke](/x) :tada: <nobody knows>").outline
    assert heading.text == "Why db-1 broke 🎉 <nobody knows>"


def test_a_link_finds_the_pages_section_then_the_texts_heading_else_nothing() -> None:
    rendered = render(
        "## Trigger\n[a](#issue-summary) [b](#trigger) [c](#Trigger) [d](#nowhere)",
        prefix="s3",
        anchors={"issue-summary": "section-1"},
    )
    read = Page(rendered.html)
    assert read.values("href") == ["#section-1", "#s3-trigger", "#s3-trigger"]
    assert read.visible.split()[-1] == "d"


def test_a_link_finds_a_heading_in_any_script() -> None:
    read = page("# Überblick: 障害\n\n[x](#überblick-障害)")
    assert read.values("href") == ["#s1-überblick-障害"]


def test_typed_links_lead_to_sections_as_well() -> None:
    rendered = render('<a href="#top">x</a>', anchors={"top": "section-1"})
    assert Page(rendered.html).values("href") == ["#section-1"]


def test_plain_text_has_the_words_without_the_marks() -> None:
    source = "# Title\n\nA **bold** [link](/x) :tada:\n\n- [x] task\n\n```\ncode\n```"
    assert plain(source) == "Title\nA bold link 🎉\n[x] task\ncode"


def test_plain_text_keeps_angle_words_and_drops_tags() -> None:
    assert plain("a <b>bold</b> <host name> <!-- hidden -->") == "a bold <host name>"


def test_words_are_counted_as_people_count_them() -> None:
    assert word_count("It's **10:45**; e.g. `db-1` — [went](/down) away.") == 6
    assert word_count("障害です") == 4
    assert render("one two").words == 2


def test_an_empty_text_is_an_empty_page() -> None:
    rendered = render("")
    assert (rendered.html, rendered.outline, rendered.words) == ("", (), 0)

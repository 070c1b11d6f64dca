"""What must never come through the door, whoever writes it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.render import MAX_CHARACTERS, TooLong, plain, render
from incidents.documents.render.wall import ATTRIBUTES, TAGS, clean
from tests.documents.render.page_reader import Page

HARMLESS = re.compile(r"(?:https?:|mailto:|#|[^:]*$|[^:/?#]*[/?#])", re.I)

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    '<img src="/a.png" onload="alert(1)">',
    "<img/src='/a.png'/onerror=alert(1)>",
    '<img src="javascript:alert(1)">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<iframe src='https://evil.example'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src='javascript:alert(1)'>",
    "<form action='https://evil.example'><input name=password></form>",
    "<button formaction='javascript:alert(1)'>x</button>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>body{background:url('javascript:alert(1)')}</style>",
    "<b style='position:fixed;inset:0'>x</b>",
    "<b onmouseover=alert(1)>x</b>",
    "<details open ontoggle=alert(1)>x</details>",
    "<body onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java&#x0A;script:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='//evil.example'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](&#x6a;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:alert(1))",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/path)",
    "[x](/\\evil.example)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    '![x](/a.png "onerror=alert(1)")',
    '![" onerror="alert(1)](/a.png)',
    '[x](/a "\\" onclick=alert(1) ")',
    '[x](/a"onclick="alert(1))',
    '```"><script>alert(1)</script>\ncode\n```',
    '```js" onclick="alert(1)\ncode\n```',
    "`<script>alert(1)</script>`",
    "# <script>alert(1)</script>",
    '!!! note "<img src=x onerror=alert(1)>"\n    x',
    "[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
    "|<script>alert(1)</script>|\n|-|\n|<img src=x onerror=alert(1)>|",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><script>alert(1)</script> -->",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea></textarea><script>alert(1)</script>",
    "<template><script>alert(1)</script></template>",
    "<p title='<script>alert(1)</script>'>x</p>",
    "<input type=image src=x onerror=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<table background='javascript:alert(1)'><tr><td>x</td></tr></table>",
    "<div id=save-form class=danger>x</div>",
]


def assert_harmless(html: str) -> None:
    for element in Page(html).elements:
        assert element.tag in TAGS
        allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(element.tag, set())
        assert set(element.attributes) <= allowed
        for name in ("href", "src"):
            address = element.attributes.get(name, "")
            assert HARMLESS.match(address)
            assert not address.replace("\\", "/").startswith("//")


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_script_style_form_or_foreign_address_survives(attack: str) -> None:
    for text in (attack, f"before {attack} after", f"> - {attack}"):
        assert_harmless(render(text, prefix="s1").html)


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_wall_alone_holds_as_well(attack: str) -> None:
    html = clean(attack, "s1")
    for element in Page(html).elements:
        assert element.tag in TAGS
        assert not [name for name in element.attributes if name.startswith("on")]
    assert not re.search(r"(?i)(?:href|src)=\W*(?:java|vb|data:)", html)


def test_a_writer_cannot_take_an_id_or_a_class_of_the_page() -> None:
    page = Page(render('<div id="s1-x" class="admonition">x</div>', prefix="s1").html)
    assert page.values("id") == []
    assert page.values("class") == []


def test_a_writer_cannot_place_a_form_field_or_a_box_that_can_be_ticked() -> None:
    page = Page(render("<input type=text> and\n\n- [ ] a task").html)
    (box,) = page.all("input")
    assert box.attributes["type"] == "checkbox"
    assert "disabled" in box.attributes


def test_a_closing_tag_cannot_break_out_of_its_box() -> None:
    html = render("!!! note\n    inside</div></div>\n\n    still inside").html
    assert html.index("still inside") < html.index("</div>")


def test_a_text_over_the_cap_is_refused_with_what_to_do() -> None:
    too_long = "x" * (MAX_CHARACTERS + 1)
    with pytest.raises(TooLong, match=r"200,001 characters.*move part of it"):
        render(too_long)
    with pytest.raises(TooLong):
        plain(too_long)


LINES = ["# ", "## ", "- ", "1. ", "  - ", "> ", "> [!NOTE]\n", "!!! note\n    "]
LINES += ["```", "~~~py\n", "|a|b|\n|-|-|\n", "[^1]: ", "[a]: /x\n", "- [ ] ", "    "]
MARKS = [
    "[^1]",
    "[a](#b)",
    "[a]",
    "![i](/p.png)",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "\\",
    "\t",
]
MARKS += ["\n", "\n\n", ":tada:", "https://x.example/", "&amp;", "<x y>"]
TYPED = ["<b>", "</b>", "<details>", "</details>", "<div id=x>", "<!--", "-->", "<p>"]
TYPED += ["<a href=#a>", "</a>", "<table>", "<td>", "</td>", "<h1>", "</h1>", "</div>"]
PIECE = st.one_of(st.sampled_from(LINES + MARKS + TYPED), st.text(max_size=8))
MARKDOWN = st.lists(PIECE, max_size=40).map("".join)


@given(MARKDOWN)
def test_any_text_renders_to_what_is_allowed(source: str) -> None:
    assert_harmless(render(source, prefix="s1").html)


@given(MARKDOWN)
def test_every_id_is_the_texts_own_and_stands_once(source: str) -> None:
    ids = Page(render(source, prefix="s1").html).values("id")
    assert all(name.startswith("s1-") for name in ids)
    assert len(ids) == len(set(ids))


@given(MARKDOWN)
def test_every_link_within_the_text_leads_somewhere(source: str) -> None:
    page = Page(render(source, prefix="s1").html)
    targets = [href[1:] for href in page.values("href") if href.startswith("#")]
    assert set(targets) <= set(page.values("id"))


@given(MARKDOWN)
def test_the_same_text_gives_the_same_bytes(source: str) -> None:
    assert render(source, prefix="s1") == render(source, prefix="s1")


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=())))
def test_letters_that_no_file_can_hold_do_not_stop_a_page(source: str) -> None:
    assert_harmless(render(source).html)
    plain(source)

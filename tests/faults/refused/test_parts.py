"""Words cut in parts: nothing is lost at the seam, and what was held back stays back."""

import random
from dataclasses import replace

import pytest

from desk.content import Content, trace_of, utf16_length
from desk.formatted import bare, between, good_end

WORDS = ("зонтик", "поёт", "🌂🎶", "&amp;", "1&nbsp;раз", "\n", "<b>громко</b>", "<i>и <u>очень</u></i>")
LINK = '<a href="https://example.com/?a=1&amp;b=2">тут</a>'


@pytest.mark.parametrize("seed", range(30))
def test_html_in_parts_is_the_whole_with_every_tag_closed(seed: int) -> None:
    chance = random.Random(seed)
    html = " ".join(chance.choice((*WORDS, LINK)) for _ in range(60))
    text, at, seen = bare(html), 0, ""
    while at < len(text):
        end = at + good_end(text[at:], 20)
        part = between(html, at, end)
        assert bare(part) == text[at:end]
        assert part.count("<b>") == part.count("</b>")
        assert part.count("<a href=") == part.count("</a>")
        at, seen = end, seen + bare(part)
    assert seen == text


def test_formatting_goes_on_over_the_seam() -> None:
    html = "<b>раз <i>два</i> три</b>"
    assert between(html, 0, 6) + "|" + between(html, 6, 11) == "<b>раз <i>дв</i></b>|<b><i>а</i> три</b>"
    bold = {"type": "bold", "offset": 3, "length": 6}
    content = Content(text="🌂 громко!", entities=(bold,))
    first, rest = content.part(0, 5), content.part(5)
    assert (first.text, rest.text) == ("🌂 гро", "мко!")
    assert first.entities == ({"type": "bold", "offset": 3, "length": 3},)
    assert rest.entities == ({"type": "bold", "offset": 0, "length": 3},)
    assert utf16_length(first.text) == 6


@pytest.mark.parametrize(
    ("text", "end"),
    [("коротко", 7), ("раз два три четыре", 8), ("раз два\nтри четыре", 8), ("ж" * 30, 10)],
)
def test_a_part_ends_after_a_line_or_a_word_if_one_is_near(text: str, end: int) -> None:
    assert good_end(text, 10) == end


def test_whoever_changes_the_words_keeps_the_original_from_being_shown() -> None:
    text, extra = "карта 4276 5500 1234 5678", {"has_spoiler": True}
    read = Content(text=text, extra=extra, trace=trace_of(text, extra))
    assert Content.from_json(read.as_json()).as_written
    assert not replace(read, text="карта •••• 5678").as_written
    assert not replace(read, extra={}).as_written
    assert not Content(text="ответ базы знаний").as_written

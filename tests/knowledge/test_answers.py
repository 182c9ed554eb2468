"""Answers reach the customer as they were meant, whoever the customer is."""

import pytest

from faq.entries.answer import check, render
from tests.knowledge.shelf import entry, starter


def test_the_customers_name_cannot_break_the_answer() -> None:
    greeting = entry("a", "Q", answer="<b>{{ customer.first_name }}</b>, здравствуйте")
    assert render(greeting, "ru", {"first_name": "<i>&"}) == "<b>&lt;i&gt;&amp;</b>, здравствуйте"
    assert render(greeting, "ru", {"first_name": "{{ 7 * 7 }}"}) == "<b>{{ 7 * 7 }}</b>, здравствуйте"


def test_what_is_not_known_of_the_customer_is_left_blank() -> None:
    polite = entry("a", "Q", answer="{% if customer.first_name %}{{ customer.first_name }}, {% endif %}да")
    assert render(polite, "ru", {"first_name": "Аня"}) == "Аня, да"
    assert render(polite, "ru", {}) == "да"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_starter_answers_greet_by_name(language: str) -> None:
    status = starter().get("order-status")
    assert status
    assert "Anna" in render(status, language, {"first_name": "Anna"})
    assert render(status, language, {})[0].isupper()


@pytest.mark.parametrize(
    "text",
    [
        "Просто текст & знаки > 5 «кавычки»",
        "<b>b</b> <i>i</i> <u>u</u> <s>s</s> <code>c</code> <pre>p</pre>",
        '<a href="https://example.com?a=1&amp;b=2">ссылка</a> <tg-spoiler>s</tg-spoiler>',
        "<span class='tg-spoiler'>s</span> <blockquote expandable>q</blockquote> 5 &lt; 6 &#8381;",
        '{{ customer.first_name | default("друг", true) }}, да',
        "x" * 4096,
        "<b>" + "x" * 4096 + "</b>",
    ],
)
def test_what_telegram_takes_is_taken(text: str) -> None:
    assert check(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<h1>Заголовок</h1>", "html_tag"),
        ("строка<br>строка", "html_tag"),
        ("<b>не закрыт", "html_unclosed"),
        ("<b><i>крест-накрест</b></i>", "html_unopened"),
        ("лишний</i>", "html_unopened"),
        ("5 < 6", "html_bracket"),
        ("<a>без адреса</a>", "html_attribute"),
        ("<span>просто</span>", "html_attribute"),
        ("100&nbsp;₽", "html_entity"),
        ("x" * 4097, "too_long"),
        ("x" * 4090 + "{{ customer.first_name }}", "too_long"),
        ("{% if customer.username %}x{% endif %}", "empty_text"),
        ("{{ customer.first_nam }}", "unknown_variable"),
        ("{{ customer }}", "unknown_variable"),
        ("{{ order.number }}", "unknown_variable"),
        ("{{ customer.first_name", "template_syntax"),
        ("{% for x in 'abc' %}{{ x }}{% endfor %}", "template_feature"),
        ("{% include 'other' %}", "template_feature"),
        ("{{ customer.first_name.__class__ }}", "template_feature"),
        ("{{ 'x' * 1000000000 }}", "template_feature"),
        ("{{ customer.first_name | center(1000000000) }}", "template_feature"),
        ("{% if customer.first_name %}" * 200 + "x" + "{% endif %}" * 200, "template_syntax"),
        ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "template_syntax"),
    ],
)
def test_what_would_not_arrive_is_found_beforehand(text: str, kind: str) -> None:
    assert kind in {finding.kind.value for finding in check(text)}

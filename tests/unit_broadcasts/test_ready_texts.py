"""Ready texts of the configuration: a button or a name fills a draft, a hostile one is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from broadcasts.incident import Severity, Status
from desk.component import Component
from desk.formatted import bare
from desk.notice_template import NoticeTemplate, objection
from tests.managers import CHANNEL
from tests.unit_broadcasts.newsroom import Newsroom


@pytest.fixture(autouse=True)
def templates(newsroom: Newsroom) -> None:
    template = NoticeTemplate(
        id="card_down",
        title="Не проходит оплата картой",
        severity="red",
        components=("payments",),
        minutes=30,
        texts={
            "ru": "С {{ now }} не работает {{ components }}. Новости до {{ next_by }}.",
            "en": "Since {{ now }}",
        },
    )
    newsroom.profile = replace(
        newsroom.profile,
        templates=(template,),
        components=(Component(id="payments", names={"ru": "Оплата <картой>"}),),
    )


def test_a_button_fills_the_text_and_the_promise(newsroom: Newsroom) -> None:
    newsroom.broadcast("red", "")
    newsroom.presses("Не проходит оплата картой")
    shown = newsroom.newest_message()
    assert "С 14:05 не работает Оплата &lt;картой&gt;. Новости до 14:35." in shown.text
    newsroom.presses("Опубликовать")
    [incident] = newsroom.incidents.live()
    assert (incident.title, incident.components) == ("Не проходит оплата картой", ("payments",))
    assert incident.next_by is not None
    assert "Оплата <картой>" in bare(newsroom.sees(CHANNEL)[0])


def test_its_name_behind_the_command_is_enough(newsroom: Newsroom) -> None:
    shown = newsroom.broadcast(None, "card_down")
    assert shown.text.startswith("🔴 <b>Сбой</b>")
    assert "Опубликовать" in shown.buttons
    shown = newsroom.broadcast("red", "card_down")
    assert "не работает" not in shown.text, "behind a colour it is a text like any other"


def test_a_press_of_one_that_is_gone_does_nothing(newsroom: Newsroom) -> None:
    shown = newsroom.broadcast("red", "")
    newsroom.profile = replace(newsroom.profile, templates=())
    assert "больше не действует" in (newsroom.presses("Не проходит оплата картой", on=shown) or "")


FOUND = NoticeTemplate(
    id="found",
    title="Нашли причину",
    severity="green",
    status="identified",
    minutes=15,
    texts={"ru": "{{ components }}: не работает с {{ started }}, причина найдена. Новости до {{ next_by }}."},
)
PAID = NoticeTemplate(
    id="paid", title="Платежи прошли", severity="red", status="resolved", texts={"ru": "Все платежи прошли."}
)


def test_further_steps_have_texts_of_their_own(newsroom: Newsroom) -> None:
    newsroom.profile = replace(newsroom.profile, templates=(*newsroom.profile.templates, FOUND, PAID))
    shown = newsroom.broadcast("red", "")
    assert {"Нашли причину", "Платежи прошли"}.isdisjoint(shown.buttons)
    newsroom.presses("Не проходит оплата картой")
    newsroom.presses("Опубликовать")
    newsroom.now += timedelta(minutes=15)
    newsroom.press(next(iter(newsroom.lists_incidents().buttons.values())), newsroom.newest_message().id)
    newsroom.presses("Обновить")
    asked = newsroom.newest_message()
    assert "Платежи прошли" not in asked.buttons
    newsroom.presses("Нашли причину")
    assert (
        "Оплата &lt;картой&gt;: не работает с 14:05, причина найдена. Новости до 14:35."
        in newsroom.newest_message().text
    )
    newsroom.presses("Опубликовать")
    [incident] = newsroom.incidents.live()
    assert (incident.status, incident.severity, incident.title) == (
        Status.IDENTIFIED,
        Severity.RED,
        "Не проходит оплата картой",
    )
    assert incident.components == ("payments",)

    newsroom.press(next(iter(newsroom.lists_incidents().buttons.values())), newsroom.newest_message().id)
    newsroom.presses("Решено")
    newsroom.presses("Изменить…")
    assert "Нашли причину" not in newsroom.newest_message().buttons
    newsroom.presses("Платежи прошли")
    assert "Все платежи прошли." in newsroom.newest_message().text
    newsroom.presses("Опубликовать")
    assert newsroom.incidents.live() == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ customer }}",
        "{% for",
        "{{ ''.__class__.__mro__ }}",
        "{{ 'x' * 100000 }}",
        "{{ 1 / 0 }}",
        "{{ next_by[0] }}",
        "{{ 1 / (components|length) }}",
        "{% include 'x' %}",
    ],
)
def test_what_cannot_be_a_ready_text_is_refused_with_a_reason(text: str) -> None:
    assert objection(text)


def test_plain_words_are_a_ready_text() -> None:
    assert objection("Не работает <b>вход</b>, 100 % людей") is None


def test_what_cannot_be_filled_after_all_is_asked_for(newsroom: Newsroom) -> None:
    fragile = replace(newsroom.profile.templates[0], texts={"ru": "{{ 1 / (components|length - 15) }}"})
    assert objection(fragile.text("ru")) is None
    newsroom.profile = replace(newsroom.profile, templates=(fragile,))
    newsroom.broadcast("red", "")
    newsroom.presses("Не проходит оплата картой")
    assert "Опубликовать" not in newsroom.newest_message().buttons
    assert newsroom.writes("Не проходит оплата")
    assert newsroom.presses("Опубликовать") == "Опубликовано"

"""/incidents audit: who tried what, and whether it was allowed."""

from dataclasses import replace

from desk.formatted import bare
from tests.managers import ANNA, BORIS, STRANGER
from tests.unit_broadcasts.newsroom import Newsroom
from tests.unit_broadcasts.test_two_people import PETR, at_home

BOSS = frozenset({BORIS.telegram_id})


def test_it_says_who_did_what_newest_first(newsroom: Newsroom) -> None:
    newsroom.publishes("red", "Не проходит оплата")
    newsroom.commands("broadcast", "red Взлом", STRANGER, at_home(STRANGER))
    text = bare(newsroom.commands("incidents", "audit").text).replace("\u00a0", " ")
    lines = text.splitlines()[2:]
    assert len(lines) == 5
    assert "Анна · читает журнал" in lines[0]
    assert lines[1].startswith("⛔️")
    assert "5005 · /broadcast · отказано" in lines[1]
    assert "Анна · опубликовано №1:1 · red concerned service" in lines[2]
    assert "Анна · публикует" in lines[3]
    assert "Взлом" not in text


def test_it_says_who_pressed_and_whose_text_it_was(newsroom: Newsroom) -> None:
    newsroom.profile = replace(newsroom.profile, publishers={ANNA.telegram_id: "draft"}, managers=BOSS)
    newsroom.broadcast("red", "Не проходит оплата")
    newsroom.presses("Отправить")
    assert newsroom.presses("Опубликовать", BORIS, at_home(BORIS)) == "Опубликовано"
    text = bare(newsroom.commands("incidents", "audit", BORIS, at_home(BORIS)).text).replace("\u00a0", " ")
    [line] = [each for each in text.splitlines() if "опубликовано" in each]
    assert line.endswith("1002 · опубликовано №1:1 · red concerned service · текст: Анна")


def test_it_is_read_a_page_at_a_time(newsroom: Newsroom) -> None:
    for _ in range(45):
        newsroom.commands("incidents", "", BORIS, at_home(BORIS))
    shown = newsroom.commands("incidents", "audit")
    seen = [bare(shown.text)]
    while "Раньше ›" in newsroom.newest_message().buttons:
        newsroom.presses("Раньше ›")
        seen.append(bare(newsroom.newest_message().text))
    assert len(seen) == 3
    newsroom.presses("‹ К новым")
    assert "читает журнал" in newsroom.newest_message().text


def test_it_is_for_managers_only(newsroom: Newsroom) -> None:
    newsroom.profile = replace(newsroom.profile, publishers={PETR.telegram_id: "approve"})
    newsroom.commands("incidents", "audit", PETR, at_home(PETR))
    assert "могут только менеджеры" in newsroom.sees(PETR.telegram_id)[-1].replace("\u00a0", " ")
    shown = newsroom.commands("incidents", "audit")
    assert "могут только" in (newsroom.press("audit:page:0", shown.id, PETR) or "").replace("\u00a0", " ")


def test_a_reason_cannot_be_taken_for_formatting(newsroom: Newsroom) -> None:
    newsroom.profile = replace(newsroom.profile, two_person="always")
    newsroom.broadcast("yellow", "Медленно")
    newsroom.presses("Опубликовать без второго")
    newsroom.writes("если &lt;b&gt; сломалось")
    assert "если &lt;b&gt; сломалось" in newsroom.commands("incidents", "audit", ANNA).text

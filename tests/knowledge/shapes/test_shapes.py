"""Knowledge bases in the shapes in which people have them: each is taken, and customers see clean answers."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from faq.entries import telegram_html
from faq.entries.answer import render
from faq.entries.entry import Entry
from faq.entries.remark import RemarkKind
from faq.files.formats import Imported, import_file
from faq.files.loading import load_knowledge
from faq.files.writing import export_yaml
from faq.matching.match import Sure
from tests.knowledge.shapes.workbooks import workbook
from tests.knowledge.shelf import ask

SHAPES = Path(__file__).parent / "samples"
NAMES = sorted(path.name for path in SHAPES.iterdir())


def taken(name: str) -> Imported:
    return import_file(SHAPES / name)


def seen(entry: Entry, language: str = "ru") -> str:
    """What a customer reads, who has no name."""
    return render(entry, language, {})


def questions(entries: tuple[Entry, ...], language: str = "ru") -> list[tuple[str, str]]:
    return [(one.category_in(language), one.question_in(language)) for one in entries]


def told(imported: Imported) -> set[tuple[str, str]]:
    """What was said, as the kind and the most telling of its values."""
    telling = ("key", "name", "what", "lines", "language", "title", "n")
    return {
        (each.kind.value, str(next((each.params[key] for key in telling if key in each.params), "")))
        for each in imported.remarks
    }


@pytest.mark.parametrize("name", NAMES)
def test_each_is_taken_whole_and_answers_questions(name: str, tmp_path: Path) -> None:
    imported = taken(name)
    assert imported.entries
    assert imported.problems == ()
    knowledge = load_knowledge([SHAPES / name])
    assert knowledge.entries == imported.entries
    for entry in imported.entries:
        for language in ("ru", "en"):
            assert telegram_html.check(seen(entry, language)) == []
            if not entry.hidden:
                match = ask(knowledge, entry.question_in(language), language)
                assert isinstance(match, Sure)
                assert match.best.entry == entry
    written = tmp_path / "faq.yaml"
    written.write_text(export_yaml(imported.entries), "utf-8")
    again = import_file(written)
    assert (again.entries, again.problems, again.remarks) == (imported.entries, (), ())


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_made_the_same_each_time(name: str) -> None:
    ids = [entry.id for entry in taken(name).entries]
    assert ids == [entry.id for entry in taken(name).entries]
    assert len(ids) == len(set(ids))


def test_an_export_of_a_help_desk() -> None:
    imported = taken("helpdesk.csv")
    time, cost, gift = imported.entries
    assert (time.id, cost.id, gift.id) == ("ship-time", "ship-cost", "gift-wrap")
    link = '<a href="https://example.com/track">your account</a>'
    assert seen(time) == f"Two to four days. Tracking is in {link}."
    assert (time.hidden, gift.hidden) == (False, True)
    assert told(imported) == {
        ("guessed", "question"),
        ("guessed", "answer"),
        ("unused", "owner"),
        ("unused", "updated"),
        ("switched_off", "enabled"),
    }


def test_a_table_in_two_languages() -> None:
    imported = taken("two_languages.csv")
    pay, on_delivery, back = imported.entries
    assert [one.category_in("ru") for one in imported.entries] == ["Оплата", "Оплата", "Возврат"]
    assert (seen(pay), seen(pay, "en")) == ("Картой или по СБП.", "By card.")
    assert on_delivery.question == {
        "ru": "Можно ли оплатить при получении?",
        "en": "Can I pay on delivery?",
    }
    assert seen(on_delivery, "en") == "Да, курьеру — наличными или картой."
    assert seen(back).endswith("; деньги придут за 3 дня.")
    assert {("encoding", "Windows-1251"), ("above", "1"), ("no_text_in", "en")} <= told(imported)


def test_a_table_without_names_of_columns() -> None:
    imported = taken("no_header.csv")
    assert len(imported.entries) == 3
    assert seen(imported.entries[0]) == "Санкт-Петербург, Садовая, 1. Вход со двора."
    assert {("no_header", ""), ("chosen_by_content", "question"), ("ids_made", "3")} <= told(imported)


def test_the_sheet_of_a_chat_bot() -> None:
    imported = taken("chatbot.csv")
    reset, change = imported.entries
    assert reset.phrasings == {"": ("forgot password", "can't log in")}
    assert seen(reset) == (
        "Open <b>Settings</b> and choose:\n\n1. Security\n2. Reset\u00a0password\n\n"
        'Still stuck?\nWrite to <a href="mailto:help@example.com">us</a>.'
    )
    assert seen(change) == "<b>Plan — Price</b>\nBasic — $5\nPro — $9"
    assert {
        ("guessed", "phrasings"),
        ("unused", "Tags"),
        ("same_as", "3"),
        ("simplified", "<br> × 1, <li> × 2, <ol> × 1, <p> × 2"),
        ("left_out", "<img> The page of plans"),
    } <= told(imported)


def test_sections_with_items() -> None:
    imported = taken("sections.yaml")
    assert questions(imported.entries) == [
        ("Доставка", "Сколько идёт посылка?"),
        ("Доставка", "Можно ли забрать самому?"),
        ("Оплата", "Какие карты вы принимаете?"),
    ]
    assert imported.entries[0].id == "skolko-idet-posylka"
    assert [one.phrasings for one in imported.entries][:2] == [{}, {"": ("самовывоз", "забрать из пункта")}]
    assert {("unused", "icon"), ("unused", "priority"), ("guessed", "question")} <= told(imported)


def test_answers_under_their_questions() -> None:
    entries = taken("by_question.yaml").entries
    assert questions(entries)[2] == ("Документы", "Какие документы взять с собой?")
    assert seen(entries[1]) == ("Напишите «отмена» не позже чем за два часа.\nПредоплата вернётся на карту.")


def test_what_a_site_tells_search_engines() -> None:
    abroad, warranty = taken("site.json").entries
    assert seen(abroad) == "Yes, to 40 countries 🌍.\n\n• EU: 5–7 days\n• Elsewhere: 10 days"
    assert warranty.question_in("en") == "Is there a warranty?"
    assert seen(warranty) == "Two years. See https://example.com/warranty"


def test_markdown_with_key_words() -> None:
    imported = taken("keywords.md")
    assert questions(imported.entries) == [
        ("Меню", "Есть ли кофе без кофеина?"),
        ("Меню", "Есть ли растительное молоко?"),
        ("Зал", "Можно ли прийти с собакой?"),
    ]
    decaf, milk, dog = imported.entries
    assert decaf.phrasings == {"": ("декаф", "без кофеина", "безкофеиновый")}
    assert milk.phrasings == {"": ("oat milk", "vegan")}
    assert seen(decaf) == (
        "Да, декаф есть <b>всегда</b>:\n\n1. эспрессо\n2. капучино\n\n"
        "<b>Объём — Цена</b>\n200 мл — 190 ₽\n300 мл — 230 ₽"
    )
    assert seen(milk) == "Овсяное и кокосовое, плюс 60 ₽."
    assert seen(dog) == 'Конечно. <a href="https://example.com/dog.jpg">Наш пёс</a>'
    assert ("outside", "Здесь собраны ответы для бариста и гостей.") in told(imported)


def test_questions_and_answers_with_a_sign_before_them() -> None:
    entries = taken("pairs.txt").entries
    assert [(one.question_in("ru"), seen(one)) for one in entries] == [
        ("Как подключить интернет?", "Оставьте заявку на сайте, мастер придёт\nв удобный день."),
        ("Почему медленно работает?", "Перезагрузите роутер.\nО скорости: проверьте её на кабеле."),
        ("Can I freeze my plan?", "Yes, for up to 30 days."),
        ("Где мой договор?", "В личном кабинете, раздел «Документы»."),
    ]


def test_what_folds_out() -> None:
    imported = taken("folded.md")
    assert [(one.question_in("en"), seen(one)) for one in imported.entries] == [
        ("How do I install the app?", "Run <code>pip install sample</code> and <b>restart</b>."),
        ("Which systems are supported?", "Linux, macOS and Windows 10+."),
    ]
    assert ("outside", "Made with love.") in told(imported)


def test_the_page_of_a_help_centre() -> None:
    imported = taken("help_center.html")
    assert questions(imported.entries) == [
        ("Абонементы", "Как заморозить абонемент?"),
        ("Абонементы", "Сколько стоит абонемент?"),
        ("Занятия", "Как записаться на йогу?"),
        ("Занятия", "Нужна ли справка от врача?"),
    ]
    freeze, price, yoga, note = map(seen, imported.entries)
    assert freeze == (
        "Заморозка доступна\u00a0<b>один раз</b> в\u00a0год:\n\n"
        "• откройте «Профиль»;\n• нажмите «Заморозить»\nи выберите срок."
    )
    assert price == "<b>Срок — Цена</b>\nМесяц — 3 000 ₽\nГод — 24 000 ₽"
    assert (yoga, note) == ("В приложении, за день до занятия.", "Да, для бассейна.")
    lines = {each.line for each in imported.remarks if each.kind is RemarkKind.SIMPLIFIED}
    assert lines == {8, 17, 25, 26}


SHEETS: Mapping[str, list[list[str]]] = {
    "Доставка": [
        ["Ответы отдела доставки"],
        ["№", "Вопрос", "Ответ"],
        ["1", "Сколько идёт посылка?", "Два дня."],
        ["2", "Где вы доставляете?", "<p>По всей стране.</p>"],
    ],
    "Оплата": [["Вопрос", "Ответ", "Активен"], ["Как оплатить?", "Картой.", "нет"]],
    "Заметки": [["не забыть"], ["обновить цены"]],
}


def test_a_workbook_with_a_sheet_for_each_section() -> None:
    imported = import_file(Path("faq.xlsx"), workbook(SHEETS))
    assert questions(imported.entries) == [
        ("Доставка", "Сколько идёт посылка?"),
        ("Доставка", "Где вы доставляете?"),
        ("Оплата", "Как оплатить?"),
    ]
    assert seen(imported.entries[1]) == "По всей стране."
    assert imported.entries[2].hidden
    assert imported.problems == ()
    assert {
        ("sheet_as_section", "Доставка"),
        ("outside", "Заметки"),
        ("unused", "№"),
        ("switched_off", "Активен"),
    } <= told(imported)


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04 not really", workbook({"A": [["x"]]})[:-40]])
def test_a_workbook_that_is_none_is_refused(content: bytes) -> None:
    imported = import_file(Path("faq.xlsx"), content)
    assert imported.entries == ()
    assert len(imported.problems) == 1

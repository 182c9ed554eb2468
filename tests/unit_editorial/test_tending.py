"""An entry in a manager's hands: found, taken out of use and back, undone, and never overwritten unseen."""

from dataclasses import replace
from datetime import date

from desk.formatted import length_of
from faq.entries.entry import ANY
from faq.entries.version import Action
from tests.managers import ANNA, BORIS
from tests.unit_editorial.writers import DELIVERY, REFUND, Writers, entry


def test_home_counts_what_there_is(writers: Writers) -> None:
    writers.has(
        REFUND,
        replace(DELIVERY, hidden=True),
        replace(REFUND, id="old", valid_until=date(2026, 11, 1)),
        replace(REFUND, id="soon", valid_until=date(2026, 11, 24)),
        replace(REFUND, id="later", valid_until=date(2027, 11, 24)),
    )
    writers.faq()
    assert "5 записей" in writers.text
    assert "Отключено: 1" in writers.text
    assert "Срок вышел: 1" in writers.text
    assert "Срок выйдет на неделе: 1" in writers.text
    assert writers.buttons[:2] == ["Оплата · 4", "Доставка · 1"]
    assert not any("Предложения" in each or "разошлись" in each for each in writers.buttons)
    writers.presses("Оплата")
    assert "⌛ Как вернуть деньги?" in writers.buttons


def test_an_empty_knowledge_base_says_what_to_do(writers: Writers) -> None:
    writers.faq()
    assert "Пока пусто" in writers.text


def test_sections_and_entries_are_paged(writers: Writers) -> None:
    writers.has(*(entry(f"e{n}", f"Вопрос {n}?", section=f"Раздел {n // 15}") for n in range(600)))
    writers.faq()
    home = writers.newest_message()
    assert "Раздел 0 · 15" in home.buttons
    writers.presses("Дальше (1 / 3)")
    assert "Раздел 20 · 15" in home.buttons
    writers.presses("Раздел 20")
    assert "страница 1 из 2" in home.text
    writers.presses("Дальше (1 / 2)")
    assert "Вопрос 314?" in home.buttons
    writers.presses("Вопрос 314?")
    writers.presses("« Назад")
    assert "Раздел 20" in home.text


def test_an_entry_is_found_by_its_id_its_words_or_what_a_customer_would_say(writers: Writers) -> None:
    writers.has(REFUND, DELIVERY)
    for words in ("refund", "ВЕРНИТЕ", "rfr dthyenm ltymub"):
        writers.faq(words)
        assert "Как вернуть деньги?" in writers.text + "".join(writers.buttons)
    writers.faq("зонтик")
    assert "ничего не нашлось" in writers.text
    writers.has(replace(REFUND, id="refund-2"))
    writers.faq("вернуть")
    assert "2 записи" in writers.text


def test_an_entry_shows_everything_about_it(writers: Writers) -> None:
    writers.has(
        replace(
            REFUND,
            answer={ANY: "{{ customer.first_name }}, <a href='https://a.example'>сюда</a>"},
            media="telegram:photo:AgAC",
            valid_until=date(2030, 12, 31),
            sure=0.9,
            languages=("ru",),
            call_person=True,
        )
    )
    writers.faq("refund")
    for said in (
        "Раздел: Оплата",
        "• хочу возврат",
        "Анна, <a href='https://a.example'>сюда</a>",
        "К ответу приложено: фото",
        "Действует по 31.12.2030",
        "Всегда зовёт человека",
        "от 90\u00a0% уверенности",
        "Только для языков: Русский",
        "версия 1 · faq.yaml, сегодня в\u00a014:05",
    ):
        assert said in writers.text


def test_a_long_answer_is_shown_by_its_beginning(writers: Writers) -> None:
    writers.has(replace(REFUND, answer={ANY: "<b>" + "слово " * 680 + "</b>"}))
    writers.has(replace(REFUND, id="flags", answer={ANY: "🦄" * 4000}))
    for entry_id in ("flags", "refund"):
        writers.faq(entry_id)
        assert "Здесь только начало" in writers.text
        assert length_of(writers.text) <= 4096
    writers.presses("Как увидит клиент")
    assert writers.text.startswith("<b>слово")


def test_an_entry_is_switched_off_and_on(writers: Writers) -> None:
    writers.has(REFUND)
    writers.faq("refund")
    assert writers.presses("Отключить") == "Отключено"
    assert "Отключена: клиенты её не видят" in writers.text
    assert writers.newest("refund").action is Action.DISABLED
    assert writers.entry("refund").hidden
    assert writers.presses("Вернуть", who=BORIS) == "Снова в деле"
    assert writers.entry("refund") == REFUND
    assert writers.newest("refund").author.name == "Борис"


def test_the_last_change_is_undone(writers: Writers) -> None:
    writers.has(REFUND)
    writers.faq("refund")
    assert "Отменить последнее" not in writers.buttons
    writers.changes(replace(REFUND, answer={ANY: "Никак"}))
    writers.faq("refund")
    assert writers.presses("Отменить последнее") == "Вернули как было"
    undone = writers.newest("refund")
    assert (undone.number, undone.action, undone.entry) == (3, Action.UNDONE, REFUND)
    assert "Ответ на «Как вернуть деньги?»" in writers.text


def test_an_old_page_does_not_undo_somebody_s_newer_change(writers: Writers) -> None:
    writers.has(REFUND)
    writers.changes(replace(REFUND, answer={ANY: "Раз"}))
    writers.faq("refund")
    writers.changes(replace(REFUND, answer={ANY: "Два"}))
    for caption in ("Отменить последнее", "Отключить", "Удалить"):
        page = writers.faq("refund")
        writers.changes(replace(REFUND, answer={ANY: caption}))
        assert "изменили" in (writers.presses(caption, on=page) or "")
        assert "Вот какая она теперь" in page.text
        assert writers.entry("refund").answer == {ANY: caption}


def test_deleting_asks_first_and_can_be_taken_back(writers: Writers) -> None:
    writers.has(REFUND, DELIVERY)
    writers.faq("refund")
    writers.presses("Удалить")
    assert "Удалить «Как вернуть деньги?»?" in writers.text
    writers.presses("« Назад")
    writers.presses("Удалить")
    assert writers.presses("Да, удалить") == "Удалено"
    assert writers.newest("refund").entry is None
    assert [each.id for each in writers.knowledge.entries] == ["delivery"]
    writers.faq()
    writers.presses("Удалённые (1)")
    writers.presses("🗑")
    writers.presses("История")
    assert "удалено" in writers.text
    writers.presses("№ 1")
    assert writers.presses("Вернуть эту") == "Вернули"
    assert writers.entry("refund") == REFUND


def test_history_says_who_changed_what_and_when(writers: Writers) -> None:
    writers.has(REFUND)
    writers.passes(days=1)
    writers.changes(
        replace(REFUND, answer={ANY: "Так"}, phrasings={ANY: ("хочу возврат", "раз", "два")}), by="<Борис>"
    )
    writers.faq("refund")
    writers.presses("Отключить")
    writers.presses("История")
    newest, middle, first = writers.text.split("\n\n")[1:]
    assert newest.startswith("<b>3.</b> отключено\nАнна, ")
    assert middle == "<b>2.</b> изменено: формулировки (+2 −1), ответ\n&lt;Борис&gt;, сегодня в\u00a014:05"
    assert first == "<b>1.</b> взято из файла\nfaq.yaml, вчера в\u00a014:05"
    writers.presses("№ 2")
    assert "Так было в версии 2. Сейчас действует версия 3." in writers.text
    assert "Так" in writers.text
    writers.presses("Вернуть эту")
    assert writers.entry("refund").answer == {ANY: "Так"}
    assert writers.newest("refund").action is Action.RESTORED


def test_a_long_history_is_paged(writers: Writers) -> None:
    writers.has(REFUND)
    for number in range(20):
        writers.changes(replace(REFUND, answer={ANY: f"Ответ {number}"}))
    writers.faq("refund")
    writers.presses("История")
    writers.presses("Старше")
    writers.presses("Старше")
    assert "<b>1.</b>" in writers.text
    assert "Старше ›" not in writers.buttons
    writers.presses("Новее")
    assert "<b>13.</b>" in writers.text


def _edits(writers: Writers, field: str, text: str) -> None:
    writers.faq("refund")
    writers.presses("Изменить")
    writers.presses(field)
    writers.writes(text)


def test_two_who_change_different_parts_are_joined(writers: Writers) -> None:
    writers.has(REFUND)
    _edits(writers, "Вопрос", "Как получить деньги назад?")
    writers.changes(replace(REFUND, answer={ANY: "Новый <b>ответ</b>"}))
    assert "изменили" in (writers.presses("Сохранить") or "")
    assert "запись изменили: Борис" in writers.text
    assert "ответ: Новый ответ" in writers.text
    assert "вопрос: Как получить деньги назад?" in writers.text
    assert writers.newest("refund").number == 2
    writers.presses("Объединить")
    writers.presses("Сохранить")
    joined = writers.entry("refund")
    assert joined.question == {ANY: "Как получить деньги назад?"}
    assert joined.answer == {ANY: "Новый <b>ответ</b>"}


def test_two_who_change_the_same_part_choose(writers: Writers) -> None:
    writers.has(REFUND)
    for choice, theirs, kept in (("Оставить как у них", "Их", "Их"), ("Сохранить моё", "Иначе", "Моё")):
        _edits(writers, "Ответ", "Моё")
        writers.changes(replace(REFUND, answer={ANY: theirs}))
        writers.presses("Сохранить")
        assert "Объединить" not in writers.buttons
        writers.presses(choice)
        assert writers.entry("refund").answer == {ANY: kept}
    answers = [each.entry and each.entry.answer[ANY] for each in writers.versions.of("refund", 2)]
    assert answers == ["Моё", "Иначе"]


def test_what_was_changed_once_more_after_the_comparison_is_compared_again(writers: Writers) -> None:
    writers.has(REFUND)
    _edits(writers, "Ответ", "Моё")
    writers.changes(replace(REFUND, answer={ANY: "Их"}))
    writers.presses("Сохранить")
    writers.changes(replace(REFUND, answer={ANY: "Их ещё раз"}))
    writers.presses("Сохранить моё")
    assert "Их ещё раз" in writers.text
    assert writers.entry("refund").answer == {ANY: "Их ещё раз"}


def test_what_was_deleted_meanwhile_can_be_saved_all_the_same(writers: Writers) -> None:
    writers.has(REFUND)
    _edits(writers, "Ответ", "Моё")
    writers.versions.add(
        "refund", Action.REMOVED, None, author=writers.newest("refund").author, at=writers.now
    )
    writers.presses("Сохранить")
    assert "запись удалили" in writers.text
    writers.presses("Сохранить моё")
    assert writers.entry("refund").answer == {ANY: "Моё"}
    assert writers.newest("refund").action is Action.RESTORED


def test_forged_presses_do_nothing(writers: Writers) -> None:
    writers.has(REFUND)
    page = writers.faq("refund")
    for data in (
        "kb:nothing:refund",
        "kb:show:nobody",
        "kb:off:refund:x",
        "kb:version:refund:99",
        "kb:bring:refund:-1",
        "kb:undo:refund:١",
        "kb:section::",
        "kb:save:0",
        "kb:history:refund:999999999",
        "kb:home:\u0661",
    ):
        writers.press(data, page.id)
    assert writers.newest("refund").number == 1
    assert writers.chats[ANNA.telegram_id]

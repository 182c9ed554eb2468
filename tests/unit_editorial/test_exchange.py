"""The knowledge base goes out as a file and comes back without loss; what a file changes is shown first."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from desk.conversation import AttachedFile
from faq.entries.entry import ANY
from faq.entries.season import Season
from faq.entries.version import Action
from faq.files.formats import import_file
from tests.unit_editorial.writers import DELIVERY, REFUND, Writers, entry

RICH = replace(
    entry("rich", "Всё сразу?", "раз", "404", "no"),
    question={"ru": "Всё сразу?", "en": "All at once?"},
    answer={"ru": "Строка\n\n<b>другая</b>: {{ customer.first_name }} «ёлочки» 🦄", "en": "- a\n- b"},
    media="telegram:photo:AgAC_-1",
    valid_from=date(2026, 1, 1),
    season=Season((12, 1), (1, 15)),
    languages=("ru", "en"),
    sure=0.7,
    call_person=True,
    hidden=True,
)


def exported(writers: Writers) -> bytes:
    writers.faq("export")
    document = writers.newest_message().body.media
    assert document is not None
    assert document.name == "faq.yaml"
    assert document.text is not None
    return document.text.encode()


def test_what_goes_out_comes_back_the_same(writers: Writers) -> None:
    writers.has(REFUND, RICH)
    file = exported(writers)
    assert import_file(Path("faq.yaml"), file).entries == (REFUND, RICH)
    writers.faq("import", file=AttachedFile(name="faq.yaml", content=file))
    assert "Без изменений: 2" in writers.text
    assert "Применить" not in writers.buttons


def test_a_file_is_reported_and_taken_over_by_a_press(writers: Writers) -> None:
    writers.has(REFUND, DELIVERY, RICH)
    file = exported(writers)
    writers.changes(replace(REFUND, answer={ANY: "Иначе"}))
    writers.versions.add(
        "delivery", Action.REMOVED, None, author=writers.newest("delivery").author, at=writers.now
    )
    broken = "\n- id: bad\n  question: Что?\n  answer: '<b>'\n- id: new\n  question: Новый?\n  answer: Да\n"
    writers.faq("import", file=AttachedFile(name="faq.yaml", content=file + broken.encode()))
    assert "Появится: 2\n• Сколько стоит доставка?\n• Новый?" in writers.text
    assert "Изменится: 1\n• Как вернуть деньги?" in writers.text
    assert "Без изменений: 1" in writers.text
    assert "Не подошло: 1" in writers.text
    assert ", bad: тег &lt;b&gt; не закрыт" in writers.text
    assert writers.newest("refund").number == 2
    assert writers.presses("Применить") == "Загружено"
    assert "Загружено: 3 записи" in writers.text
    assert writers.entry("refund") == REFUND
    assert writers.newest("refund").action is Action.IMPORTED
    assert writers.entry("delivery") == DELIVERY
    assert writers.newest("rich").number == 1


def test_what_somebody_changed_after_the_report_is_left_alone(writers: Writers) -> None:
    writers.has(REFUND, DELIVERY)
    file = exported(writers).replace("Ответ на".encode(), "Другой ответ на".encode())
    writers.faq("import", file=AttachedFile(name="faq.yaml", content=file))
    writers.changes(replace(REFUND, answer={ANY: "Срочная правка"}))
    writers.presses("Применить")
    assert "их не трогали: refund" in writers.text
    assert writers.entry("refund").answer == {ANY: "Срочная правка"}
    assert writers.newest("delivery").action is Action.IMPORTED


def test_a_table_is_imported(writers: Writers) -> None:
    table = "вопрос;ответ;раздел\nГде заказ?;В пути;Доставка\nБез ответа?;;\n".encode("cp1251")
    writers.faq("import")
    assert "Пришлите файл" in writers.text
    assert writers.writes(
        "", kind="document", file_id="x", attached=AttachedFile(name="q.csv", content=table)
    )
    assert "Появится: 1" in writers.text
    assert "строка 3" in writers.text
    writers.presses("Применить")
    assert writers.made("Где заказ?").action is Action.IMPORTED


def test_a_file_that_cannot_be_had_or_read_is_said(writers: Writers) -> None:
    for name, content in (
        ("faq.yaml", None),
        ("faq.yaml", b"\xff\xfe\x00"),
        ("a.md", b""),
        ("q.csv", b"a,b\n1,2"),
    ):
        writers.faq("import", file=AttachedFile(name=name, content=content))
        assert "Применить" not in writers.buttons
    writers.faq("import")
    assert writers.writes("вот файл")
    assert "Пришлите файл" in writers.text
    writers.presses("Отменить")
    assert not writers.writes("вот файл")


def test_an_import_can_be_called_off(writers: Writers) -> None:
    table = b"question,answer\nWhere?,Here\n"
    writers.faq("import", file=AttachedFile(name="q.csv", content=table))
    apply = writers.newest_message().buttons["Применить"]
    message = writers.newest_message()
    writers.presses("Отменить")
    assert "не действует" in (writers.press(apply, message.id) or "")
    assert writers.versions.newest() == []


def test_a_table_that_tells_a_known_question_anew_changes_that_entry(writers: Writers) -> None:
    writers.has(REFUND, DELIVERY)
    table = "вопрос;ответ\nкак вернуть деньги?;По-новому\n".encode()
    writers.faq("import", file=AttachedFile(name="q.csv", content=table))
    assert "Изменится: 1" in writers.text
    writers.presses("Применить")
    assert writers.entry("refund") == replace(REFUND, answer={ANY: "По-новому"})
    assert len(writers.versions.newest()) == 2


def test_a_file_does_not_push_a_half_written_entry_away(writers: Writers) -> None:
    table = b"question,answer\nWhere?,Here\n"
    writers.faq("add Где мой заказ?")
    writers.faq("import", file=AttachedFile(name="q.csv", content=table))
    assert "недописанное: «Где мой заказ?»" in writers.text
    writers.presses("Удалить черновик")
    writers.faq("import", file=AttachedFile(name="q.csv", content=table))
    writers.faq("add Другое?")
    assert "Как ещё об этом спрашивают" in writers.text

"""The same shapes as other people write them."""

from pathlib import Path

import pytest

from faq.entries.entry import ways_to_ask
from faq.files.formats import Imported, import_file

CARD = [("", "Как платить?", "Картой.")]
CARD_PAID = [("Оплата", "Как платить?", "Картой.")]
TWO = [*CARD, ("", "Где?", "Тут")]


def taken(name: str, text: str) -> Imported:
    return import_file(Path(name), text.encode())


@pytest.mark.parametrize(
    ("name", "text", "seen"),
    [
        ("a.csv", "\n\nQuery;Response\nКак платить?;Картой.\n", CARD),
        ("a.csv", "sep=|\r\nВопрос клиента|Что ответить\r\nКак платить?|Картой.\r\n", CARD),
        ("a.csv", "foo,bar,baz\nКак платить?,12,Картой.\nГде?,3,Тут\n", TWO),
        ("a.csv", "text,label,reply_text\nКак платить?,pay,Картой.\n", CARD),
        ("a.tsv", "Вопрос\tОтвет\tРаздел\nКак платить?\tКартой.\tОплата\n", CARD_PAID),
        ("a.yaml", "faq:\n  - q: Как платить?\n    a: Картой.\n", CARD),
        ("a.yaml", "Оплата:\n  - title: Как платить?\n    text: Картой.\n", CARD_PAID),
        ("a.yaml", "Оплата:\n  pay:\n    question: Как платить?\n    answer: Картой.\n", CARD_PAID),
        ("a.yaml", "- section: Оплата\n  items:\n    - Как платить?: Картой.\n", CARD_PAID),
        ("a.yaml", "- [Как платить?, Картой.]\n", CARD),
        ("a.json", '{"qnaDocuments": [{"id": 1, "answer": "Картой.", "questions": ["Как платить?"]}]}', CARD),
        ("a.json", '{"intents": [{"tag": "x", "patterns": ["Как платить?"], "responses": "Картой."}]}', CARD),
        ("a.jsonl", '{"question": "Как платить?", "answer": "Картой."}\n{"q": "Где?", "a": "Тут"}\n', TWO),
        ("a.md", "**Как платить?**\nКартой.\n\n**Где?** Тут\n", TWO),
        ("a.md", "1. **Как платить?**\n   Картой.\n2. **Где?**\n   Тут\n", TWO),
        (
            "a.txt",
            "В: Как платить?\nО: Картой.\nв) третье\nо. пятое\n",
            [("", CARD[0][1], "Картой.\nв) третье\nо. пятое")],
        ),
        ("a.md", "## В: Как платить?\n**О:** Картой.\n", CARD),
        ("a.md", "| Вопрос | Ответ |\n|---|---|\n| Как платить? | Картой. |\n", CARD),
        ("a.txt", "Q1. Как платить?\nA1. Картой.\n\nQ2. Где?\nA2. Тут\n", TWO),
        ("a.txt", "Как платить?\nКартой.\n\nГде?\nТут\n", TWO),
        ("a.html", "<dl><dt>Как платить?<dd>Картой.</dl>", CARD),
        ("a.html", "<table><tr><th>Вопрос<th>Ответ<tr><td>Как платить?<td><p>Картой.</table>", CARD),
        (
            "a.html",
            "<details><summary>Оплата</summary><details><summary>Как платить?</summary>Картой.</details>",
            CARD_PAID,
        ),
    ],
)
def test_it_is_taken(name: str, text: str, seen: list[tuple[str, str, str]]) -> None:
    imported = taken(name, text)
    assert imported.problems == ()
    assert [
        (one.category_in("ru"), one.question_in("ru"), one.answer_in("ru")) for one in imported.entries
    ] == seen


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "## Как?\n**Варианты:**\n\n- раз\n- два\n\nТак.\n"),
        ("a.md", "## Как?\nТак.\n\n*Keywords: раз, два*\n"),
        ("a.csv", 'Вопрос,Ключевые слова,Ответ\nКак?,"раз, два",Так.\n'),
        ("a.csv", "Вопрос,Вопрос 2,Вопрос 3,Ответ\nКак?,раз,два,Так.\n"),
        ("a.csv", 'question,examples,answer\nКак?,"[""раз"", ""два""]",Так.\n'),
        ("a.csv", "id,utterance,answer\nhow,Как?,Так.\nhow,раз,Так.\nhow,два,\n"),
        ("a.yaml", "- question: Как?\n  answer: Так.\n  keywords: раз, два\n"),
        ("a.json", '[{"questions": ["Как?", "раз", "два"], "answer": {"text": "Так."}}]'),
    ],
)
def test_other_ways_to_ask_are_phrasings_and_none_of_the_answer(name: str, text: str) -> None:
    (entry,) = taken(name, text).entries
    assert ways_to_ask(entry) == ("Как?", "раз", "два")
    assert entry.answer_in("ru") == "Так."


@pytest.mark.parametrize(
    ("column", "value", "hidden"),
    [
        ("enabled", "FALSE", True),
        ("Active", "0", True),
        ("Статус", "Черновик", True),
        ("Опубликовано", "да", False),
        ("is_published", "no", True),
        ("hidden", "1", True),
        ("Архив", "нет", False),
        ("isActive", "true", False),
    ],
)
def test_whether_an_entry_is_in_use_is_understood(column: str, value: str, hidden: bool) -> None:
    for name, text in (
        ("a.csv", f"question,answer,{column}\nКак?,Так.,{value}\n"),
        ("a.yaml", f"- q: Как?\n  a: Так.\n  {column}: {value}\n"),
        ("b.yaml", f"- question: Как?\n  answer: Так.\n  {column}: {value}\n"),
    ):
        imported = taken(name, text)
        assert [one.hidden for one in imported.entries] == [hidden], name
        kinds = [each.kind.value for each in imported.remarks]
        assert ("switched_off" in kinds) == (hidden and (name, column) != ("b.yaml", "hidden"))
        assert "unused" not in kinds


def test_what_is_not_understood_of_it_is_said() -> None:
    imported = taken("a.csv", "question,answer,enabled\nКак?,Так.,когда-нибудь\n")
    assert not imported.entries[0].hidden
    assert ("flag_unread", "когда-нибудь") in {
        (each.kind.value, each.params.get("value")) for each in imported.remarks
    }


def test_a_key_that_is_nearly_ours_is_a_slip_and_another_is_named() -> None:
    imported = taken(
        "a.yaml", "- {question: Q, answer: A, priority: 2}\n- {question: Q2, answer: A, hiden: true}\n"
    )
    assert [one.id for one in imported.entries] == ["q"]
    assert [str(each) for each in imported.problems] == ["a.yaml, line 2: unknown key 'hiden'"]
    assert [each.params["name"] for each in imported.remarks if each.kind == "unused"] == ["priority"]


def test_signs_of_a_template_that_is_none_are_shown() -> None:
    (entry,) = taken("a.md", "## Как?\n- раз\n  - {{ имя }}\n").entries
    assert entry.answer_in("ru") == '• раз\n    • {{ "{{" }} имя }}'


def test_a_document_that_asks_nothing_is_refused() -> None:
    imported = taken("a.md", "Просто текст.\n")
    assert [each.kind.value for each in imported.problems] == ["nothing_found"]

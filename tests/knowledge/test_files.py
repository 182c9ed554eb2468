"""The knowledge base goes out as YAML and comes in from what people have."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.cli import import_
from faq.entries.entry import ANY, Entry
from faq.files.formats import export_yaml, import_file, read_file
from faq.files.loading import load_knowledge
from tests.knowledge.anything import ENTRIES
from tests.knowledge.shelf import starter


@given(st.lists(ENTRIES, max_size=3, unique_by=lambda one: one.id))
@settings(deadline=None, max_examples=60)
def test_what_goes_out_comes_in_the_same(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]
) -> None:
    path = tmp_path_factory.mktemp("faq") / "faq.yaml"
    path.write_text(export_yaml(entries), encoding="utf-8", newline="")
    page = read_file(path)
    assert page.problems == []
    assert page.entries == entries


def test_the_starter_survives_the_journey_and_stays_readable(tmp_path: Path) -> None:
    knowledge = starter()
    text = export_yaml(knowledge.entries)
    path = tmp_path / "out.yaml"
    path.write_text(text, encoding="utf-8")
    assert load_knowledge([path]).entries == knowledge.entries
    assert "      - где мой заказ\n" in text
    assert "\\u" not in text


def imported(tmp_path: Path, name: str, content: bytes) -> tuple[tuple[Entry, ...], list[str]]:
    """The entries, which must be good enough to be loaded, and what was left out."""
    path = tmp_path / name
    path.write_bytes(content)
    text, report = import_(path)
    written = tmp_path / "imported.yaml"
    written.write_text(text, encoding="utf-8")
    assert load_knowledge([written]).entries == report.entries
    return report.entries, [str(problem) for problem in report.problems]


TABLE = (
    "Категория;Вопрос;Варианты;Ответ\r\n"
    'Оплата;"Как вернуть деньги?";"верните деньги|хочу возврат";Оформите заявку & ждите\r\n'
    'Оплата;Как вернуть деньги;;"В две\r\nстроки < трёх {{ да }}"\r\n'
    ";;;\r\n"
    "Доставка;Вопрос без ответа;;\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_a_spreadsheet_is_taken_over_with_a_report(tmp_path: Path, encoding: str) -> None:
    entries, left_out = imported(tmp_path, "faq.csv", TABLE.encode(encoding))
    first, second = entries
    assert (first.id, second.id) == ("kak-vernut-dengi", "kak-vernut-dengi-2")
    assert first.category_in("ru") == "Оплата"
    assert first.phrasings == {ANY: ("верните деньги", "хочу возврат")}
    assert first.answer_in("ru") == "Оформите заявку & ждите"
    assert left_out == ["faq.csv, line 6: 'answer' is empty"]


def test_signs_in_a_plain_answer_are_only_signs(tmp_path: Path) -> None:
    from faq.entries.answer import render

    entries, _ = imported(tmp_path, "faq.csv", TABLE.encode())
    assert render(entries[1], "ru", {}) == "В две\nстроки &lt; трёх {{ да }}"


def test_a_table_without_the_needed_columns_is_refused(tmp_path: Path) -> None:
    entries, left_out = imported(tmp_path, "faq.csv", b"question,price\nQ,10\n")
    assert entries == ()
    assert left_out == ["faq.csv, line 1: no column 'answer' (columns found: question, price)"]


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ({"question": ("B",), "answer": ("c",)}, [("Где?", "Тут")]),
        ({"question": ("2",), "answer": ("3",)}, [("Где?", "Тут")]),
        ({"question": ("a", "b"), "answer": ("c",)}, [("Как?", "Тут")]),
    ],
)
def test_columns_may_be_named(told: dict[str, tuple[str, ...]], seen: list[tuple[str, str]]) -> None:
    report = import_file(Path("faq.csv"), "a,b,c\nКак?,Где?,Тут\n".encode(), told=told)
    assert [(one.question_in("ru"), one.answer_in("ru")) for one in report.entries] == seen


def test_a_column_that_is_not_there_is_said() -> None:
    report = import_file(Path("faq.csv"), b"question,answer\nQ,A\n", told={"question": ("query",)})
    assert report.entries == ()
    assert [str(each) for each in report.problems] == [
        "faq.csv, line 1: no column 'query' (columns found: question, answer)"
    ]


def test_numbers_name_the_columns_of_a_table_without_names() -> None:
    table = "1;Вход со двора;Где вход?\n2;До десяти;Когда закрываетесь?\n".encode()
    report = import_file(Path("faq.csv"), table, told={"question": ("3",), "answer": ("2",)})
    assert [one.answer_in("ru") for one in report.entries] == ["Вход со двора", "До десяти"]


MARKDOWN = """\
# Оплата

## Как вернуть деньги?

- откройте **Заказы**
- нажмите [сюда](https://example.com), если 2 < 3

```
# это не заголовок
```

## Как оплатить? ##
Картой.

# Где вы?
Везде.

# Пусто
"""


def test_headings_become_questions(tmp_path: Path) -> None:
    entries, left_out = imported(tmp_path, "faq.md", MARKDOWN.encode())
    assert [(one.category_in("ru"), one.question_in("ru")) for one in entries] == [
        ("Оплата", "Как вернуть деньги?"),
        ("Оплата", "Как оплатить?"),
        ("", "Где вы?"),
    ]
    answer = entries[0].answer_in("ru")
    assert answer.startswith("• откройте <b>Заказы</b>\n")
    assert '<a href="https://example.com">сюда</a>, если 2 &lt; 3' in answer
    assert "# это не заголовок" in answer
    assert left_out == []


def test_a_yaml_file_gives_its_good_entries(tmp_path: Path) -> None:
    content = b"- {id: a, question: Q, answer: A}\n- {id: b, question: Q}\n"
    entries, left_out = imported(tmp_path, "in.yml", content)
    assert [one.id for one in entries] == ["a"]
    assert left_out == ["in.yml, line 2, entry b: 'answer' is missing"]


@pytest.mark.parametrize("name", ["faq.docx", "missing.csv"])
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "faq.docx").write_bytes(b"PK")
    report = import_file(tmp_path / name)
    assert report.entries == ()
    assert len(report.problems) == 1

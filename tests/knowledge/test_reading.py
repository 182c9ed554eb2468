"""faq.yaml as people write it, and what they are told when it is wrong."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from faq.entries.problem import BrokenFaq
from faq.files.loading import load_knowledge
from faq.matching.match import Sure
from faq.matching.matcher import build
from tests.knowledge.shelf import NOON, STARTER, load, problems, said, write

GOOD = """\
- id: refund
  category: Оплата
  question: Как вернуть деньги?
  phrasings:
    - хочу возврат
    - no
    - 404
  answer: |
    {{ customer.first_name }}, оформите возврат.
- id: hours
  question: {ru: Когда вы работаете?, en: When are you open?}
  phrasings: {ru: [режим работы], en: [opening hours, when do you close]}
  answer: {ru: С девяти до шести., en: From nine to six.}
  category: {ru: О нас, en: About us}
"""


def test_texts_are_read_as_they_were_typed(tmp_path: Path) -> None:
    refund = load(tmp_path, GOOD).get("refund")
    assert refund
    assert refund.phrasings == {"": ("хочу возврат", "no", "404")}
    assert refund.answer_in("ru") == "{{ customer.first_name }}, оформите возврат."


def test_a_text_without_a_language_is_for_everybody_and_others_fall_back(tmp_path: Path) -> None:
    knowledge = load(tmp_path, GOOD)
    refund, hours = knowledge.entries
    assert refund.question_in("en") == refund.question_in("ru") == "Как вернуть деньги?"
    assert hours.question_in("en-GB") == "When are you open?"
    assert hours.answer_in("de") == "С девяти до шести."


def test_an_entry_in_another_language_still_matches(tmp_path: Path) -> None:
    only_russian = load(tmp_path, "- {id: a, question: Как вернуть деньги?, answer: {ru: Вот так.}}")
    match = build(only_russian).match("как вернуть деньги", "en")
    assert isinstance(match, Sure)
    assert match.best.entry.answer_in("en") == "Вот так."


def test_sections_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    knowledge = load(tmp_path, GOOD)
    assert [section.name for section in knowledge.sections("en")] == ["Оплата", "About us"]
    assert [section.name for section in knowledge.sections("ru")] == ["Оплата", "О нас"]
    assert [one.id for one in knowledge.sections("ru")[1].entries] == ["hours"]


@pytest.mark.parametrize(
    ("line", "visible"),
    [
        ("hidden: true", False),
        ("hidden: no", True),
        (f"valid_until: {NOON.date()}", True),
        (f"valid_until: {NOON.date() - timedelta(days=1)}", False),
        ("valid_until: 2030-06-15T11:59", False),
        ("valid_until: 2030-06-15T13:00+03:00", False),
        ("valid_until: 2030-06-15T13:00", True),
    ],
)
def test_hidden_and_expired_entries_are_neither_shown_nor_found(
    tmp_path: Path, line: str, visible: bool
) -> None:
    text = f"- id: sale\n  question: Какие сейчас скидки?\n  answer: Большие\n  {line}\n"
    knowledge = load(tmp_path, text + "- {id: pay, question: Как оплатить?, answer: Картой}")
    match = build(knowledge).match("Какие сейчас скидки?", "ru")
    assert ("sale" in {candidate.entry.id for candidate in match.ranked}) is visible
    assert isinstance(match, Sure) is visible
    shown = [one.id for section in knowledge.sections("ru") for one in section.entries]
    assert ("sale" in shown) is visible
    assert knowledge.get("sale") is not None


def test_an_entry_expires_without_the_file_being_read_again(tmp_path: Path) -> None:
    now = [datetime(2030, 1, 1, 23, 59, tzinfo=UTC)]
    path = write(tmp_path, "- {id: sale, question: Скидки, answer: Есть, valid_until: 2030-01-01}")
    matcher = build(load_knowledge([path], lambda: now[0]))
    assert isinstance(matcher.match("скидки", "ru"), Sure)
    now[0] = datetime(2030, 1, 2, tzinfo=UTC)
    assert matcher.match("скидки", "ru").ranked == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "faq.yaml, line 1: the file is empty"),
        ("just: a table", "line 1: the file must be a list of entries"),
        ("- text", "line 1: an entry must be a table"),
        ("- id: a\n  question: [\n", "not valid here"),
        ("- {id: a, answer: A}", "entry a: 'question' is missing"),
        ("- {id: a, question: Q}", "entry a: 'answer' is missing"),
        ("- {id: возврат, question: Q, answer: A}", "bad id 'возврат'"),
        ("- {id: a b, question: Q, answer: A}", "bad id 'a b'"),
        ("- {id: 'a:b', question: Q, answer: A}", "bad id 'a:b'"),
        (f"- {{id: {'a' * 49}, question: Q, answer: A}}", "bad id"),
        ("- {id: [a], question: Q, answer: A}", "'id' must be a text"),
        ("- {id: a, question: Q, answer: A, frasings: [x]}", "unknown key 'frasings'"),
        ("- {id: a, id: b, question: Q, answer: A}", "'id' is written twice"),
        ("- {id: a, question: , answer: A}", "'question' is empty"),
        ("- {id: a, question: {ru: ' '}, answer: A}", "'question' is empty"),
        ("- {id: a, question: [Q], answer: A}", "'question' must be a text"),
        ("- {id: a, question: {Русский: Q}, answer: A}", "'Русский' in 'question' is not a language code"),
        ("- {id: a, question: Q, answer: A, phrasings: [x, '']}", "'phrasings' is empty"),
        ("- {id: a, question: Q, answer: A, phrasings: x}", "'phrasings' must be a list of texts"),
        ("- {id: a, question: Q, answer: A, hidden: maybe}", "'hidden' must be true or false"),
        ("- {id: a, question: Q, answer: A, valid_until: soon}", "'valid_until' must be a date"),
        ("- {id: a, question: Q, answer: A, media: no.png}", "the file 'no.png' is not there"),
        ("- {id: a, question: Q, answer: A, media: ../secret.txt}", "'../secret.txt' may not be attached"),
        ("- {id: a, question: Q, answer: A, media: /etc/hostname}", "'/etc/hostname' may not be attached"),
        ("- {id: a, question: Q, answer: '{{ name }}'}", "unknown variable 'name'"),
        ("- {id: a, question: Q, answer: '<b>A'}", "<b> is not closed"),
    ],
)
def test_what_is_wrong_is_said_with_file_line_and_entry(tmp_path: Path, text: str, told: str) -> None:
    lines = said(tmp_path, text)
    assert len(lines) == 1, lines
    assert lines[0].startswith("faq.yaml, line ")
    assert told in lines[0]


def test_an_entry_may_do_without_phrasings_and_without_an_id(tmp_path: Path) -> None:
    knowledge = load(
        tmp_path,
        "- {question: Как платить?, answer: Картой, phrasings: []}\n"
        "- {question: Как платить?, answer: Переводом, phrasings: }\n"
        "- {id: kak-platit-2, question: Где?, answer: Тут, phrasings: {ru: [], en: [where]}}\n",
    )
    assert [one.id for one in knowledge.entries] == ["kak-platit", "kak-platit-3", "kak-platit-2"]
    assert [one.phrasings for one in knowledge.entries] == [{}, {}, {"en": ("where",)}]


def test_everything_wrong_is_said_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = """\
- id: one
  question: Q
  answer: |
    first line
    {% if customer.first_name %}
    never closed
- id: two
  answer: <i>A</b>
  hiden: true
- id: one
  question: Q
  answer: A
"""
    found = problems(tmp_path, text)
    assert [(one.line, one.entry, one.kind.value) for one in found] == [
        (5, "one", "template_syntax"),
        (7, "two", "missing_key"),
        (8, "two", "html_unopened"),
        (8, "two", "html_unclosed"),
        (9, "two", "unknown_key"),
        (10, "one", "repeated_id"),
    ]
    assert found[-1].params == {"first": "faq.yaml, line 1"}


def test_two_files_make_one_knowledge_base_without_sharing_ids(tmp_path: Path) -> None:
    first = write(tmp_path, "- {id: a, question: Q, answer: A}")
    second = tmp_path / "more.yaml"
    second.write_text("- {id: b, question: Q, answer: A}", encoding="utf-8")
    assert [one.id for one in load_knowledge([first, second]).entries] == ["a", "b"]
    second.write_text("\n- {id: a, question: Q, answer: A}", encoding="utf-8")
    with pytest.raises(BrokenFaq, match=r"more\.yaml, line 2, entry a: .*faq\.yaml, line 1"):
        load_knowledge([first, second])


def test_a_file_that_cannot_be_read_is_a_problem_too(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_bytes("- id: возврат".encode("cp1251"))
    with pytest.raises(BrokenFaq) as broken:
        load_knowledge([tmp_path / "missing.yaml", other])
    assert [problem.path.name for problem in broken.value.problems] == ["missing.yaml", "other.yaml"]


def test_a_picture_is_looked_for_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "map.png").write_bytes(b"picture")
    knowledge = load(
        tmp_path,
        "- {id: a, question: Q, answer: A, media: map.png}\n"
        "- {id: b, question: Q, answer: A, media: 'https://example.com/map.png'}",
    )
    here, there = knowledge.entries
    assert here.attachment() == tmp_path / "map.png"
    assert there.attachment() == "https://example.com/map.png"


def test_the_starter_is_whole_in_both_languages() -> None:
    entries = load_knowledge([STARTER]).entries
    assert len(entries) >= 18
    for one in entries:
        texts = (one.category, one.question, one.phrasings, one.answer)
        assert all(set(by_language) == {"ru", "en"} for by_language in texts), one.id
        assert all(len(ways) >= 5 for ways in one.phrasings.values()), one.id
        assert "\u00a0" in one.answer_in("ru"), one.id
        assert one.valid_until is None, one.id


def test_the_documented_entry_is_a_good_one(tmp_path: Path) -> None:
    text = (STARTER.parents[1] / "docs" / "howto" / "faq.md").read_text("utf-8")
    _, _, example = text.partition("```yaml\n")
    assert said(tmp_path, example.partition("```")[0]) == []
    assert load(tmp_path, example.partition("```")[0]).get("refund") is not None

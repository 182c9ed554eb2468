"""Entries that give one answer: it does not matter which of them a customer meant."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from faq.cli import Trial
from faq.entries.entry import ANY
from faq.entries.knowledge import Knowledge
from faq.entries.same_answer import duplicates
from faq.files.formats import export_yaml
from faq.matching.judged import Judged
from faq.matching.match import Match, Matcher, Sure, Thresholds, Unsure
from faq.matching.matcher import build
from tests.knowledge.shelf import NOON, entry, starter

SOON = "Привезём за 2–4 дня: точный срок виден при оформлении заказа."
POST = ("Сколько ждать доставку?", "когда привезут посылку", "через сколько дней придёт посылка")
COURIER = ("Когда приедет курьер?", "сколько ждать курьера", "через сколько дней привезёт курьер")
OTHERWISE = "Курьер звонит за час."
EITHER = "через сколько дней ждать курьера или посылку"


def desk(courier: str = SOON, at: Thresholds | None = None, **changes: object) -> Matcher:
    """The shop with two more entries about waiting; the changes are those of the second."""
    second = replace(entry("courier", *COURIER, answer=courier), **changes)  # type: ignore[arg-type]
    return build(Knowledge((*starter().entries, entry("post", *POST, answer=SOON), second), lambda: NOON), at)


def shown(match: Match) -> list[str]:
    match match:
        case Sure(best):
            return [best.entry.id]
        case Unsure(candidates):
            return [each.entry.id for each in candidates]
    return []


def test_a_question_between_two_entries_with_one_answer_is_answered_at_once() -> None:
    apart, together = desk(OTHERWISE).match(EITHER, "ru"), desk().match(EITHER, "ru")
    assert {"post", "courier"} <= {each.entry.id for each in apart.ranked[:2]}
    assert together.ranked[0].confidence > apart.ranked[0].confidence + 0.1
    between = Thresholds(together.ranked[0].confidence - 0.05, 0.1)
    assert len(shown(desk(OTHERWISE, between).match(EITHER, "ru"))) == 3
    assert shown(desk(at=between).match(EITHER, "ru")) == ["courier"]


def test_three_buttons_offer_three_answers() -> None:
    matcher = desk()
    for text in ("сколько дней ждать", "через сколько привезут", "когда привезут"):
        offered = shown(matcher.match(text, "ru"))
        assert len(offered) == 3
        assert len({"post", "courier"} & set(offered)) == 1, text


def test_the_other_entry_with_the_answer_is_not_lost_where_few_are_left() -> None:
    other = entry("hours", "Когда вы работаете?", "до скольки открыты", answer="С 9 до 21.")
    both = (entry("post", *POST, answer=SOON), entry("courier", *COURIER, answer=SOON))
    match = build(Knowledge((*both, other))).match("сколько ждать", "ru")
    assert [each.entry.id for each in match.ranked] == ["post", "hours", "courier"]
    assert match.ranked[-1].confidence == 0
    assert "courier" not in shown(match)


def test_one_phrasing_in_two_entries_with_one_answer_is_no_stroke_of_luck() -> None:
    twice = {"phrasings": {ANY: (*COURIER[1:], POST[0])}}
    assert isinstance(desk(OTHERWISE, **twice).match(POST[0], "ru"), Unsure)
    match = desk(**twice).match(POST[0], "ru")
    assert isinstance(match, Sure)
    assert match.best.confidence == 0.99


def test_the_entry_that_is_asked_word_for_word_stands_for_the_answer() -> None:
    matcher = desk()
    for way in (*POST, *COURIER):
        match = matcher.match(way, "ru")
        assert isinstance(match, Sure)
        assert match.best.entry.id == ("post" if way in POST else "courier")


@pytest.mark.parametrize(
    "closed",
    [{"valid_until": date(2030, 6, 14)}, {"hidden": True}, {"languages": ("en",)}],
    ids=["over", "hidden", "for others"],
)
def test_an_entry_that_this_customer_may_not_see_answers_nothing(closed: Mapping[str, object]) -> None:
    matcher = desk(**closed)
    assert "courier" not in [each.entry.id for each in matcher.match(COURIER[1], "ru").ranked]
    assert matcher.match(POST[1], "ru").ranked[0].entry.id == "post"


def test_a_season_that_begins_makes_two_of_one_without_a_new_matcher() -> None:
    now = [NOON]
    winter = replace(entry("courier", *COURIER, answer=SOON), valid_from=date(2030, 12, 1))
    knowledge = Knowledge((*starter().entries, entry("post", *POST, answer=SOON), winter), lambda: now[0])
    matcher = build(knowledge)
    assert matcher.match(COURIER[1], "ru").ranked[0].entry.id == "post"
    now[0] = datetime(2030, 12, 24, 12, tzinfo=UTC)
    assert shown(matcher.match(COURIER[1], "ru")) == ["courier"]


def test_who_judged_one_has_judged_the_answer() -> None:
    """The other entry with the answer was called right: the best had been as right."""
    twins = (entry("post", *POST, answer=SOON), entry("courier", *COURIER, answer=SOON))
    knowledge = Knowledge((*starter().entries, *twins))
    asked = [f"{EITHER} {word}" for word in ("мне", "тут", "вообще", "примерно", "обычно")]

    def after(entry_id: str) -> float:
        judged = [Judged(text, "ru", entry_id, right=True) for text in asked * 40]
        return build(knowledge, judged=judged).match(EITHER, "ru").ranked[0].confidence

    assert build(knowledge).match(EITHER, "ru").ranked[0].confidence < after("courier") == after("post")


def told(*answers: object, **changes: object) -> bool:
    """Whether two entries with these answers, the second changed so, give the same one."""
    first, second = (
        answer if isinstance(answer, dict) else {ANY: answer} for answer in (answers[0], answers[-1])
    )
    one = replace(entry("one", "Первый?"), answer=first)
    other = replace(entry("other", "Второй?"), answer=second, **changes)  # type: ignore[arg-type]
    return duplicates([one, other, *_OTHERS]) != {}


_OTHERS = [entry(f"e{number}", f"Вопрос {number}?", answer=f"Ответ {number}") for number in range(5)]


def test_case_markup_and_spaces_make_no_other_answer() -> None:
    assert told("<b>Привезём</b>  за\u00a02 дня.\n", "привезём за 2 дня.")
    assert told({"ru": "Да", "en": "Yes"}, {"ru": "да", "en": "<i>yes</i>"})
    assert told({"ru": "Да"}, {ANY: "Да"})


def test_a_word_a_link_a_language_a_picture_or_a_person_do() -> None:
    assert not told("Привезём за 2 дня.", "Привезём за 3 дня.")
    assert not told('<a href="https://example.org/a">Здесь</a>', '<a href="https://example.org/b">Здесь</a>')
    assert not told({"ru": "Да", "en": "Yes"}, {"ru": "Да", "en": "No"})
    assert not told("Да", "Да", media="map.png")
    assert not told("Да", "Да", call_person=True)
    assert not told({}, {})


def test_what_most_entries_answer_stands_there_until_somebody_writes_more() -> None:
    unwritten = [entry(f"e{number}", f"Вопрос {number}?", answer="…") for number in range(6)]
    assert duplicates(unwritten) == {}
    assert duplicates([*unwritten[:2], *_OTHERS]) == {"e0": ("e0", "e1"), "e1": ("e0", "e1")}


def test_an_entry_with_the_same_answer_is_counted_right(tmp_path: Path) -> None:
    both = [entry("post", *POST, answer=SOON), entry("courier", *COURIER, answer=SOON)]
    (tmp_path / "faq.yaml").write_text(export_yaml([*starter().entries, *both]), "utf-8")
    rows = [json.dumps({"text": EITHER, "intent": each}) for each in ("post", "courier", "hours")]
    (tmp_path / "q.jsonl").write_text("\n".join(rows), "utf-8")
    evaluation = Trial.of([tmp_path / "faq.yaml"], tmp_path / "q.jsonl").run()
    assert [one.right for one in evaluation.asked] == [True, True, False]
    assert [one.as_json()["expected"] for one in evaluation.asked] == ["post", "courier", "hours"]
    assert evaluation.figures.top_1 == 2 / 3

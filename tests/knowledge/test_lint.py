"""What could be better in a knowledge base, as a manager reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from time import process_time

from bot.knowledge.telling import what_could_be_better
from faq.entries.entry import ANY, Entry
from faq.entries.knowledge import Knowledge
from faq.judging.flaws import Flaw, FlawKind, Usage, Use
from faq.judging.lint import lint
from faq.matching.matcher import build
from locales import Texts
from tests.knowledge.shelf import NOON, entry, noon, starter

REFUND = entry("refund", "Как вернуть деньги?", "хочу возврат денег", "верните мне оплату")
HOURS = entry("hours", "Когда вы работаете?", "часы работы", "до скольки открыты")


@dataclass(frozen=True)
class Counted:
    """A desk's usage as it was counted."""

    uses: Mapping[str, Use] = field(default_factory=dict)
    first: datetime | None = NOON - timedelta(days=200)

    def began(self) -> datetime | None:
        return self.first

    def since(self, moment: datetime) -> Mapping[str, Use]:
        assert moment == NOON - timedelta(days=90)
        return self.uses


def found(*entries: Entry, usage: Usage | None = None) -> tuple[Flaw, ...]:
    knowledge = Knowledge(entries, noon)
    return lint(knowledge, build(knowledge), usage)


def kinds(*entries: Entry, usage: Usage | None = None) -> list[tuple[FlawKind, str]]:
    return [(one.kind, one.entry) for one in found(*entries, usage=usage)]


def test_a_base_in_good_order_has_nothing_to_say() -> None:
    assert found(REFUND, HOURS) == ()
    assert found() == ()


def test_the_same_phrasing_in_two_entries_is_said_once() -> None:
    other = entry("money", "Где мои деньги?", "Хочу   возврат денег!", "как вернуть деньги")
    (one,) = [each for each in found(REFUND, HOURS, other) if each.kind is FlawKind.SAME_PHRASING]
    assert (one.entry, one.other, one.params) == ("refund", "money", {"example": "Хочу возврат денег!"})


def test_twins_are_found_by_what_each_would_answer_for_the_other() -> None:
    twin = entry("cash", "Вернуть деньги как?", "возврат денег хочу", "оплату мне верните")
    (one,) = [each for each in found(REFUND, HOURS, twin) if each.kind is FlawKind.TWIN]
    assert {one.entry, one.other} == {"refund", "cash"}
    assert one.params["example"]


def test_a_twin_without_phrasings_is_found_too() -> None:
    said = found(*starter().entries, entry("parcel", "Где сейчас мой заказ?"))
    assert {"parcel", "order-status"} in [{one.entry, one.other} for one in said if one.kind is FlawKind.TWIN]


def test_entries_that_only_share_a_topic_are_no_twins() -> None:
    twins = [one for one in found(*starter().entries) if one.kind is FlawKind.TWIN]
    assert len(twins) < len(starter().entries) / 5


def test_answers_with_other_numbers_may_contradict() -> None:
    one = entry("fee", "Сколько стоит доставка?", "цена доставки", answer="Доставка стоит 300 ₽.")
    other = entry("price", "Сколько стоит ваша доставка?", "почём доставка", answer="Доставка: 450 ₽.")
    said = {each.other: each.params["example"] for each in found(one, other, HOURS) if _contradicts(each)}
    assert said == {"price": "300 / 450"}


def test_yes_and_no_may_contradict() -> None:
    one = entry("swap", "Можно обменять товар?", "обмен", answer="Да, обмен доступен 14 дней.")
    other = entry("change", "Обменять товар можно?", "поменять", answer="Нет, это невозможно.")
    assert [each.other for each in found(one, other, HOURS) if _contradicts(each)] == ["change"]
    other = entry("change", "Обменять товар можно?", "поменять", answer="Обмен сейчас не доступен.")
    assert [each.other for each in found(one, other, HOURS) if _contradicts(each)] == ["change"]


def test_questions_that_differ_in_a_number_or_a_not_contradict_nothing() -> None:
    small = entry("small", "Сколько стоит тариф 100?", "сотый тариф", answer="100 ₽")
    large = entry("large", "Сколько стоит тариф 500?", "пятисотый тариф", answer="500 ₽")
    works = entry("works", "Карта работает за границей?", "заграница", answer="Да, работает.")
    fails = entry(
        "fails", "Карта не работает за границей?", "отказ там", answer="Нет, она не работает без счёта."
    )
    assert [each for each in found(small, large, works, fails) if _contradicts(each)] == []


def _contradicts(one: Flaw) -> bool:
    return one.kind is FlawKind.CONTRADICTION


def test_gaps_are_named() -> None:
    lonely = entry("lonely", "Где ваш офис?", "где ваш офис")
    pictured = replace(entry("pictured", "Схема проезда", "как доехать", answer="я" * 1025), media="a.png")
    over = replace(entry("over", "Что с акцией?", "летняя скидка"), valid_until=date(2030, 6, 14))
    assert kinds(lonely, pictured, over, replace(over, id="gone", hidden=True)) == [
        (FlawKind.SINGLE_PHRASING, "lonely"),
        (FlawKind.LONG_ANSWER, "pictured"),
        (FlawKind.EXPIRED, "over"),
    ]


def test_a_language_that_others_have_is_missed() -> None:
    both = {"ru": "Ответ", "en": "An answer"}
    one, two = replace(REFUND, answer=both), replace(HOURS, answer=both)
    three = replace(entry("office", "Где ваш офис?", "адрес конторы"), answer={"ru": "Здесь"})
    (missing,) = found(one, two, three)
    assert (missing.kind, missing.entry, missing.params) == (
        FlawKind.MISSING_LANGUAGE,
        "office",
        {"language": "en"},
    )
    assert found(replace(one, answer={ANY: "Ответ"}), replace(two, answer={ANY: "Ответ"})) == ()


def test_what_nobody_needs_and_what_does_not_help() -> None:
    usage = Counted({"refund": Use(asked=6, helped=3, escalated=3)})
    said = found(REFUND, HOURS, usage=usage)
    assert [(one.kind, one.entry, one.params) for one in said] == [
        (FlawKind.NEVER_USED, "hours", {"n": 90}),
        (FlawKind.UNHELPFUL, "refund", {"asked": 6, "escalated": 3}),
    ]


def test_few_questions_and_a_young_desk_say_nothing_yet() -> None:
    few = Counted({"refund": Use(asked=4, escalated=4), "hours": Use(asked=5, escalated=2)})
    assert found(REFUND, HOURS, usage=few) == ()
    assert found(REFUND, HOURS, usage=Counted(first=NOON - timedelta(days=3))) == ()
    assert found(REFUND, HOURS, usage=Counted(first=None)) == ()
    assert [one.params for one in found(REFUND, usage=Counted(first=NOON - timedelta(days=20)))] == [
        {"n": 20}
    ]


def test_every_kind_has_its_text_in_every_language() -> None:
    words: dict[str, str | int] = dict.fromkeys(("example", "language", "day", "other"), "…")
    words |= dict.fromkeys(("n", "length", "limit", "asked", "escalated"), 5)
    texts = Texts()
    for language in texts.languages:
        for kind in FlawKind:
            one = Flaw(kind, "refund", "hours", words)
            assert what_could_be_better(
                one, lambda key, said=language, **params: texts.plain(key, said, **params)
            )


NUMBERS = ("первый", "второй", "третий", "десятый", "сотый", "общий", "новый", "старый", "белый", "синий")
THINGS = ("заказ", "тариф", "роутер", "договор", "счёт", "звонок", "офис", "номер", "пакет", "бонус")


def hundreds(*deeds: str) -> list[Entry]:
    """A hundred entries for each thing one can do."""
    return [
        entry(f"{deed}-{number}-{thing}", f"Как {deed} {number} {thing}?", f"{deed} {thing} {number} сегодня")
        for deed in deeds
        for number in NUMBERS
        for thing in THINGS
    ]


def test_four_times_as_many_entries_do_not_take_sixteen_times_as_long() -> None:
    def seconds(*deeds: str) -> float:
        begun = process_time()
        found(*hundreds(*deeds))
        return process_time() - begun

    few = min(seconds("вернуть") for _ in range(3))
    many = min(seconds("вернуть", "найти", "сменить", "купить") for _ in range(2))
    assert many < 10 * few

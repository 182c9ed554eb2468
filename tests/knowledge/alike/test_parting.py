"""What a manager is told of two entries that take each other's questions, and that it is true."""

from dataclasses import replace

import pytest

from bot.knowledge.telling import what_could_be_better
from faq.entries.entry import ANY, Entry, ways_to_ask
from faq.entries.knowledge import Knowledge
from faq.judging.flaws import Cure, Flaw, FlawKind
from faq.judging.lint import lint
from faq.matching.match import Matcher, NoMatch
from faq.matching.matcher import build, settled
from locales import Texts
from tests.knowledge.shelf import entry, starter

OLD = entry(
    "sim",
    "Как заменить сим-карту?",
    "сломалась сим-карта",
    "новая сим-карта вместо старой",
    "потерял сим-карту",
    answer="Приходите в салон с паспортом.",
)
NEW = entry(
    "esim",
    "Как перейти на eSIM?",
    "хочу eSIM вместо сим-карты",
    "заменить сим-карту на eSIM",
    "электронная сим-карта",
    answer="Откройте приложение и нажмите «eSIM».",
)
HOW = ("Как вернуть деньги?", "хочу возврат денег", "верните мне оплату")
TURNED = ("Вернуть деньги как?", "возврат денег хочу", "оплату мне верните")


def told(*entries: Entry) -> list[Flaw]:
    """The twins of the shop with these entries."""
    knowledge = Knowledge((*starter().entries, *entries))
    ours = {one.id for one in entries}
    flaws = lint(knowledge, build(knowledge))
    return [one for one in flaws if one.kind is FlawKind.TWIN and one.entry in ours]


def read(flaw: Flaw, language: str = "ru") -> str:
    """As it stands in `otklik faq check`."""
    texts = Texts()
    said = what_could_be_better(flaw, lambda key, **params: texts.plain(key, language, **params))
    return said.replace("\u00a0", " ")


def renewed(one: Entry, *, without: str, added: str) -> Entry:
    """An entry as a manager would change it, and as if one of its phrasings had not come to mind."""
    kept = [text for text in ways_to_ask(one) if text != without]
    return replace(one, question={ANY: kept[0]}, phrasings={ANY: (*kept[1:], added)})


@pytest.fixture(scope="module")
def parted() -> Flaw:
    """What is told of the two that a phrasing parts."""
    (flaw,) = told(OLD, NEW)
    return flaw


def test_a_suggestion_does_what_is_said_of_it(parted: Flaw) -> None:
    flaw = parted
    assert (flaw.entry, flaw.other, flaw.cure) == ("esim", "sim", Cure.PHRASING)
    example, suggestion = str(flaw.params["example"]), str(flaw.params["suggestion"])
    assert flaw.params["own"] in suggestion

    def best(phrasing: str) -> str:
        changed = renewed(NEW, without=example, added=phrasing)
        match = build(Knowledge((*starter().entries, OLD, changed))).match(example, "ru")
        return "person" if isinstance(match, NoMatch) else match.ranked[0].entry.id

    assert best("хочу eSIM вместо сим-карты") == "sim"
    assert best(suggestion) == "esim"


def test_words_that_both_have_and_that_only_one_has_are_said_as_they_were_typed(parted: Flaw) -> None:
    assert read(parted) == (
        "легко спутать с sim: не будь здесь слов «электронная сим-карта», такой вопрос ушёл бы туда. "
        "Обе записи говорят: сим, карта. Только эта: перейти. Добавьте сюда формулировку вроде "
        "«электронная сим-карта, перейти» — мы проверили: с ней такой вопрос приходит сюда, "
        "а чужих она не забирает"
    )
    assert read(parted, "en").endswith(
        "Both say: сим, карта. Only this one says: перейти. Add a phrasing such as “электронная сим-карта, "
        "перейти”: we tried, with it such a question comes here, and no other entry loses one"
    )


def test_a_suggestion_that_would_take_another_s_question_is_not_made() -> None:
    """«сколько ждать заказ» is the post's, and would go to the courier with whatever was tried."""
    courier = entry(
        "courier",
        "Сколько ждать курьера?",
        "когда приедет курьер",
        "сколько ждать заказ домой",
        "курьер не едет",
    )
    post = entry(
        "post",
        "Сколько ждать заказ на почте?",
        "когда заказ придёт на почту",
        "сколько ждать заказ",
        "сколько дней ждать заказ из другого города",
        answer="Пять дней.",
    )
    (flaw,) = told(courier, post)
    assert (flaw.cure, flaw.params["shared"]) == (Cure.SHARED_WORDS, "ждать, заказ")
    assert read(flaw).endswith(
        "Обе записи говорят: ждать, заказ. Разведите формулировки или объедините записи"
    )


def test_two_that_answer_the_same_are_to_be_joined() -> None:
    (flaw,) = told(
        entry("cash", *HOW, answer="За 3–10 дней."), entry("money", *TURNED, answer="за 3–10  дней.")
    )
    assert flaw.cure is Cure.JOIN
    assert read(flaw).endswith("Отвечают они одинаково, клиенту всё равно, а вам править обе: объедините их")
    assert read(flaw, "en").endswith("you have two to edit. Join them")


def test_the_same_words_cannot_be_parted_by_turning_them() -> None:
    (flaw,) = told(entry("cash", *HOW, answer="На карту."), entry("money", *TURNED, answer="В кассе."))
    assert flaw.cure is Cure.SAME_WORDS
    assert "сколько их ни переставляй" in read(flaw)
    assert "суть" not in read(flaw)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_remedy_has_its_text(language: str) -> None:
    words = dict.fromkeys(("example", "shared", "own", "suggestion"), "слово")
    for cure in Cure:
        said = read(Flaw(FlawKind.TWIN, "one", "other", words, cure), language)
        assert said.count("слово") >= 1
        assert not said.endswith(".")


def test_a_base_full_of_twins_is_looked_over_in_bounded_time() -> None:
    """However many there are, few are tried, and what is tried is tried in small bases."""
    things = ("тариф", "роутер", "договор", "пакет", "номер", "бонус", "счёт", "телефон", "кабель", "адрес")
    pairs = [
        pair
        for thing in (f"{kind}{thing}" for kind in ("", "авто", "фото") for thing in things)
        for pair in (
            entry(
                f"{thing}-1",
                f"Как заменить {thing}?",
                f"сломался {thing}",
                f"новый {thing} взамен",
                answer=thing,
            ),
            entry(f"{thing}-2", f"Нужен {thing} взамен", f"хочу новый {thing}", f"{thing} сломался совсем"),
        )
    ]
    knowledge, sizes = Knowledge(tuple(pairs)), list[int]()
    whole = build(knowledge)

    def rebuild(tried: Knowledge) -> Matcher:
        sizes.append(len(tried.entries))
        return build(tried, settled(whole))

    flaws = lint(knowledge, whole, rebuild=rebuild)
    assert sum(one.cure in (Cure.PHRASING, Cure.SHARED_WORDS) for one in flaws) > 12
    assert sum(size > 20 for size in sizes) <= 5
    assert len(sizes) <= 5 + 12 * 4 * 4

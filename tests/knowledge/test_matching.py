"""What decides between an answer, a choice and a person, apart from how near the words are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from faq.entries.entry import ANY, Entry
from faq.entries.knowledge import Knowledge
from faq.entries.problem import BrokenFaq
from faq.entries.season import Season
from faq.files.glossary import Glossary
from faq.matching.judged import Judged
from faq.matching.match import Matcher, NoMatch, Sure, Thresholds, Unsure
from faq.matching.matcher import build
from faq.matching.strangers import everyday
from tests.knowledge.shelf import NOON, ask, best, entry, noon, starter

RETURN = entry("return", "как вернуть товар", "хочу оформить возврат", "сдать покупку обратно")
PAY = entry("pay", "как оплатить заказ", "какие карты вы принимаете", "можно ли платить наличными")
PLACE = entry("place", "где вы находитесь", "адрес магазина", "как до вас добраться")
EASY = Thresholds(0.3, 0.1)


def ids(match: Sure | Unsure | NoMatch) -> set[str]:
    return {candidate.entry.id for candidate in match.ranked}


def test_an_entry_may_have_its_own_threshold() -> None:
    text = "хочу вернуть покупку обратно"
    usual = ask(Knowledge((RETURN, PAY, PLACE)), text)
    wary = ask(Knowledge((replace(RETURN, sure=1.0), PAY, PLACE)), text)
    eager = ask(Knowledge((replace(RETURN, sure=0.01), PAY, PLACE)), "вернуть")
    assert isinstance(usual, Sure), usual
    assert isinstance(wary, Unsure)
    assert wary.ranked[0].confidence == usual.best.confidence
    assert isinstance(eager, Sure)


def test_an_entry_is_offered_only_to_customers_of_its_languages() -> None:
    knowledge = Knowledge((replace(RETURN, languages=("ru",)), PAY, PLACE))
    assert best(ask(knowledge, "как вернуть товар", "ru")) == "return"
    assert best(ask(knowledge, "как вернуть товар", "ru-RU")) == "return"
    assert "return" not in ids(ask(knowledge, "как вернуть товар", "en"))


@pytest.mark.parametrize(
    "closed",
    [
        {"hidden": True},
        {"valid_until": date(2030, 6, 14)},
        {"valid_from": date(2030, 6, 16)},
        {"season": Season.parse("12-01..01-15")},
    ],
)
def test_what_is_closed_now_is_not_offered(closed: dict[str, object]) -> None:
    knowledge = Knowledge((replace(RETURN, **closed), PAY, PLACE), noon)  # type: ignore[arg-type]
    match = ask(knowledge, "как вернуть товар")
    assert "return" not in ids(match)
    assert not isinstance(match, Sure)


def test_a_season_opens_and_closes_without_a_new_matcher() -> None:
    now = [NOON]
    season = Season.parse("12-01..01-15")
    matcher = build(Knowledge((replace(RETURN, season=season), PAY, PLACE), lambda: now[0]))
    assert "return" not in ids(matcher.match("как вернуть товар", "ru"))
    now[0] = datetime(2030, 12, 24, 12, tzinfo=UTC)
    assert isinstance(matcher.match("как вернуть товар", "ru"), Sure)


def test_with_everything_closed_everybody_goes_to_a_person() -> None:
    knowledge = Knowledge((replace(RETURN, languages=("ru",)),))
    assert ask(knowledge, "как вернуть товар", "en") == NoMatch(())


def test_an_entry_that_calls_a_person_is_found_like_any_other() -> None:
    theft = Entry("theft", {}, {ANY: "украли карту"}, {ANY: ("у меня украли карту",)}, {}, call_person=True)
    match = ask(Knowledge((theft, PAY, PLACE)), "у меня украли карту")
    assert isinstance(match, Sure)
    assert match.best.entry is theft


@pytest.mark.parametrize("text", ["я не хочу оформить возврат", "не хочу оформить возврат"])
def test_the_opposite_is_not_answered_at_once(text: str) -> None:
    assert not isinstance(ask(Knowledge((RETURN, PAY, PLACE)), text), Sure)


ON = entry("on", "как подключить автоплатёж", "подключить автоплатёж к карте", "хочу включить автоплатёж")
OFF = entry("off", "как отключить автоплатёж", "отключить автоплатёж", "выключить автоплатёж")


@pytest.mark.parametrize(
    "text", ["как отключить автоплатёж с карты", "отключите автоплатёж", "хочу выключить автоплатёж"]
)
def test_what_says_the_contrary_of_a_word_is_not_answered_at_once(text: str) -> None:
    alone = ask(Knowledge((ON, PAY, PLACE)), text)
    assert not isinstance(alone, Sure), alone
    assert best(ask(Knowledge((ON, OFF, PAY, PLACE)), text)) == "off"


def test_an_entry_that_says_both_is_no_contrary() -> None:
    both = entry("both", "как подключить автоплатёж", "как отключить автоплатёж", "настройка автоплатежа")
    assert isinstance(ask(Knowledge((both, PAY, PLACE)), "отключить автоплатёж"), Sure)


def test_a_phrasing_with_its_negation_is_one() -> None:
    code = entry("code", "не приходит код", "код не пришёл", "нет кода в сообщении")
    assert isinstance(ask(Knowledge((code, PAY, PLACE)), "код не приходит"), Sure)


def test_languages_live_side_by_side_without_blurring_each_other() -> None:
    both = Entry(
        "return",
        {},
        {"ru": "как вернуть товар", "en": "how do I return something"},
        {"ru": RETURN.phrasings[ANY], "en": ("I want to send it back", "return a purchase", "returns")},
        {ANY: "Ответ"},
    )
    text = "хочу вернуть покупку обратно"
    alone = ask(Knowledge((RETURN, PAY, PLACE)), text).ranked[0].confidence
    mixed = ask(Knowledge((both, PAY, PLACE)), text).ranked[0].confidence
    assert mixed == pytest.approx(alone, abs=0.05)
    assert best(ask(Knowledge((both, PAY, PLACE)), "i'd like to return my purchase")) == "return"


def test_a_glossary_makes_words_equal(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text("- [возврат, откат]\n- [наличные, нал, живые деньги]\n", "utf-8")
    glossary = Glossary.load([path])
    knowledge = Knowledge((RETURN, PAY, PLACE))
    without, with_it = build(knowledge), build(knowledge, glossary=glossary)
    for text, expected in (("оформить откат", "return"), ("платить живыми деньгами можно?", "pay")):
        match = with_it.match(text, "ru")
        assert best(match) == expected
        assert match.ranked[0].confidence > without.match(text, "ru").ranked[0].confidence
    assert "возврат" in with_it.explain("оформить откат", "ru").understood


def test_some_slang_is_known_everywhere() -> None:
    cabinet = entry("cabinet", "как войти в личный кабинет", "не открывается личный кабинет")
    assert best(ask(Knowledge((RETURN, PAY, cabinet)), "не могу войти в лк")) == "cabinet"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- [одно]\n", 1),
        ("a: b\n", 1),
        ("- [a, b]\n- слово\n", 2),
        ("- [a, {b: c}]\n", 1),
        ("- [a, '!!']\n", 1),
        ("- [a", 1),
    ],
)
def test_a_broken_glossary_says_where(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(BrokenFaq, match=rf"glossary\.yaml, line {line}: "):
        Glossary.load([path])


def test_a_missing_glossary_says_so_and_an_empty_one_is_fine(tmp_path: Path) -> None:
    with pytest.raises(BrokenFaq, match="cannot be read"):
        Glossary.load([tmp_path / "none.yaml"])
    (tmp_path / "glossary.yaml").touch()
    assert Glossary.load([tmp_path / "glossary.yaml"]) == Glossary(())


def test_explaining_names_what_was_understood_and_why(matcher: Matcher) -> None:
    explained = matcher.explain("ghbdtn? rfr dthyenm ltymub", "ru")
    assert explained.understood == "как вернуть деньги"
    assert explained.exact
    assert explained.match == matcher.match("ghbdtn? rfr dthyenm ltymub", "ru")
    assert [near.entry for near in explained.nearest] == [one.entry for one in explained.match.ranked]
    assert len(explained.nearest) == 5
    first = explained.nearest[0]
    assert first.phrasing == "Как вернуть деньги?"
    assert first.parts["best"] == pytest.approx(1, abs=0.01)
    assert not matcher.explain("деньги когда-нибудь вернёте?", "ru").exact


def test_explaining_nothing_is_no_trouble() -> None:
    explained = build(Knowledge(())).explain("где заказ", "ru")
    assert (explained.match, explained.nearest) == (NoMatch(()), ())


class Meanings:
    """An encoder that knows a few words, and counts how often it is asked."""

    model, kind = "toy-1", "meaning"
    known = (
        ("вернуть", "возврат", "сдать", "refund"),
        ("платить", "оплатить", "карты"),
        ("адрес", "находитесь", "добраться"),
    )

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
        self.read += texts
        rows = [[sum(word in group for word in text.split()) + 0.1 for group in self.known] for text in texts]
        vectors = np.array([[*row, 0.1] for row in rows], np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class Queue:
    """Vectors kept in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}

    def get(self, model: str, digests: Iterable[str]) -> Mapping[str, bytes]:
        return {digest: self.kept[model, digest] for digest in digests if (model, digest) in self.kept}

    def put(self, model: str, vectors: Mapping[str, bytes]) -> None:
        self.kept |= {(model, digest): vector for digest, vector in vectors.items()}


def test_an_encoder_finds_what_shares_no_word() -> None:
    knowledge = Knowledge((RETURN, PAY, PLACE))
    assert best(build(knowledge, encoder=Meanings()).match("refund", "ru")) == "return"
    assert build(knowledge).match("refund", "ru").ranked[0].confidence < 0.3


def test_vectors_are_made_once_and_kept() -> None:
    knowledge, shelf = Knowledge((RETURN, PAY, PLACE)), Queue()
    first, second = Meanings(), Meanings()
    before = build(knowledge, EASY, encoder=first, vectors=shelf).match("адрес какой", "ru")
    after = build(knowledge, EASY, encoder=second, vectors=shelf).match("адрес какой", "ru")
    assert before == after
    assert len(first.read) == 9 + 1
    assert second.read == ["адрес какой"]
    third = Meanings()
    more = Knowledge((RETURN, PAY, PLACE, entry("new", "совсем новый вопрос")))
    build(more, EASY, encoder=third, vectors=shelf)
    assert third.read == ["совсем новый вопрос"]


def test_everyday_questions_are_read_once_for_all_editions() -> None:
    shelf, first, second = Queue(), Meanings(), Meanings()
    build(Knowledge((RETURN, entry("a", "первая редакция"))), encoder=first, vectors=shelf)
    build(Knowledge((RETURN, entry("b", "вторая редакция"))), encoder=second, vectors=shelf)
    assert len(first.read) > len(everyday("ru")) / 2
    assert len(second.read) < len(everyday("ru")) / 10


class Tired(Meanings):
    """One that stops when it is asked a second time."""

    def encode(self, texts: Sequence[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
        if self.read:
            raise KeyboardInterrupt
        return super().encode(texts)


def test_what_was_read_before_a_first_start_was_cut_short_is_kept() -> None:
    knowledge = Knowledge(tuple(entry(f"e{number}", f"вопрос номер {number}") for number in range(400)))
    shelf, again = Queue(), Meanings()
    with pytest.raises(KeyboardInterrupt):
        build(knowledge, EASY, encoder=Tired(), vectors=shelf)
    build(knowledge, EASY, encoder=again, vectors=shelf)
    assert 0 < len(shelf.kept) - len(again.read) < len(shelf.kept)


def judged(right: bool, number: int) -> list[Judged]:
    texts = (
        "нужен возврат товара за {}",
        "верну товар номер {}",
        "сдам покупку {} назад",
        "возврат {} как оформить",
    )
    return [Judged(texts[one % 4].format(one), "ru", "return", right) for one in range(number)]


def test_a_desk_learns_from_what_people_said_but_not_from_little() -> None:
    knowledge, text = Knowledge((RETURN, PAY, PLACE)), "нужен возврат товара за ботинки"
    before = build(knowledge).match(text, "ru").ranked[0].confidence
    confidence = {
        (right, number): build(knowledge, judged=judged(right, number)).match(text, "ru").ranked[0].confidence
        for right in (True, False)
        for number in (60, 200)
    }
    assert confidence[True, 60] == confidence[False, 60] == before
    assert confidence[True, 200] > before
    assert confidence[False, 200] < before / 2


def test_what_is_a_phrasing_by_now_teaches_nothing() -> None:
    knowledge = Knowledge((RETURN, PAY, PLACE))
    told = [Judged("Хочу оформить возврат!", "ru", "return", right=False)] * 300
    text = "нужен возврат за ботинки"
    assert build(knowledge, judged=told).match(text, "ru") == build(knowledge).match(text, "ru")


def test_praise_for_sure_answers_makes_nobody_surer_of_guesses() -> None:
    """What was judged was near; nothing is known of what is far."""
    knowledge = Knowledge((RETURN, PAY, PLACE))
    taught = build(knowledge, judged=judged(right=True, number=300))
    for text in ("курьер вернулся не туда", "расскажи анекдот", "товарищ", "как пройти в библиотеку"):
        fresh = build(knowledge).match(text, "ru").ranked[0].confidence
        assert taught.match(text, "ru").ranked[0].confidence <= fresh


def test_the_starter_is_answered_from_by_its_own_words() -> None:
    knowledge = starter()
    matcher = build(knowledge, EASY)
    assert all(matcher.match(one.question_in("ru"), "ru").ranked[0].entry == one for one in knowledge.entries)

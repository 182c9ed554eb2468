"""Words that were rightly understood are proposed as phrasings, each once and nobody's own."""

import pytest

from editorial.learning.decisions import with_phrasing, without_phrasing
from editorial.learning.phrasings import GrownProposal, Lesson, learn
from editorial.learning.proposal import ProposalState
from tests.learning.samples import KNOWLEDGE, Told, entry, proposed, right, wrong


def found(lesson: Lesson) -> list[tuple[str | None, str, tuple[int, ...]]]:
    return [(each.entry_id, each.question, each.asked) for each in lesson.new]


def test_nearly_the_same_words_are_one_proposal_that_counts_them_all() -> None:
    labels = [
        right(1, "отдайте мои денежки"),
        right(2, "Здравствуйте! Отдайте мои денежки!!"),
        right(3, "отдайте мои денежки"),
        right(4, "денежки мои отдайте"),
        right(5, "отдайте мои денежкм"),
        right(6, "привезите завтра утром", "delivery"),
    ]
    assert found(learn(labels, [], KNOWLEDGE, Told())) == [
        ("delivery", "привезите завтра утром", (6,)),
        ("refund", "отдайте мои денежки", (1, 3, 4, 5, 2)),
    ]


def test_what_is_a_phrasing_or_sure_already_teaches_nothing() -> None:
    labels = [right(1, "Верните деньги!"), right(2, "Вопрос refund?"), right(3, "хочу всё назад")]
    assert learn(labels, [], KNOWLEDGE, Told({"хочу всё назад": "refund"})) == Lesson()
    assert found(learn(labels, [], KNOWLEDGE, Told({"хочу всё назад": "delivery"}))) == [
        ("refund", "хочу всё назад", (3,))
    ]


@pytest.mark.parametrize("text", ["деньги", "89001234567", "здравствуйте спасибо", "а " * 21, "😡😡", ""])
def test_too_short_too_long_or_about_nothing(text: str) -> None:
    assert learn([right(1, text)], [], KNOWLEDGE, Told()) == Lesson()


def test_a_phrasing_names_nobody() -> None:
    labels = [right(1, "не пришёл заказ №12345, это Анна, +7 900 123-45-67", "refund", "Анна")]
    assert found(learn(labels, [], KNOWLEDGE, Told())) == [("refund", "не пришёл заказ, это", (1,))]


def test_words_that_meant_other_things_to_others_are_left_alone() -> None:
    same = "где мои вещи"
    assert learn([right(1, same), wrong(2, same)], [], KNOWLEDGE, Told()) == Lesson()
    assert learn([right(1, same), right(2, same, "delivery")], [], KNOWLEDGE, Told()) == Lesson()
    most = [right(1, same), right(2, same), right(3, same, "delivery")]
    assert found(learn(most, [], KNOWLEDGE, Told())) == [("refund", same, (1, 2))]


def test_hidden_and_removed_entries_learn_nothing() -> None:
    assert learn([right(1, "где мои вещи", "old")], [], KNOWLEDGE, Told()) == Lesson()
    assert learn([right(1, "где мои вещи", "gone")], [], KNOWLEDGE, Told()) == Lesson()


def test_a_negation_more_is_another_phrasing() -> None:
    labels = [right(1, "приходит код из смс"), right(2, "не приходит код из смс")]
    assert len(learn(labels, [], KNOWLEDGE, Told()).new) == 2


def test_what_waits_grows_and_what_was_decided_stays_decided() -> None:
    labels = [right(1, "отдайте мои денежки"), right(2, "денежки отдайте мои")]
    waits = proposed(7, "отдайте мои денежки", ids=(1,))
    assert learn(labels, [waits], KNOWLEDGE, Told()) == Lesson((), (GrownProposal(7, (1, 2)),))
    seen = proposed(7, "отдайте мои денежки", ids=(1, 2))
    assert learn(labels, [seen], KNOWLEDGE, Told()) == Lesson()
    for state in (ProposalState.REJECTED, ProposalState.APPROVED):
        decided = proposed(7, "отдайте мои денежки", state, (1,))
        assert learn(labels, [decided], KNOWLEDGE, Told()) == Lesson()


def test_each_text_is_put_to_the_matcher_once() -> None:
    matcher = Told()
    learn([right(number, "отдайте мои денежки") for number in range(50)], [], KNOWLEDGE, matcher)
    assert matcher.asked == ["отдайте мои денежки"]


def test_a_phrasing_goes_where_its_language_s_phrasings_are() -> None:
    plain = entry("a", "раз")
    assert with_phrasing(plain, "ru", "два").phrasings == {"": ("раз", "два")}
    assert with_phrasing(entry("a"), "ru", "два").phrasings == {"": ("два",)}
    tables = entry("a", question={"ru": "Как?", "en": "How?"})
    assert with_phrasing(tables, "en", "two").phrasings == {"en": ("two",)}
    assert with_phrasing(tables, "", "два").phrasings == {"ru": ("два",)}
    assert with_phrasing(plain, "ru", "РАЗ!") is plain
    assert without_phrasing(with_phrasing(plain, "ru", "два"), "два") == plain
    assert without_phrasing(with_phrasing(entry("a"), "ru", "два"), "два") == entry("a")

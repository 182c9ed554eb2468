"""Everyday questions reach a person at every knowledge base, however near to them its words are."""

from collections.abc import Sequence

import pytest

from faq.entries.knowledge import Knowledge
from faq.matching.match import Matcher, NoMatch, Unsure
from faq.matching.matcher import build, settled, weights_for
from faq.matching.strangers import everyday
from tests.knowledge.shelf import entry

SPECIAL = Knowledge(
    (
        entry("roaming", "как подключить роуминг за границей", "роуминг в турции", "связь в роуминге"),
        entry("sim", "как заменить сим-карту", "потерял симку", "новая sim карта"),
        entry("tariff", "как сменить тариф", "перейти на другой тариф", "хочу тариф подешевле"),
    )
)
PLAIN = Knowledge(
    (
        entry("price", "сколько это стоит", "сколько стоит", "какая цена"),
        entry("place", "где вы находитесь", "где вы", "куда приехать"),
        entry("time", "когда вы работаете", "когда приходить", "до скольки вы"),
        entry("goods", "что у вас можно купить", "что у вас есть", "где это купить"),
    )
)
ENGLISH = Knowledge(
    (
        entry("price", "how much is it", "what does it cost", "how much do you want for this"),
        entry("place", "where are you", "what is the way to you", "where can i find you"),
        entry("time", "when are you there", "how long are you open", "what time do you close"),
    )
)


def helped(matcher: Matcher, texts: Sequence[str], language: str = "ru") -> float:
    """The share that does not go to a person at once, of what is not asked word for word."""
    strange = [text for text in texts if not matcher.explain(text, language).exact]
    return sum(not isinstance(matcher.match(text, language), NoMatch) for text in strange) / len(strange)


@pytest.mark.parametrize(
    ("base", "language"),
    [(SPECIAL, "ru"), (PLAIN, "ru"), (ENGLISH, "en")],
    ids=["special", "plain", "english"],
)
def test_hardly_an_everyday_question_is_offered_anything(base: Knowledge, language: str) -> None:
    assert helped(build(base), everyday(language), language) <= 0.03


def test_a_base_in_everyday_words_is_more_careful_than_another() -> None:
    least = weights_for(None).thresholds(unsure=weights_for(None).unsure)
    assert helped(build(PLAIN, least), everyday("ru")) > 0.03 > helped(build(SPECIAL, least), everyday("ru"))


def test_a_trial_of_a_base_is_judged_by_the_measure_of_that_base() -> None:
    measured = settled(build(PLAIN))
    assert measured is not None
    assert measured.unsure > weights_for(None).unsure
    assert settled(build(SPECIAL, measured)) == measured


def test_a_desk_that_says_from_where_on_a_choice_is_offered_is_obeyed() -> None:
    own = weights_for(None).thresholds(unsure=0.0)
    assert helped(build(PLAIN, own), everyday("ru")) > 0.3


def test_what_is_asked_word_for_word_is_no_stranger() -> None:
    text = everyday("ru")[0]
    base = Knowledge((*SPECIAL.entries, entry("doing", text)))
    assert not isinstance(build(base).match(text, "ru"), NoMatch)


def test_a_base_about_everyday_things_still_offers_what_more_likely_helps_than_not() -> None:
    """Nothing would be, if hardly an everyday question might be offered something."""
    asked = [text for text in everyday("ru") if len(text.split()) > 4]
    about = [entry(f"e{at}", *(text.rsplit(maxsplit=1)[0] for text in asked[at::40])) for at in range(40)]
    matcher = build(Knowledge(tuple(about)))
    assert sum(isinstance(matcher.match(text, "ru"), Unsure) for text in asked) > len(asked) / 10

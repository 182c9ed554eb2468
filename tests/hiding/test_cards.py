"""Every number of a card is found however it is written, and hardly anything else is taken for one."""

from random import Random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from desk.content import utf16_length
from desk.hiding.card_schemes import is_barcode
from desk.hiding.secrets import Secrets
from tests.hiding.numbers import OTHERS, SCHEMES, digits, grouped, with_check_digit

HIDE = Secrets().hide
SEPARATORS = [" ", "-", ".", "\u00a0", "\u202f", " - ", "–", "—", "_", "/", "\n", "\r\n", "\u200b", "  ", "·"]
SCRIPTS = [
    "0123456789",
    "٠١٢٣٤٥٦٧٨٩",
    "۰۱۲۳۴۵۶۷۸۹",
    "０１２３４５６７８９",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "⓪①②③④⑤⑥⑦⑧⑨",
]
AROUND = [
    ("", ""),
    ("карта ", " не проходит"),
    ("вот: ", "."),
    ("списали с", "почему?"),
    ("🦄", "🦄"),
    ("№", "\n"),
]
RIGHT_BEHIND = ["", " 12/27", " 12/27 123", "\n123", ", 07.28, cvv 739"]


@st.composite
def cards(draw: st.DrawFn) -> str:
    """A valid number of one of the schemes."""
    begins, lengths = SCHEMES[draw(st.sampled_from(sorted(SCHEMES)))]
    begin, length = draw(st.sampled_from(begins)), draw(st.sampled_from(lengths))
    rest = draw(st.text("0123456789", min_size=length - 1 - len(begin), max_size=length - 1 - len(begin)))
    return with_check_digit(begin + rest)


def left(text: str) -> str:
    return "".join(each for each in HIDE(text) if each.isdigit())


@settings(max_examples=600, deadline=None)
@given(cards(), st.data())
def test_every_number_of_the_schemes_is_hidden(card: str, data: st.DataObject) -> None:
    by = data.draw(st.sampled_from(SEPARATORS))
    amex = [(4, 6, 5)] if len(card) == 15 else []
    diners = [(4, 6, 4)] if len(card) == 14 else []
    sizes = data.draw(st.sampled_from([(19,), (4,), (8,), (2,), (1,), *amex, *diners]))
    before, behind = data.draw(st.sampled_from(AROUND))
    assume(before.startswith("карта") or not is_barcode(card))  # one in hundreds is an article's as well
    script = data.draw(st.sampled_from(SCRIPTS))
    said = before + grouped(card, *sizes, by=by).translate(str.maketrans(SCRIPTS[0], script)) + behind
    hidden = HIDE(said)
    assert left(said) == ""
    assert utf16_length(hidden) == utf16_length(said), "offsets of entities stay true"
    others = [each for each in said if not each.isdigit()]
    assert [each for each in hidden if each != "•"] == others, "nothing else is touched"


@settings(max_examples=300, deadline=None)
@given(cards(), st.sampled_from(RIGHT_BEHIND), st.sampled_from([(19,), (4,)]))
@example("4010081000007", " 12/27 123", (19,))  # with what is behind it, an account
def test_what_stands_beside_it_is_hidden_too(card: str, behind: str, sizes: tuple[int, ...]) -> None:
    assert left(f"карта {grouped(card, *sizes)}{behind}") == ""


@settings(max_examples=200, deadline=None)
@given(cards(), st.data())
def test_groups_may_be_of_any_size(card: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(1, len(card) - 1), min_size=1, max_size=5)))
    parts = [card[start:end] for start, end in zip([0, *cuts], [*cuts, len(card)], strict=True)]
    by = [data.draw(st.sampled_from(SEPARATORS)) for _ in cuts]
    said = "моя карта: " + "".join(part + sign for part, sign in zip(parts, [*by, ""], strict=True))
    assert left(said) == ""


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["4", "51", "2200", "62"]), st.integers(0, 10**20), st.data())
def test_words_may_stand_between_its_groups(begin: str, rest: int, data: st.DataObject) -> None:
    card = with_check_digit((begin + str(rest).zfill(20))[:15])
    words = st.sampled_from([" потом ", ", дальше ", "и", " (сзади) ", "\nследующие:\n", ", ", " 🦄 "])
    gaps = [data.draw(words) for _ in range(3)]
    said = "".join(card[4 * n : 4 * n + 4] + gap for n, gap in enumerate([*gaps, " всё"]))
    assert left(said) == ""


@pytest.mark.parametrize(
    "text",
    ["карта 4276 3800 1234 5678", "номер карты 4276380012345678", "5100 1234 1234 1235, 12/27 123"],
)
def test_a_mistyped_number_is_hidden_if_it_looks_like_a_card_or_is_called_one(text: str) -> None:
    assert left(text) == ""


@pytest.mark.parametrize("text", ["бонусная карта 4276 3800 1234 5678", "сим-карта 8970 1999 1234 5678"])
def test_cards_of_another_kind_are_left(text: str) -> None:
    assert HIDE(text) == text


@pytest.mark.parametrize("kind", OTHERS)
def test_other_numbers_are_left(kind: str) -> None:
    """Under one in a hundred, alone or in a sentence; the same ones in every run."""
    random = Random(kind)
    said = [OTHERS[kind](random) for _ in range(4000)]
    alarms = [text for text in said if HIDE(text) != text]
    assert len(alarms) < len(said) / 100, alarms[:5]
    sentences = [f"Здравствуйте! Где {text}, жду с {digits(random, 2)}.11" for text in said[:1000]]
    alarms = [text for text in sentences if HIDE(text) != text]
    assert len(alarms) < len(sentences) / 100, alarms[:5]


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters() | st.sampled_from("0123456789 -\n"), max_size=200))
def test_any_text_keeps_its_length_and_its_words(text: str) -> None:
    hidden = HIDE(text)
    assert utf16_length(hidden) == utf16_length(text)
    assert "".join(each for each in hidden if each != "•") in text or "•" in hidden


@pytest.mark.parametrize(
    "bit", ["1 ", "4 ", "1234 ", "4276 ", "код 12 ", "4111-", "(", "код ", "cvv ", "12/27 "]
)
def test_no_text_keeps_the_desk_busy(bit: str) -> None:
    """Messages of Telegram's length made to be slow; Python's own clock of work is asked, not the wall's."""
    from time import process_time

    text, start = bit * (4096 // len(bit)), process_time()
    HIDE(text)
    assert process_time() - start < 1

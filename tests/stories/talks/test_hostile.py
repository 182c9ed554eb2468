"""Names and texts that were never meant for a support desk arrive as they were written and break nothing."""

import pytest

from sandbox.chats import Message
from tests.stories.conftest import SetUp
from tests.stories.looks import pieces
from tests.stories.talk import Talk, talking

LONG = "Анна-Мария" * 5 + "🦄" * 14
NAMES = [
    ("<b>Анна</b> & <a href='tg://user?id=1'>Ко</a>",) * 2,
    ("{{ 7 * 7 }} {name} %s \\",) * 2,
    ("\u202e\u2067אנה\u200f", "אנה"),
    ("🦄🧜‍♀️👩‍👩‍👧",) * 2,
    (LONG * 2,) * 2,
    ("Анна\nМария\r\n\tИвановна", "Анна Мария Ивановна"),
    ("\u3164\u200f\u2060", "…"),
]
"""As they were given to Telegram, and as operators see them."""
BIG = 2**52 - 7
"""As large as Telegram's ids may become."""
MARKUP = "<b>не жирно</b> &lt; *и* __так__ [нет](tg://user?id=1) <script>alert(1)</script> {{ 7 * 7 }} {%"


def own(message: Message) -> str:
    """The text without the header that stands above it where there are no topics."""
    text: str = message["text"]
    return text.partition("\n")[2] if text.startswith("👤") else text


@pytest.mark.parametrize("forum", [True, False], ids=["topics", "plain group"])
async def test_people_of_any_name_are_heard_and_answered(set_up: SetUp, forum: bool) -> None:
    async with set_up(forum=forum) as scene, scene.at_work():
        for number, (name, shown) in enumerate(NAMES, start=1):
            somebody, oleg = scene.customer(name, id=BIG - number), scene.operator(name)
            question = f"зонтик поёт, оператор! {number}"
            await somebody.says(question)
            topic = await oleg.topic(f"🔵 {shown}"[:128]) if forum else None
            card = await oleg.sees(topic, f"№\xa0{number} ·")
            header = f"№\xa0{number} · {shown}"
            assert card["text"].split("\n")[0] == f"🤖 {header}"
            assert pieces(card, "bold") == [header]
            seen = await oleg.sees(topic, question)
            assert own(seen) == question
            assert {each["type"] for each in seen.get("entities", [])} <= {"bold", "bot_command"}
            await oleg.replies(topic, "слушаем", to=seen)
            await somebody.sees("слушаем")
            await oleg.presses(topic, "Закрыть")
            await somebody.presses("1 — Отвратительно")
            await somebody.sees("1 — Отвратительно")


async def test_markup_typed_by_hand_stays_what_was_typed(talk: Talk) -> None:
    await talk.anna.says(MARKUP)
    seen = await talk.oleg.sees(talk.topic, "не жирно")
    assert own(seen) == MARKUP
    assert pieces(seen, "bold") == ([] if talk.scene.forum else [seen["text"].split("\n")[0]])
    await talk.replies(MARKUP)
    copy = await talk.anna.sees("не жирно")
    assert copy["text"] == MARKUP
    assert "entities" not in copy
    await talk.anna.sends_photo(caption=MARKUP)
    assert MARKUP in (await talk.oleg.sees_photo(talk.topic, "не жирно"))["caption"]


@pytest.mark.parametrize("letter", ["ж", "🦄"], ids=["letters", "astral"])
async def test_the_longest_texts_and_captions_arrive_whole(talk: Talk, letter: str) -> None:
    text = letter * 4090 + " конец"
    width = len("🦄".encode("utf-16-le")) // 2 if letter == "🦄" else 1
    ending = [{"type": "italic", "offset": width * 4090 + 1, "length": 5}]
    await talk.anna.says(text, entities=ending)
    seen = await talk.oleg.sees(talk.topic, " конец")
    assert seen["text"] == text
    assert pieces(seen, "italic") == ["конец"]
    await talk.replies(text, entities=ending)
    copy = await talk.anna.sees(" конец")
    assert copy["text"] == text
    assert pieces(copy, "italic") == ["конец"]
    caption = letter * 1016 + " подпись"
    await talk.anna.sends_photo(caption=caption)
    assert (await talk.oleg.sees_photo(talk.topic, "подпись"))["caption"] == caption
    await talk.oleg.sends_document(talk.topic, caption=caption, to=talk.to)
    assert (await talk.anna.sees_kind("document", "подпись"))["caption"] == caption


async def test_where_there_is_no_room_the_header_goes_ahead_and_both_can_be_answered(set_up: SetUp) -> None:
    async with talking(set_up, forum=False) as talk:
        _, copy = await talk.carried("опишите подробно")
        his = next(each for each in await talk.group() if each.get("text") == "опишите подробно")
        long = "ж" * 4096
        hers = await talk.anna.says(long, reply_to=copy, quote="подробно")
        seen = await talk.oleg.sees(None, long)
        header = (await talk.group())[-2]
        assert "Анна" in header["text"]
        assert header["reply_to_message"]["message_id"] == his["message_id"]
        assert header["quote"]["text"] == "подробно"
        assert seen["reply_to_message"]["message_id"] == header["message_id"]
        for answered in (header, seen):
            await talk.replies("прочли", to=answered)
            got = await talk.anna.sees("прочли")
            assert got["reply_to_message"]["message_id"] == hers["message_id"]
        await talk.anna.edits(hers, "коротко")
        assert await talk.oleg.sees(None, "коротко") is seen


async def test_a_hundred_pieces_of_formatting_still_fit_under_a_header(talk: Talk) -> None:
    spots = [{"type": "bold", "offset": 2 * number, "length": 1} for number in range(100)]
    await talk.anna.says("ж " * 100, entities=spots)
    seen = await talk.oleg.sees(talk.topic, "ж ж ж")
    assert pieces(seen, "bold") == ["ж"] * 100
    await talk.replies("ж " * 100, entities=spots)
    assert pieces(await talk.anna.sees("ж ж ж"), "bold") == ["ж"] * 100


async def test_ids_larger_than_thirty_two_bits_work_everywhere(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.group.last_id = 2**31 - 2
        async with scene.at_work():
            anna, oleg = scene.customer("Анна", id=BIG - 1), scene.operator("Олег", id=BIG)
            await anna.says("зонтик поёт, оператор!")
            topic = await oleg.topic("Анна")
            await oleg.sees(topic, "Анна")
            seen = await oleg.sees(topic, "зонтик поёт, оператор!")
            assert seen["message_id"] > 2**31 - 1
            mine = await oleg.replies(topic, "слушаем", to=seen)
            copy = await anna.sees("слушаем")
            await anna.says("да вот", reply_to=copy)
            got = await oleg.sees(topic, "да вот")
            assert got["reply_to_message"]["message_id"] == mine["message_id"]

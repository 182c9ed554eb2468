"""An album stays one album with every caption; bursts arrive whole, in order, in one topic."""

from typing import Any

import pytest

from sandbox.chats import Message
from sandbox.content import samples
from tests.stories.conftest import Scene, SetUp
from tests.stories.looks import essence, is_header
from tests.stories.talk import Talk, talking

SORTS = [("photo", "video", "photo"), ("document",) * 3, ("audio",) * 2]


def contents(scene: Scene, kinds: tuple[str, ...]) -> list[dict[str, Any]]:
    """Sample media, each with a caption of its own."""
    return [
        samples.of(scene.world, kind) | {"caption": f"подпись {number}"} for number, kind in enumerate(kinds)
    ]


def captions(messages: list[Message]) -> list[str]:
    """The last line of each caption: where there are no topics a header stands above."""
    return [each.get("caption", "").split("\n")[-1] for each in messages]


def in_albums(messages: list[Message]) -> list[list[Message]]:
    """Messages by the album they stand in."""
    found: dict[str, list[Message]] = {}
    for each in messages:
        if "media_group_id" in each:
            found.setdefault(each["media_group_id"], []).append(each)
    return list(found.values())


async def test_albums_of_every_sort_go_both_ways_as_albums(talk: Talk) -> None:
    _, last = await talk.carried("начнём")
    for kinds in SORTS:
        hers = await talk.anna.sends_album(contents(talk.scene, kinds))
        await talk.oleg.sees_kind(talk.topic, kinds[-1], f"подпись {len(kinds) - 1}")
        (seen,) = in_albums(await talk.from_anna(talk.first))[-1:]
        assert ([*map(essence, seen)], captions(seen)) == ([*map(essence, hers)], captions(hers))
        his = await talk.oleg.sends_album(contents(talk.scene, kinds), talk.topic, to=talk.to)
        await talk.anna.sees_kind(kinds[-1], f"подпись {len(kinds) - 1}")
        (copies,) = in_albums(await talk.from_oleg(last))[-1:]
        assert ([*map(essence, copies)], captions(copies)) == ([*map(essence, his)], captions(his))


ABOVE = "show_caption_above_media"


async def test_an_album_with_words_above_some_of_it_stays_an_album(talk: Talk) -> None:
    """Telegram refuses an album in which only some have words above (td MessageContent.cpp:5341)."""
    _, last = await talk.carried("начнём")
    for bearers in ((0,), (1,), (0, 1)):
        album = contents(talk.scene, SORTS[0])
        album[1]["caption"], album[2] = f"слова о {bearers}", samples.of(talk.scene.world, "photo")
        for number in bearers:
            album[number][ABOVE] = True
        await talk.anna.sends_album(album)
        await talk.oleg.sees_kind(talk.topic, "video", f"слова о {bearers}")
        for _ in range(2):  # the one before the video, and the last, which comes after it
            await talk.oleg.sees_photo(talk.topic)
        (seen,) = in_albums(await talk.from_anna(talk.first))[-1:]
        await talk.oleg.sends_album(album, talk.topic, to=talk.to)
        await talk.anna.sees_kind("video", f"слова о {bearers}")
        for _ in range(2):
            await talk.anna.sees_photo()
        (copies,) = in_albums(await talk.from_oleg(last))[-1:]
        for carried in (seen, copies):
            assert captions(carried) == captions(album)
            assert [each.get(ABOVE, False) for each in carried] == [True, True, False], (
                "where there are words"
            )


async def test_an_album_may_open_a_ticket(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.sends_album(contents(scene, SORTS[0]))
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "подпись 2")
    (album,) = in_albums(await oleg.reads(topic))
    assert captions(album) == ["подпись 0", "подпись 1", "подпись 2"]
    assert len(oleg.topics()) == 1


async def test_an_album_that_comes_in_two_parts_is_one_album(set_up: SetUp) -> None:
    async with talking(set_up, forum=True) as talk:
        group = {"media_group_id": talk.scene.world.album_id()}
        first, *rest = contents(talk.scene, ("photo",) * 4)
        await talk.anna.sends(first | group)
        await talk.scene.world.changes.until(lambda change: asks_for_more(talk, change), 15)
        for content in rest:
            await talk.anna.sends(content | group)
        await talk.oleg.sees(talk.topic, "подпись 3")
        assert [captions(album) for album in in_albums(await talk.from_anna(talk.first))] == [
            ["подпись 0", "подпись 1", "подпись 2", "подпись 3"]
        ]


def asks_for_more(talk: Talk, change: Any) -> bool:
    """The bot has taken what there was and asks Telegram for further updates."""
    return change.what == "call" and talk.scene.world.log.calls("getUpdates")[-1].params.get("offset")


async def test_an_album_in_reply_stays_an_album_and_a_reply(talk: Talk) -> None:
    his, copy = await talk.carried("пришлите чек с двух сторон")
    await talk.anna.sends_album(contents(talk.scene, ("photo", "photo")), to=copy)
    await talk.oleg.sees(talk.topic, "подпись 1")
    (album,) = in_albums(await talk.from_anna(talk.first))
    assert album[0]["reply_to_message"]["message_id"] == his["message_id"]
    assert captions(album) == ["подпись 0", "подпись 1"]


async def test_an_album_noted_stays_inside_whole(talk: Talk) -> None:
    _, last = await talk.carried("секунду")
    note = contents(talk.scene, ("photo", "photo", "photo"))
    note[0]["caption"] = "// паспорт клиента, не пересылать"
    del note[1]["caption"], note[2]["caption"]
    await talk.oleg.sends_album(note, talk.topic, to=talk.to)
    order = [samples.of(talk.scene.world, "photo") for _ in range(2)]
    await talk.oleg.sends_album(order, talk.topic, caption="/vip", to=talk.to)
    await talk.carried("готово")
    assert [each["text"] for each in await talk.from_oleg(last)] == ["готово"]


@pytest.mark.parametrize("forum", [True, False], ids=["topics", "plain group"])
async def test_five_texts_of_a_new_customer_make_one_topic_and_lose_nothing(
    set_up: SetUp, forum: bool
) -> None:
    async with set_up(forum=forum) as scene:
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        said = [f"фраза {number}: зонтик опять поёт" for number in range(1, 6)]
        for text in said:
            await anna.says(text)
        async with scene.at_work():
            topic = await oleg.topic("Анна") if forum else None
            await oleg.sees(topic, said[-1])
            shown = "\n".join(each["text"] for each in await oleg.reads(topic) if is_words(each))
            assert [line for line in shown.split("\n") if line in said] == said
            assert len(oleg.topics()) == int(forum)
            assert len([each for each in await anna.reads() if "Передали" in each.get("text", "")]) == 1


def is_words(message: Message) -> bool:
    """Texts apart from the card, which repeats the question."""
    return "text" in message and "reply_markup" not in message and not is_header(message)


async def test_a_burst_costs_the_group_few_messages(set_up: SetUp) -> None:
    async with set_up() as scene:
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await anna.says("оператор")
        for number in range(8):
            await anna.says(f"слово {number}")
        for number in range(3):
            await anna.sends_photo(caption=f"снимок {number}")
        await anna.says("вот и всё")
        async with scene.at_work():
            topic = await oleg.topic("Анна")
            await oleg.sees(topic, "вот и всё")
            sent = scene.world.log.calls(chat=scene.group.id, applied=True)
            assert [call.method for call in sent if call.method.startswith("send")] == [
                "sendMessage",  # the card
                "sendMessage",
                "sendMediaGroup",
                "sendMessage",
            ]
            (album,) = in_albums(await oleg.reads(topic))
            assert captions(album) == ["снимок 0", "снимок 1", "снимок 2"]


async def test_more_than_ten_pictures_are_two_albums(set_up: SetUp) -> None:
    async with talking(set_up, forum=True, album_wait=1) as talk:
        await talk.carried("показывайте")
        for _ in range(2):
            await talk.anna.sends_album(["photo"] * 10)
        await talk.anna.says("это всё")
        await talk.oleg.sees(talk.topic, "это всё")
        assert [len(album) for album in in_albums(await talk.from_anna(talk.first))] == [10, 10]

"""What is edited on one side changes on the other, and nothing else does."""

import pytest

from sandbox.changing import rewrite
from sandbox.chats import Chat, Message
from sandbox.content import samples
from tests.stories.conftest import SetUp
from tests.stories.looks import essence, pieces
from tests.stories.talk import Talk, talking


def replace_media(talk: Talk, chat: Chat, message: Message, kind: str, caption: str) -> None:
    """Put another file into a message, as apps let people do."""
    content = samples.of(talk.scene.world, kind) | {"caption": caption}
    fields = ("photo", "video", "document", "text", "entities", "caption", "caption_entities")
    rewrite(talk.scene.world, chat, message, content, fields)


async def test_texts_are_edited_both_ways(talk: Talk) -> None:
    hers, seen = await talk.asked("зонтик поёт басом")
    await talk.anna.edits(hers, html="зонтик поёт <b>тенором</b>")
    await talk.oleg.sees(talk.topic, "зонтик поёт тенором")
    assert pieces(seen, "bold")[-1] == "тенором"
    his, copy = await talk.carried("какой модели?")
    await talk.oleg.edits(his, html="какого <i>цвета</i>?")
    assert await talk.anna.sees("какого цвета?") is copy
    assert pieces(copy, "italic") == ["цвета"]


async def test_whose_message_it_is_stays_above_an_edited_one(set_up: SetUp) -> None:
    async with talking(set_up, forum=False) as talk:
        hers, seen = await talk.asked("поёт громко")
        header = seen["text"].split("\n")[0]
        assert "Анна" in header
        await talk.anna.edits(hers, "поёт тихо")
        await talk.oleg.sees(None, "поёт тихо")
        assert seen["text"] == f"{header}\nпоёт тихо"
        assert pieces(seen, "bold") == [header]


async def test_captions_are_edited_both_ways_added_and_taken_away(talk: Talk) -> None:
    hers = await talk.anna.sends_photo()
    seen = await talk.oleg.sees_photo(talk.topic)
    await talk.settled()
    await talk.anna.edits(hers, "ручка сломана")
    await talk.oleg.sees_photo(talk.topic, "ручка сломана")
    his = await talk.oleg.sends_voice(talk.topic, caption="послушайте", to=talk.to)
    copy = await talk.anna.sees_kind("voice", "послушайте")
    await talk.delivered(his)
    await talk.oleg.edits(his, "послушайте до конца")
    assert await talk.anna.sees("послушайте до конца") is copy
    await talk.oleg.edits(his)
    await talk.anna.sees_kind("voice")
    await talk.anna.edits(hers)
    await talk.settled()
    assert "caption" not in copy
    assert "ручка" not in seen.get("caption", "")


async def test_another_file_takes_the_place_of_the_first(talk: Talk) -> None:
    hers = await talk.anna.sends_photo(caption="не тот снимок")
    seen = await talk.oleg.sees_photo(talk.topic, "не тот снимок")
    his, copy = await talk.carried("инструкция в тексте")
    replace_media(talk, talk.anna.chat, hers, "video", "тот самый")
    assert await talk.oleg.sees_kind(talk.topic, "video", "тот самый") is seen
    replace_media(talk, talk.scene.group, his, "document", "инструкция в файле")
    assert await talk.anna.sees_kind("document", "инструкция в файле") is copy
    assert (essence(seen), essence(copy)) == (essence(hers), essence(his))


async def test_one_picture_of_an_album_is_edited_alone(talk: Talk) -> None:
    hers = await talk.anna.sends_album(["photo", "photo", "photo"], caption="до")
    await talk.settled()
    await talk.anna.edits(hers[1], "посередине")
    seen = await talk.oleg.sees(talk.topic, "посередине")
    assert essence(seen) == essence(hers[1])
    album = [each for each in await talk.group() if each.get("media_group_id") == seen["media_group_id"]]
    assert [each.get("caption", "").split("\n")[-1] for each in album] == ["до", "посередине", ""]


@pytest.mark.parametrize("forum", [True, False], ids=["topics", "plain group"])
async def test_an_edit_before_the_message_went_out_goes_with_it(set_up: SetUp, forum: bool) -> None:
    async with set_up(forum=forum) as scene:
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        question = await anna.says("почему зонтик пёот?")
        await anna.edits(question, "почему зонтик поёт?")
        async with scene.at_work():
            topic = await oleg.topic("Анна") if forum else None
            await oleg.sees(topic, "почему зонтик поёт?")  # on the card
            seen = await oleg.sees(topic, "почему зонтик поёт?")
            await anna.says("и свистит")
            await oleg.sees(topic, "и свистит")
            assert "edit_date" not in seen
            assert len([each for each in await oleg.reads(topic) if "зонтик поёт" in str(each)]) == 2


async def test_an_edited_part_of_a_merged_text_changes_only_itself(talk: Talk) -> None:
    said, seen = await talk.merged("один", "два", "три")
    assert seen["text"].endswith("один\n\nдва\n\nтри")
    await talk.anna.edits(said[1], html="<b>два с половиной</b>")
    assert await talk.oleg.sees(talk.topic, "два с половиной") is seen
    assert seen["text"].endswith("один\n\nдва с половиной\n\nтри")
    assert pieces(seen, "bold")[-1] == "два с половиной"


async def test_texts_with_blank_lines_of_their_own_are_told_apart_by_thin_lines(talk: Talk) -> None:
    said, seen = await talk.merged("один\n\nи ещё", "два", "три")
    assert seen["text"].endswith("один\n\nи ещё\n┈┈┈\nдва\n┈┈┈\nтри")
    await talk.anna.edits(said[0], html="<b>один</b>")
    await talk.settled()
    assert seen["text"].endswith("один\n\nдва\n\nтри")
    assert pieces(seen, "bold")[-1] == "один"
    await talk.anna.edits(said[2], html="три,\n\n<i>четыре</i>")
    await talk.settled()
    assert seen["text"].endswith("один\n┈┈┈\nдва\n┈┈┈\nтри,\n\nчетыре")
    assert pieces(seen, "italic") == ["четыре"]


async def test_what_has_no_room_in_a_merged_text_any_more_stands_below_it(talk: Talk) -> None:
    said, seen = await talk.merged("один", "два", "три")
    await talk.anna.edits(said[1], "ж" * 4000 + " много слов")
    await talk.anna.edits(said[0], "е" * 4000 + " ещё больше")
    long = await talk.oleg.sees(talk.topic, "много слов")
    assert long["reply_to_message"]["message_id"] == seen["message_id"]
    assert seen["text"].endswith("один\n\nдва\n\nтри")
    await talk.settled()
    await talk.anna.edits(said[1], "всё-таки два")
    assert await talk.oleg.sees(talk.topic, "всё-таки два") is long


async def test_an_edit_that_cannot_arrive_is_said(talk: Talk) -> None:
    hers, seen = await talk.asked("зонтик поёт")
    his, copy = await talk.carried("перезвоним в пять")
    await talk.oleg.deletes(seen)
    await talk.anna.edits(hers, "зонтик больше не поёт")
    await talk.oleg.sees(talk.topic, "показать правку здесь не получилось")
    await talk.anna.deletes(copy)
    await talk.oleg.edits(his, "перезвоним в шесть")
    await talk.oleg.sees(talk.topic, "Правка до клиента не дошла")


async def test_an_edited_note_stays_a_note(talk: Talk) -> None:
    _, last = await talk.carried("смотрю")
    note = await talk.replies("// клиент нервничает")
    await talk.oleg.edits(note, "клиент очень нервничает")
    his, copy = await talk.carried("нашёл")
    await talk.oleg.edits(his, "// не то нашёл")
    await talk.oleg.edits(his, "/close")
    await talk.settled()
    assert (await talk.from_oleg(last))[0] is copy
    assert copy["text"] == "нашёл"
    assert "нервничает" not in str(await talk.anna.reads())


async def test_a_reply_edited_into_a_note_is_said_to_stand_as_it_was(talk: Talk) -> None:
    his, copy = await talk.carried("скидка пять процентов")
    await talk.oleg.edits(his, "// скидку не обещаем")
    await talk.oleg.sees(talk.topic, "Правка осталась в группе")
    assert copy["text"] == "скидка пять процентов"

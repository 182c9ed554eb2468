"""What Telegram refuses is taken apart and sent with less: nothing good is lost with what is bad."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox import Fault
from sandbox.chats import Message
from sandbox.content import samples
from sandbox.faults import Rule
from tests.stories.conftest import SetUp
from tests.stories.looks import pieces
from tests.stories.talk import Talk, talking

LONG = " ".join(f"слово{number}" for number in range(170))
"""About 1,500 characters: a premium customer may write so under a picture."""
NEW_LIMIT = Fault.saying("Bad Request: UMBRELLAS_MUST_NOT_SING")
METHODS = ("sendPhoto", "sendMediaGroup", "copyMessage", "sendDocument", "sendMessage", "forwardMessage")


def refuses(talk: Talk, method: str | None = None, *, having: Callable[[Any], bool] | None = None) -> Rule:
    """From now on Telegram knows a limit that it did not know before."""
    more = {} if having is None else {"having": having}
    return talk.scene.world.faults.add(NEW_LIMIT, method=method, **more)


def pictures(talk: Talk, *captions: str) -> list[dict[str, Any]]:
    """Photos with a caption each."""
    return [samples.of(talk.scene.world, "photo") | {"caption": caption} for caption in captions]


def words_of(messages: list[Message]) -> str:
    """All that is written under and below, in order."""
    return " ".join((each.get("caption") or each.get("text") or "").strip() for each in messages)


async def test_one_bad_caption_does_not_take_its_neighbours_with_it(talk: Talk) -> None:
    await talk.anna.sends_album(pictures(talk, "первый", "ю" * 1025, "третий"))
    await talk.oleg.sees(talk.topic, "третий")
    seen = [each for each in await talk.from_anna(talk.first) if "photo" in each]
    assert len(seen) == 3
    assert words_of(await talk.from_anna(talk.first)).count("ю") == 1025
    await talk.settled()
    assert "не дал передать" not in words_of(await talk.from_anna(talk.first))


async def test_an_operator_s_album_is_taken_apart_as_well(talk: Talk) -> None:
    _, last = await talk.carried("смотрите")
    his = await talk.oleg.sends_album(pictures(talk, "первый", LONG, "третий"), talk.topic, to=talk.to)
    await talk.anna.sees("третий")
    for each in his:
        await talk.delivered(each)
    found = await talk.from_oleg(last)
    assert ["photo" in each for each in found] == [True, True, False, True]
    assert words_of(found) == f"первый {LONG} третий"


async def test_three_photos_in_a_burst_the_second_with_a_long_caption(talk: Talk) -> None:
    async with talk.group_out_of_reach():
        for caption in ("первый", LONG, "третий"):
            await talk.anna.sends_photo(caption=caption)
    await talk.oleg.sees(talk.topic, "третий")
    found = await talk.from_anna(talk.first)
    assert len([each for each in found if "photo" in each]) == 3
    assert all(word in words_of(found).split() for word in LONG.split())


async def test_a_long_caption_goes_both_ways_with_the_rest_below(talk: Talk) -> None:
    await talk.anna.sends_photo(caption=LONG)
    below = await talk.oleg.sees(talk.topic, "слово169")
    shown = [each for each in await talk.from_anna(talk.first) if "слово" in words_of([each])]
    assert ["photo" in each for each in shown] == [True, False]
    assert " ".join(words_of(shown).split()[-170:]) == LONG
    _, last = await talk.carried("вижу")
    his = await talk.oleg.sends_photo(talk.topic, caption=LONG, to=below if talk.to else None)
    await talk.anna.sees("слово169")
    await talk.delivered(his)
    assert words_of(await talk.from_oleg(last)) == LONG
    await talk.oleg.replies(talk.topic, "/undo", to=his if talk.to else None)
    await talk.carried("проехали")
    assert words_of(await talk.from_oleg(last)) == "проехали"


async def test_an_answer_to_either_part_is_an_answer_to_the_message(talk: Talk) -> None:
    _, last = await talk.carried("начнём")
    his = await talk.oleg.sends_photo(talk.topic, caption=LONG, to=talk.to)
    await talk.anna.sees("слово169")
    await talk.delivered(his)
    for part in await talk.from_oleg(last):
        await talk.anna.says("это про что?", reply_to=part)
        asked = await talk.oleg.sees(talk.topic, "это про что?")
        assert asked["reply_to_message"]["message_id"] == his["message_id"]


@pytest.mark.parametrize("parameter", ["entities", "reply_parameters", "reply_markup"])
async def test_a_new_limit_on_what_stands_around_words(talk: Talk, parameter: str) -> None:
    his, copy = await talk.carried("какой зонтик?")
    refuses(talk, "sendMessage", having=lambda params: bool(params.get(parameter)))
    await talk.anna.says(html="зонтик <b>синий</b>", reply_to=copy)
    await talk.oleg.sees(talk.topic, "зонтик синий")
    answer = await talk.oleg.replies(talk.topic, html="<b>Синий</b> есть", to=talk.to or his)
    await talk.anna.sees("Синий есть")
    await talk.delivered(answer)


async def test_formatting_refused_is_left_out_and_links_stay(talk: Talk) -> None:
    fault = Fault.saying("Bad Request: can't parse entities: today I do not like bold")
    talk.scene.world.faults.add(fault, having=lambda params: "entities" in params)
    his = await talk.oleg.replies(
        talk.topic, to=talk.to, html='см. <a href="https://example.com/x">сюда</a>, <b>важно</b>'
    )
    seen = await talk.anna.sees("сюда")
    assert seen["text"] == "см. сюда (https://example.com/x), важно"
    assert pieces(seen, "bold") == []
    await talk.delivered(his)


@pytest.mark.parametrize("refused", [1, 2, 3])
async def test_a_method_refused_for_no_known_reason(set_up: SetUp, refused: int) -> None:
    """A photo is sent, then copied, then forwarded to operators: whichever is taken first."""
    async with talking(set_up, forum=True) as talk:
        for method in ("sendPhoto", "sendMediaGroup", "copyMessage")[:refused]:
            refuses(talk, method)
        await talk.anna.sends_photo(caption="ручка")
        seen = await talk.oleg.sees_photo(talk.topic, "ручка")
        assert ("forward_origin" in seen) is (refused == 3)
        await talk.settled()
        assert "не дал передать" not in words_of(await talk.from_anna(talk.first))


async def test_nobody_is_told_who_wrote_and_words_outlive_their_file(talk: Talk) -> None:
    for method in ("sendPhoto", "copyMessage"):
        refuses(talk, method)
    _, last = await talk.carried("сейчас покажу")
    his = await talk.oleg.sends_photo(talk.topic, caption="вот схема, шаг 2", to=talk.to)
    await talk.anna.sees("вот схема, шаг 2")
    line = await talk.oleg.sees(talk.topic, "Не доставлено: Telegram отказал")
    assert "UMBRELLAS_MUST_NOT_SING" in line["text"]
    await talk.settled()
    assert talk.oleg.reaction_on(his) is None, "the picture has not arrived"
    assert all("forward_origin" not in each for each in await talk.from_oleg(last))


async def test_a_group_that_takes_no_pictures_gets_their_words(talk: Talk) -> None:
    """It is the kind that is refused, not the group: nothing else has to wait."""
    refused = Fault.saying("Bad Request: not enough rights to send photos to the chat")
    for method in ("sendPhoto", "sendMediaGroup", "copyMessage", "forwardMessage"):
        talk.scene.world.faults.add(refused, method=method, chat=talk.scene.group.id)
    await talk.anna.sends_photo(caption="ручка отвалилась")
    await talk.oleg.sees(talk.topic, "ручка отвалилась")
    await talk.oleg.sees(talk.topic, "not enough rights to send photos")
    await talk.anna.sees("Такое сообщение передать не получилось")
    await talk.asked("что теперь?")


async def test_a_text_that_may_not_be_sent_is_copied(talk: Talk) -> None:
    rule = talk.scene.world.faults.add(NEW_LIMIT, method="sendMessage", chat=talk.anna.id)
    his = await talk.replies("дойдёт и так")
    await talk.anna.sees("дойдёт и так")
    await talk.delivered(his)
    assert rule.struck <= 2, "as it is, in a plain group without the reply too, and copied then"


async def test_a_new_limit_on_length_is_met_with_pieces(talk: Talk) -> None:
    def long(params: Any) -> bool:
        return len(params.get("text") or params.get("caption") or "") > 1200

    for method in ("sendMessage", "copyMessage", "sendPhoto", "forwardMessage"):
        refuses(talk, method, having=long)
    refuses(talk, "copyMessage")
    refuses(talk, "forwardMessage")
    his = await talk.replies(LONG * 2)
    await talk.anna.sees("слово169")
    await talk.delivered(his)
    await talk.anna.says(LONG)
    await talk.oleg.sees(talk.topic, "слово169")
    await talk.settled()
    assert "не дал передать" not in words_of(await talk.from_anna(talk.first))


async def test_forty_refused_messages_arrive_otherwise_once_and_in_order(set_up: SetUp) -> None:
    async with talking(set_up, forum=True) as talk:
        refuses(talk, having=lambda params: "жалоба" in str(params))
        said = [f"жалоба {number}" for number in range(40)]
        for text in said:
            await talk.anna.says(html=f"<b>{text}</b>")
        await talk.oleg.sees(talk.topic, said[-1])
        await talk.settled()
        seen = [each["text"] for each in await talk.from_anna(talk.first)]
        assert [text for text in seen if text in said] == said


async def test_forty_messages_that_nothing_helps_cost_a_bounded_number_of_calls(set_up: SetUp) -> None:
    async with talking(set_up, forum=True) as talk:
        world = talk.scene.world
        struck = [
            world.faults.add(NEW_LIMIT, having=lambda params: "жалоба" in str(params)),
            world.faults.add(NEW_LIMIT, method="copyMessage"),
            world.faults.add(NEW_LIMIT, method="forwardMessage"),
        ]
        for number in range(40):
            await talk.anna.says(html=f"<b>жалоба</b> {number}")
        await talk.anna.says("и последнее слово")
        await talk.oleg.sees(talk.topic, "и последнее слово")
        await talk.oleg.sees(talk.topic, "UMBRELLAS_MUST_NOT_SING")
        assert sum(rule.struck for rule in struck) <= 40 * 5 + 10, "as it is, copied, plain, forwarded"


async def test_an_edit_that_has_no_room_stands_below(talk: Talk) -> None:
    hers = await talk.anna.sends_photo(caption="коротко")
    seen = await talk.oleg.sees_photo(talk.topic, "коротко")
    await talk.settled()
    await talk.anna.edits(hers, LONG)
    below = await talk.oleg.sees(talk.topic, "слово169")
    assert below["reply_to_message"]["message_id"] == seen["message_id"]
    his, copy = await talk.carried("в пять")
    refuses(talk, "editMessageText")
    await talk.oleg.edits(his, "в шесть")
    new = await talk.anna.sees("в шесть")
    assert new["reply_to_message"]["message_id"] == copy["message_id"]


async def test_trouble_on_the_ladder_does_not_lose_the_rung(set_up: SetUp) -> None:
    async with talking(set_up, forum=True) as talk:
        faults = talk.scene.world.faults
        for fault in (Fault.internal_error(), Fault.too_many_requests(1), Fault.bad_gateway()):
            faults.add(fault, method="copyMessage", times=1)
        refused = refuses(talk, "sendPhoto")
        await talk.anna.sends_photo(caption="ручка")
        await talk.oleg.sees_photo(talk.topic, "ручка")
        assert refused.struck == 1

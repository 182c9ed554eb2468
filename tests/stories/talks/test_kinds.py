"""Every kind of message arrives, both ways, in topics and in a plain group, in the order it was sent."""

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox import Customer, Operator
from sandbox.chats import Message
from sandbox.content import samples
from sandbox.forwards import forwarded
from tests.stories.looks import ALL, essence, is_header, kind_of, pieces
from tests.stories.talk import Talk

Says = Callable[..., Awaitable[Message]]
CAPTIONED = ("photo", "video", "voice", "document", "audio", "animation")


async def send_all(who: Customer | Operator, says: Says, *place: Any, **to: Any) -> list[Message]:
    """One message of each of the fourteen kinds."""
    first = await says(*place, "четырнадцать разных сообщений", **to)
    return [first, *[await getattr(who, f"sends_{kind}")(*place, **to) for kind in ALL[1:]]]


async def test_fourteen_kinds_reach_the_operators_in_order(talk: Talk) -> None:
    await talk.settled()
    last = (await talk.group())[-1]
    sent = await send_all(talk.anna, talk.anna.says)
    await talk.oleg.sees_kind(talk.topic, "dice")
    assert shown(await talk.from_anna(last)) == shown(sent)


async def test_fourteen_kinds_reach_the_customer_in_order(talk: Talk) -> None:
    _, last = await talk.carried("сейчас пришлю")
    sent = await send_all(talk.oleg, talk.oleg.replies, talk.topic, to=talk.to)
    await talk.anna.sees_kind("dice")
    assert shown(await talk.from_oleg(last)) == shown(sent)


async def test_captions_keep_their_formatting_and_the_picture_its_cover(talk: Talk) -> None:
    spoken = {"caption": "🦄 код 4711", "caption_entities": [{"type": "code", "offset": 7, "length": 4}]}
    looks = {**spoken, "has_media_spoiler": True, "show_caption_above_media": True}
    for kind in CAPTIONED:
        hers = await talk.anna.sends(samples.of(talk.scene.world, kind) | looks)
        seen = await talk.oleg.sees_kind(talk.topic, kind, "🦄 код 4711")
        assert essence(seen) == essence(hers)
        assert pieces(seen, "code") == ["4711"]
        his = await talk.oleg.sends(samples.of(talk.scene.world, kind) | looks, talk.topic, to=talk.to)
        copy = await talk.anna.sees_kind(kind, "🦄 код 4711")
        assert (essence(copy), copy["caption"]) == (essence(his), his["caption"])
        assert pieces(copy, "code") == ["4711"]
        for copied in (seen, copy):
            assert ("has_media_spoiler" in copied) is (kind in {"photo", "video", "animation"})
            assert ("show_caption_above_media" in copied) is (kind in {"photo", "video", "animation"})


async def test_formatting_goes_both_ways(talk: Talk) -> None:
    html = (
        "🦄🦄 <b>жирно</b>, <i>косо</i>, <u>с чертой</u>, <s>мимо</s>, <tg-spoiler>тайно</tg-spoiler>, "
        '<code>код</code>, <a href="https://example.com/a">ссылка</a>, https://example.com\n'
        '<blockquote>цитата</blockquote>\n<pre><code class="language-python">print()</code></pre>'
    )
    hers = await talk.anna.says(html=html)
    seen = await talk.oleg.sees(talk.topic, "🦄🦄 жирно")
    his = await talk.replies("", html=html)
    copy = await talk.anna.sees("🦄🦄 жирно")
    for original, copied in ((hers, seen), (his, copy)):
        for kind in ("italic", "underline", "strikethrough", "spoiler", "code", "text_link", "url"):
            assert pieces(copied, kind) == pieces(original, kind) != []
        assert pieces(copied, "bold")[-1] == "жирно"
        details = {each["type"]: each for each in copied["entities"]}
        assert details["text_link"]["url"] == "https://example.com/a"
        assert details["pre"]["language"] == "python"
    assert copy["text"] == his["text"]


async def test_a_quiz_stays_a_quiz_where_the_answer_is_known(talk: Talk) -> None:
    quiz: dict[str, Any] = {"type": "quiz", "correct_option_ids": [1], "explanation": "так теплее"}
    await talk.anna.sends(poll(talk, "Какой зонтик поёт?"))
    plain = (await talk.oleg.sees_kind(talk.topic, "poll", "Какой зонтик поёт?"))["poll"]
    assert plain["type"] == "regular"
    await talk.anna.sends(poll(talk, "А какой молчит?", **quiz))
    seen = (await talk.oleg.sees_kind(talk.topic, "poll", "А какой молчит?"))["poll"]
    assert {name: seen[name] for name in quiz} == quiz
    hidden = {"type": "quiz", "allows_multiple_answers": False}  # in a group bots are not told the answer
    await talk.oleg.sends(poll(talk, "Угадаете?", **hidden), talk.topic, to=talk.to)
    copy = (await talk.anna.sees_kind("poll", "Угадаете?"))["poll"]
    assert (copy["type"], [option["text"] for option in copy["options"]]) == ("regular", ["Да", "Нет"])


async def test_a_forwarded_message_arrives_as_what_it_says(talk: Talk) -> None:
    boris = talk.scene.customer("Борис")
    await boris.starts()
    await talk.anna.forwards(await boris.says("у меня тоже поёт"))
    await talk.oleg.sees(talk.topic, "у меня тоже поёт")
    inside = await talk.oleg.says_in_general("инструкция для клиентов")
    await talk.oleg.sends({"text": inside["text"]} | forwarded(inside), talk.topic, to=talk.to)
    copy = await talk.anna.sees("инструкция для клиентов")
    assert "forward_origin" not in copy, "who wrote it inside is nobody's business"


def poll(talk: Talk, question: str, **more: Any) -> dict[str, Any]:
    """A poll of Yes and No with anything more about it."""
    asked = samples.poll(talk.scene.world, question, ("Да", "Нет"))
    return {"poll": asked["poll"] | more}


def shown(messages: list[Message]) -> list[tuple[str, Any]]:
    """What stands there, headers apart."""
    return [(kind_of(each), essence(each)) for each in messages if not is_header(each)]

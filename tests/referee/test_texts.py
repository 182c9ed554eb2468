"""Texts on their way in: HTML, entities in UTF-16, cleaning, lengths, keyboards, quotes."""

import pytest

from sandbox.accounts import Json
from sandbox.content import utf16
from tests.referee.front import Desk


@pytest.fixture
async def open_desk(desk: Desk) -> Desk:
    await desk.anna.starts()
    return desk


async def shown(desk: Desk, html: str) -> tuple[str, list[Json]]:
    await desk.bot.send_message(desk.anna.id, html, parse_mode="HTML")
    message = (await desk.anna.reads())[-1]
    return message["text"], message.get("entities", [])


@pytest.mark.parametrize(
    ("html", "text", "marks"),
    [
        ("<b>да</b> и <i>нет</i>", "да и нет", {"bold": "да", "italic": "нет"}),
        ("<strong><em>оба</em></strong>", "оба", {"bold": "оба", "italic": "оба"}),
        ("🙈🙈 <u>тут</u>", "🙈🙈 тут", {"underline": "тут"}),
        ("<s>а</s><del>б</del>", "аб", {"strikethrough": "аб"}),
        ('<span class="tg-spoiler">тайна</span>', "тайна", {"spoiler": "тайна"}),
        ('<a href="https://example.com/?a=1&amp;b=2">тут</a>', "тут", {"text_link": "тут"}),
        ("<blockquote expandable>длинно</blockquote>", "длинно", {"expandable_blockquote": "длинно"}),
        ('<pre><code class="language-python">x</code></pre>', "x", {"pre": "x"}),
        ("1 &lt; 2 &amp;&#33; &copy;", "1 < 2 &! &copy;", {}),
        ("<b></b>пусто", "пусто", {}),
        ("<b>как угодно</>", "как угодно", {"bold": "как угодно"}),
        ("  <b> края </b>  ", " края", {"bold": " края"}),
        ("<B>крупно</b> и <i>мелко</I>", "крупно и мелко", {"bold": "крупно", "italic": "мелко"}),
    ],
)
async def test_html_becomes_text_and_entities(
    open_desk: Desk, html: str, text: str, marks: dict[str, str]
) -> None:
    got, entities = await shown(open_desk, html)
    assert got == text
    assert {e["type"]: utf16.cut(got, e["offset"], e["length"]) for e in entities} == marks


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("a <b>b", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a<br>b", 'Unsupported start tag "br" at byte offset 1'),
        ("ы<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("a </b>", "Unexpected end tag at byte offset 2"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_broken_html_is_refused_with_the_place(open_desk: Desk, html: str, reason: str) -> None:
    said = await open_desk.refusal("sendMessage", chat_id=open_desk.anna.id, text=html, parse_mode="HTML")
    assert said == f"Bad Request: can't parse entities: {reason}"


async def test_commands_links_and_mentions_are_marked_by_themselves(open_desk: Desk) -> None:
    await open_desk.anna.says(
        "🙂 /start и @support_bot, почта a.b@example.com, https://example.com/x. +7 000 000-00-00"
    )
    message = (await open_desk.updates("message"))[-1]
    found = {e["type"]: utf16.cut(message["text"], e["offset"], e["length"]) for e in message["entities"]}
    assert found == {
        "bot_command": "/start",
        "mention": "@support_bot",
        "email": "a.b@example.com",
        "url": "https://example.com/x",
        "phone_number": "+7 000 000-00-00",
    }


async def test_a_closing_tag_is_no_command(open_desk: Desk) -> None:
    """Source: td MessageEntity.cpp:312-360 (match_bot_commands): no command stands between < and >."""
    await open_desk.anna.says("<b>не жирно</b> и /help")
    message = (await open_desk.updates("message"))[-1]
    found = [utf16.cut(message["text"], e["offset"], e["length"]) for e in message["entities"]]
    assert found == ["/help"]


async def test_texts_are_cleaned(open_desk: Desk) -> None:
    await open_desk.bot.send_message(open_desk.anna.id, "\u202e а\r\n\tб\x07 \n")
    assert (await open_desk.anna.reads())[-1]["text"] == "а\n б"
    blank = await open_desk.refusal("sendMessage", chat_id=open_desk.anna.id, text=" \u2028\n")
    assert blank == "Bad Request: text must be non-empty"


async def test_lengths_are_counted_after_parsing_in_code_points(open_desk: Desk) -> None:
    to = {"chat_id": open_desk.anna.id}
    assert (await open_desk.call("sendMessage", **to, text=f"<b>{'🙈' * 4096}</b>", parse_mode="HTML"))[
        0
    ] == 200
    assert await open_desk.refusal("sendMessage", **to, text="я" * 4097) == "Bad Request: message is too long"
    assert await open_desk.refusal("sendMessage", **to, text="я" * 20_000) == "Bad Request: text is too long"
    photo = (await open_desk.bot.send_photo(open_desk.anna.id, await _photo_id(open_desk))).message_id
    caption = {**to, "message_id": photo, "caption": "я" * 1025}
    said = await open_desk.refusal("editMessageCaption", **caption)
    assert said == "Bad Request: message caption is too long"
    many = [{"type": "bold", "offset": n * 2, "length": 1} for n in range(101)]
    entities = await open_desk.refusal("sendMessage", **to, text="я " * 200, entities=many)
    assert entities == "Bad Request: ENTITIES_TOO_LONG"


async def _photo_id(desk: Desk) -> str:
    await desk.anna.sends_photo()
    return str((await desk.updates("message"))[-1]["photo"][-1]["file_id"])


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ({"text": "x"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "callback_data": ""}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "callback_data": "я" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "url": "нет"}, "inline keyboard button URL 'нет' is invalid: Wrong HTTP URL"),
        ({"text": "x", "callback_data": "a", "url": "https://example.com"}, "does one thing"),
        ({"text": "x", "callback_date": "a"}, "callback_date"),
        ({"text": " ", "callback_data": "a"}, "needs a text"),
    ],
)
async def test_odd_buttons_are_refused(open_desk: Desk, button: Json, said: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    assert said in await open_desk.refusal(
        "sendMessage", chat_id=open_desk.anna.id, text="?", reply_markup=markup
    )


async def test_keyboards_have_an_end(open_desk: Desk) -> None:
    one = {"text": "x", "callback_data": "a"}
    for rows in ([[one] * 9], [[one] * 8] * 13, [[one | {"text": "x" * 99}] * 8] * 12):
        said = await open_desk.refusal(
            "sendMessage", chat_id=open_desk.anna.id, text="?", reply_markup={"inline_keyboard": rows}
        )
        assert said == "Bad Request: reply markup is too long"


async def test_a_quote_must_stand_in_the_message(open_desk: Desk) -> None:
    asked = await open_desk.anna.says("🙈 Когда придёт заказ?")
    reply = {"message_id": asked["message_id"], "quote": "придёт <b>заказ</b>", "quote_parse_mode": "HTML"}
    to = {"chat_id": open_desk.anna.id, "text": "Завтра"}
    assert (await open_desk.call("sendMessage", **to, reply_parameters=reply))[0] == 200
    quote = (await open_desk.anna.reads())[-1]["quote"]
    assert (quote["text"], quote["position"], quote["entities"][0]["type"]) == ("придёт заказ", 9, "bold")
    said = await open_desk.refusal("sendMessage", **to, reply_parameters=reply | {"quote": "никогда"})
    assert said == "Bad Request: QUOTE_TEXT_INVALID"


async def test_a_reply_from_another_place_is_shown_as_an_outline(open_desk: Desk) -> None:
    asked = await open_desk.anna.says("Вопрос")
    reply = {"message_id": asked["message_id"], "chat_id": open_desk.anna.id}
    topic = await open_desk.oleg.opens_topic("Анна")
    to = {"chat_id": open_desk.group.id, "message_thread_id": topic.id, "text": "Ответ"}
    assert (await open_desk.call("sendMessage", **to, reply_parameters=reply))[0] == 200
    seen = await open_desk.oleg.sees(topic, "Ответ")
    assert seen["external_reply"]["origin"]["sender_user"]["first_name"] == "Анна"


async def test_a_time_keeps_how_it_is_to_be_shown(open_desk: Desk) -> None:
    """Source: MessageEntity.date_time_format; whoever writes the message anew writes the same tag."""
    html = (
        'До <tg-time unix="1795177500" format="dt">20.11 в 15:25</tg-time>, <tg-time unix="1">1970</tg-time>'
    )
    sent = await open_desk.bot.send_message(open_desk.anna.id, html, parse_mode="HTML")
    assert sent.html_text == html
    times = (await open_desk.anna.reads())[-1]["entities"]
    assert [(each["unix_time"], each.get("date_time_format")) for each in times] == [
        (1795177500, "dt"),
        (1, None),
    ]

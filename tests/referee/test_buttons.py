"""Keyboards: what Telegram takes of them in which chat."""

import pytest

from sandbox.accounts import Json
from tests.referee.front import Desk


@pytest.fixture
async def open_desk(desk: Desk) -> Desk:
    await desk.anna.starts()
    return desk


def inline(**button: object) -> Json:
    return {"inline_keyboard": [[{"text": "Туда", **button}]]}


def keys(**key: object) -> Json:
    return {"keyboard": [[{"text": "Вот", **key}]]}


async def refused(desk: Desk, chat: int, markup: Json) -> str:
    return await desk.refusal("sendMessage", chat_id=chat, text="?", reply_markup=markup)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://localhost:8080/x", "Wrong HTTP URL"),
        ("https://exa mple.com", "Disallowed character in URL host"),
        ("ftp://example.com", "Unsupported URL protocol"),
        ("https://example.com:99999", "Wrong port number specified in the URL"),
        ("https://", "URL host is empty"),
    ],
)
async def test_a_button_leads_to_an_address(open_desk: Desk, url: str, said: str) -> None:
    """Source: td ReplyMarkup.cpp:591, LinkManager.cpp:1919 (check_link), HttpUrl.cpp:44 (parse_url)."""
    expected = f"Bad Request: inline keyboard button URL '{url}' is invalid: {said}"
    assert await refused(open_desk, open_desk.anna.id, inline(url=url)) == expected


async def test_an_address_without_a_scheme_is_completed_and_mail_is_none(open_desk: Desk) -> None:
    """Source: td LinkManager.cpp:1940; "mailto:a@b.c" would become a web address with a user in it."""
    to = {"chat_id": open_desk.anna.id, "text": "?"}
    for url, kept in (("example.com", "http://example.com/"), ("tg://user?id=1", "tg://user?id=1")):
        assert (await open_desk.call("sendMessage", **to, reply_markup=inline(url=url)))[0] == 200
        shown = (await open_desk.anna.reads())[-1]["reply_markup"]["inline_keyboard"][0][0]
        assert shown["url"] == kept
    said = await refused(open_desk, open_desk.anna.id, inline(url="mailto:a@example.com"))
    assert "Telegram knows no mailto links" in said


async def test_mini_apps_are_opened_over_https_and_in_private(open_desk: Desk) -> None:
    """Source: td ReplyMarkup.cpp:692 and 519; tbxark/mail2telegram#29 (BUTTON_TYPE_INVALID in groups)."""
    plain = inline(web_app={"url": "http://example.com"})
    assert await refused(open_desk, open_desk.anna.id, plain) == (
        "Bad Request: inline keyboard button Web App URL 'http://example.com' is invalid: "
        "Only HTTPS links are allowed"
    )
    good = {"url": "https://example.com"}
    to = {"chat_id": open_desk.anna.id, "text": "?"}
    assert (await open_desk.call("sendMessage", **to, reply_markup=inline(web_app=good)))[0] == 200
    group = open_desk.group.id
    assert await refused(open_desk, group, inline(web_app=good)) == "Bad Request: BUTTON_TYPE_INVALID"
    assert await refused(open_desk, group, keys(web_app=good)) == (
        "Bad Request: web App buttons can be used in private chats only"
    )


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ({"pay": True}, "BUTTON_TYPE_INVALID"),
        ({"callback_game": {}}, "BUTTON_TYPE_INVALID"),
        ({"copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"callback_data": "a", "style": "loud"}, "can't parse inline keyboard button: invalid button style"),
    ],
)
async def test_buttons_out_of_place_are_refused(open_desk: Desk, button: Json, said: str) -> None:
    """Source: core.telegram.org/bots/api#inlinekeyboardbutton (pay in invoices, copy_text of 1-256);
    the words of the refusals: TelegramBot/Api#337, go-telegram/bot#167; tba Client.cpp:9455.
    """
    assert said in await refused(open_desk, open_desk.anna.id, inline(**button))


async def test_a_channel_has_no_keyboard_of_its_own(open_desk: Desk) -> None:
    """Source: td ReplyMarkup.cpp:733 (inline keyboard expected), 636 (searching from a channel)."""
    channel = open_desk.world.channel("Новости")
    open_desk.world.admit(channel, open_desk.account, can_post_messages=True)
    for markup in (keys(), {"remove_keyboard": True}, {"force_reply": True}):
        assert await refused(open_desk, channel.id, markup) == "Bad Request: inline keyboard expected"
    said = await refused(open_desk, channel.id, inline(switch_inline_query=""))
    assert said.startswith("Bad Request: can't use switch_inline_query button in a channel chat")
    post = await open_desk.bot.send_message(channel.id, "раз")
    edit = {"chat_id": channel.id, "message_id": post.message_id, "text": "два", "reply_markup": keys()}
    assert await open_desk.refusal("editMessageText", **edit) == "Bad Request: inline keyboard expected"


async def test_a_contact_is_asked_for_in_private(open_desk: Desk) -> None:
    """Source: td ReplyMarkup.cpp:484-512."""
    to = {"chat_id": open_desk.anna.id, "text": "?"}
    for name, what in (("request_contact", "phone number"), ("request_location", "location")):
        markup = keys(**{name: True})
        assert (await open_desk.call("sendMessage", **to, reply_markup=markup))[0] == 200
        assert await refused(open_desk, open_desk.group.id, markup) == (
            f"Bad Request: {what} can be requested in private chats only"
        )


async def test_a_button_without_words_is_left_out(open_desk: Desk) -> None:
    """Source: td ReplyMarkup.cpp:754 and 791: an empty button is passed over without a word."""
    to = {"chat_id": open_desk.anna.id, "text": "?"}
    row = [{"text": "", "callback_data": "a"}, {"text": "Да", "callback_data": "b"}]
    sent = await open_desk.call("sendMessage", **to, reply_markup={"inline_keyboard": [row]})
    assert sent[0] == 200
    assert open_desk.anna.buttons() == ["Да"]
    rows = [[{"text": ""}, {"text": "Да"}], [{"text": ""}]]
    assert (await open_desk.call("sendMessage", **to, reply_markup={"keyboard": rows}))[0] == 200
    held = (await open_desk.anna.reads())[-1]["_markup"]["keyboard"]
    assert [[key["text"] for key in row] for row in held] == [["Да"]]


async def test_keys_may_be_plain_strings(open_desk: Desk) -> None:
    """Source: tba Client.cpp:9571 (get_keyboard_button takes a String)."""
    markup = {"keyboard": [["Да", {"text": "Нет"}]]}
    sent = await open_desk.call("sendMessage", chat_id=open_desk.anna.id, text="?", reply_markup=markup)
    assert sent[0] == 200
    held = (await open_desk.anna.reads())[-1]["_markup"]["keyboard"]
    assert [key["text"] for key in held[0]] == ["Да", "Нет"]

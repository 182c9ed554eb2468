"""Formatting that a bot gives by itself: held against the text, as td's MessageEntity.cpp does it."""

import pytest

from sandbox.accounts import Json
from sandbox.content import entities as formatting
from sandbox.content import utf16
from tests.referee.front import Desk


@pytest.fixture
async def open_desk(desk: Desk) -> Desk:
    await desk.anna.starts()
    return desk


def mark(kind: str, offset: int, length: int, **more: object) -> Json:
    return {"type": kind, "offset": offset, "length": length, **more}


async def shown(desk: Desk, text: str, *entities: Json) -> list[tuple[str, str]]:
    """What of the formatting stands in the message, with the words it covers."""
    status, said = await desk.call("sendMessage", chat_id=desk.anna.id, text=text, entities=[*entities])
    assert status == 200, said
    message = (await desk.anna.reads())[-1]
    found = message.get("entities", [])
    return [(e["type"], utf16.cut(message["text"], e["offset"], e["length"])) for e in found]


@pytest.mark.parametrize(
    ("text", "entity", "said"),
    [
        (
            "hello",
            mark("bold", 0, 50),
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 50",
        ),
        ("hello", mark("bold", 9, 1), "entity begins after the end of the text at UTF-16 offset 9"),
        (
            "hello",
            mark("bold", 5, 1),
            "entity beginning at UTF-16 offset 5 ends after the end of the text at UTF-16 offset 6",
        ),
        ("😀ab", mark("bold", 1, 1), "entity begins in a middle of a UTF-16 symbol at byte offset 4"),
        (
            "a😀b",
            mark("bold", 0, 2),
            "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 5",
        ),
        ("hello", mark("bold", -1, 2), "receive an entity with incorrect offset -1"),
        ("hello", mark("bold", 0, -2), "receive an entity with incorrect length -2"),
    ],
)
async def test_formatting_stands_on_whole_characters_of_the_text(
    open_desk: Desk, text: str, entity: Json, said: str
) -> None:
    """Source: td MessageEntity.cpp:4158-4260 (clean_input_string_with_entities) and 4494 (offsets)."""
    refused = await open_desk.refusal("sendMessage", chat_id=open_desk.anna.id, text=text, entities=[entity])
    assert refused == f"Bad Request: {said}"
    photo = {"chat_id": open_desk.anna.id, "photo": await _photo(open_desk), "caption": text}
    assert await open_desk.refusal("sendPhoto", **photo, caption_entities=[entity]) == f"Bad Request: {said}"


async def _photo(desk: Desk) -> str:
    await desk.anna.sends_photo()
    return str((await desk.updates("message"))[-1]["photo"][-1]["file_id"])


@pytest.mark.parametrize(
    ("entity", "said"),
    [
        (mark("wobble", 0, 1), "can't parse MessageEntity: Unsupported type specified"),
        (mark("text_link", 0, 1), "can't parse MessageEntity: Can't find field \"url\""),
        (mark("text_link", 0, 1, url="нет"), "entity URL 'нет' is invalid: Wrong HTTP URL"),
        (
            mark("text_link", 0, 1, url="ftp://example.com"),
            "entity URL 'ftp://example.com' is invalid: Unsupported URL protocol",
        ),
        (
            mark("custom_emoji", 0, 1, custom_emoji_id="🚀"),
            'can\'t parse MessageEntity: Field "custom_emoji_id" must be a valid Number',
        ),
    ],
)
async def test_formatting_of_no_known_kind_is_refused(open_desk: Desk, entity: Json, said: str) -> None:
    """Source: tba Client.cpp:11220-11287 (get_text_entity_type), td MessageEntity.cpp:3743."""
    refused = await open_desk.refusal("sendMessage", chat_id=open_desk.anna.id, text="да", entities=[entity])
    assert refused == f"Bad Request: {said}"


async def test_what_telegram_finds_itself_is_not_taken_from_a_bot(open_desk: Desk) -> None:
    """Source: tba Client.cpp:11282-11285: they are dropped, and found anew in the text."""
    given = [
        mark(kind, 0, 2) for kind in ("url", "mention", "hashtag", "bot_command", "email", "phone_number")
    ]
    assert await shown(open_desk, "да, @support_bot", *given) == [("mention", "@support_bot")]


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        ("одно два", [mark("bold", 0, 4), mark("bold", 4, 4)], [("bold", "одно два")]),
        ("одно два", [mark("bold", 0, 5), mark("bold", 3, 5)], [("bold", "одно два")]),
        (
            "a code b",
            [mark("bold", 0, 8), mark("code", 2, 4)],
            [("bold", "a "), ("code", "code"), ("bold", " b")],
        ),
        ("code", [mark("bold", 0, 4), mark("code", 0, 4)], [("code", "code")]),
        (
            "a link b",
            [mark("italic", 0, 8), mark("text_link", 2, 4, url="https://example.com/x")],
            [("italic", "a "), ("text_link", "link"), ("italic", "link"), ("italic", " b")],
        ),
        (
            "abcdef",
            [mark("bold", 0, 4), mark("italic", 2, 4)],
            [("bold", "ab"), ("italic", "cdef"), ("bold", "cd")],
        ),
        ("abcdef", [mark("code", 0, 4), mark("pre", 2, 4)], [("code", "abcd")]),
        ("abcdef", [mark("blockquote", 2, 4), mark("code", 0, 3)], [("blockquote", "cdef")]),
        ("да /x", [mark("bold", 0, 2), mark("code", 3, 2)], [("bold", "да"), ("code", "/x")]),
        ("да", [mark("bold", 0, 0)], []),
    ],
)
async def test_formatting_is_merged_and_cut(
    open_desk: Desk, text: str, entities: list[Json], expected: list[tuple[str, str]]
) -> None:
    """Source: td MessageEntity.cpp:4315 (split_entities), 4403 (fix_entities), 1628 (what may not cross)."""
    assert await shown(open_desk, text, *entities) == expected


async def test_formatting_moves_along_when_the_text_is_cleaned(open_desk: Desk) -> None:
    """Source: td MessageEntity.cpp:4126-4260, 4528-4570: formatted spaces in front stay."""
    assert await shown(open_desk, "\r\r🙈 да\r \n", mark("bold", 5, 3)) == [("bold", "да")]
    assert await shown(open_desk, "  да  ", mark("bold", 1, 4)) == [("bold", " да")]
    assert (await open_desk.anna.reads())[-1]["text"] == " да"
    assert await shown(open_desk, "\u00a0да") == []
    assert (await open_desk.anna.reads())[-1]["text"] == "\u00a0да", "only spaces and newlines are trimmed"
    for blank in ("\u00a0\u200b", "\u2800\ufeff"):
        refused = await open_desk.refusal("sendMessage", chat_id=open_desk.anna.id, text=blank)
        assert refused == "Bad Request: text must be non-empty"


async def test_a_link_is_kept_as_telegram_writes_it(open_desk: Desk) -> None:
    """Source: td LinkManager.cpp:1940 (check_link_impl): a scheme and a slash are added."""
    for given, kept in (
        ("example.com", "http://example.com/"),
        ("HTTPS://Example.com/Путь?a=1", "https://example.com/Путь?a=1"),
        ("tg:resolve?domain=support_bot", "tg://resolve?domain=support_bot"),
    ):
        await shown(open_desk, "тут", mark("text_link", 0, 3, url=given))
        assert (await open_desk.anna.reads())[-1]["entities"][0]["url"] == kept
    await shown(open_desk, "Анна", mark("text_link", 0, 4, url=f"tg://user?id={open_desk.anna.id}"))
    assert (await open_desk.anna.reads())[-1]["entities"][0]["user"]["id"] == open_desk.anna.id


async def test_custom_emoji_of_an_ordinary_bot_are_only_emoji(open_desk: Desk) -> None:
    """Source: core.telegram.org/bots/api#formatting-options: custom emoji are for bots that paid."""
    emoji = mark("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286")
    assert await shown(open_desk, "👍", emoji) == []
    open_desk.account.fancy = True
    assert await shown(open_desk, "👍", emoji) == [("custom_emoji", "👍")]


def test_cutting_never_loses_what_is_covered() -> None:
    """Whatever is given: what stays is in order, and of bold nothing gets lost outside of code."""
    for first in range(5):
        for second in range(5):
            given = [
                mark("bold", first, 4),
                mark("bold", second, 3),
                mark("text_mention", 3, 2, user={"id": 1}),
            ]
            _, kept = formatting.fit("abcdefghij", given)
            bold = {n for e in kept if e["type"] == "bold" for n in range(e["offset"], formatting.end(e))}
            assert bold == {*range(first, first + 4), *range(second, second + 3)}
            assert [e["offset"] for e in kept] == sorted(e["offset"] for e in kept)

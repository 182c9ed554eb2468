"""Markdown as Telegram reads it (td, MessageEntity.cpp: parse_markdown_v2 and parse_markdown)."""

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Message

from tests.referee.front import Desk

V2, OLD = "MarkdownV2", "Markdown"


@pytest.fixture
async def open_desk(desk: Desk) -> Desk:
    await desk.anna.starts()
    return desk


async def said(desk: Desk, source: str, mode: str) -> Message:
    return await desk.bot.send_message(desk.anna.id, source, parse_mode=mode)


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("*жирно* и _косо_", "жирно и косо", [("bold", 0, 5), ("italic", 8, 4)]),
        (
            "__под__ ~не~ ||тайна||",
            "под не тайна",
            [("underline", 0, 3), ("strikethrough", 4, 2), ("spoiler", 7, 5)],
        ),
        ("*b* _i_ __u__", "b i u", [("bold", 0, 1), ("italic", 2, 1), ("underline", 4, 1)]),
        (r"1\.5 \* 2 \= 3", "1.5 * 2 = 3", []),
        ("`код * _ 1.5`", "код * _ 1.5", [("code", 0, 11)]),
        ("```python\nprint(1)```", "print(1)", [("pre", 0, 8)]),
        ("[сайт](https://example.com/a_b)", "сайт", [("text_link", 0, 4)]),
        ("😀 *да*", "😀 да", [("bold", 3, 2)]),
        (">раз\n>два\nтри", "раз\nдва\nтри", [("blockquote", 0, 7)]),
        ("**>раз\n>два||", "раз\nдва", [("expandable_blockquote", 0, 7)]),
        (r"[скобка](https://example.com/\))", "скобка", [("text_link", 0, 6)]),
    ],
)
async def test_the_second_markdown_gives_text_and_entities(
    open_desk: Desk, source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    message = await said(open_desk, source, V2)

    assert message.text == text
    assert [(each.type, each.offset, each.length) for each in message.entities or []] == entities


async def test_what_is_nested_becomes_what_the_same_tags_become(open_desk: Desk) -> None:
    signs = await said(open_desk, "*b _i __u__ i_ b*", V2)
    tags = await said(open_desk, "<b>b <i>i <u>u</u> i</i> b</b>", "HTML")

    assert signs.text == tags.text == "b i u i b"
    assert signs.entities == tags.entities


async def test_the_language_of_a_block_and_the_address_of_a_link_are_kept(open_desk: Desk) -> None:
    block = await said(open_desk, "```python\nprint(1)```", V2)
    linked = await said(open_desk, "[сайт](https://example.com/a_b)", OLD)

    assert block.entities
    assert block.entities[0].language == "python"
    assert linked.entities
    assert linked.entities[0].url == "https://example.com/a_b"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("Цена 1.5", r"Character '\.' is reserved and must be escaped with the preceding"),
        ("a - b", "Character '-' is reserved"),
        ("Ура!", "Character '!' is reserved"),
        ("да *не закрыто", "Can't find end of Bold entity at byte offset 5"),
        ("[сайт](https://example.com", "Can't find end of a URL at byte offset 11"),
        ("![😀](https://example.com)", "Invalid custom emoji identifier specified"),
    ],
)
async def test_the_second_markdown_refuses_what_is_not_escaped_or_closed(
    open_desk: Desk, source: str, reason: str
) -> None:
    with pytest.raises(TelegramBadRequest, match=f"can't parse entities: {reason}"):
        await said(open_desk, source, V2)


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("*жирно* и _косо_ - 1.5!", "жирно и косо - 1.5!", [("bold", 0, 5), ("italic", 8, 4)]),
        ("`код`", "код", [("code", 0, 3)]),
        ("```\nраз\nдва```", "раз\nдва", [("pre", 0, 7)]),
        (r"\_не косо\_", "_не косо_", []),
        ("*жирно _и всё_*", "жирно _и всё_", [("bold", 0, 13)]),
    ],
)
async def test_the_first_markdown_knows_four_signs_and_no_nesting(
    open_desk: Desk, source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    message = await said(open_desk, source, OLD)

    assert message.text == text
    assert [(each.type, each.offset, each.length) for each in message.entities or []] == entities


async def test_the_first_markdown_refuses_what_is_not_closed(open_desk: Desk) -> None:
    with pytest.raises(TelegramBadRequest, match="Can't find end of the entity starting at byte offset 2"):
        await said(open_desk, "a *b", OLD)


async def test_a_mode_that_nobody_knows_is_refused(open_desk: Desk) -> None:
    with pytest.raises(TelegramBadRequest, match="unsupported parse_mode"):
        await said(open_desk, "a", "Textile")

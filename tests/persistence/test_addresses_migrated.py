"""From schema 0003 to 0004 and back: the topics, cards, posts and parcels of a desk in use."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table

from desk.placement import Placement
from desk.post import (
    Amend,
    Body,
    Button,
    Carry,
    Chat,
    CloseTopic,
    Erase,
    Lane,
    Mark,
    Media,
    React,
    Rebutton,
    Rewrite,
    Say,
    ShowCard,
    ShowTitle,
    TopicOf,
)
from storage.engine.ledger import Ledger
from storage.engine.schema import ensure, move
from tests.persistence.conftest import Archive
from tests.persistence.test_migrations import contents, torn
from tickets.topics.topic import Topic

GROUP, CHANNEL, OTHER = -100, -300, -200
NO_PREVIEW = {"link_preview_options": {"is_disabled": True}}
KEYBOARD = {"reply_markup": {"inline_keyboard": [[{"text": "Да", "callback_data": "y:1"}]]}}
ROWS = [[Button("Да", "y:1")]]
WORDS = {"text": "<b>Ы</b>", "parse_mode": "HTML", **NO_PREVIEW}
CAPTION = {"caption": "<b>Ы</b>", "parse_mode": "HTML"}
MOVED: list[tuple[dict[str, Any], Body]] = [
    ({"method": "sendMessage", **WORDS, **KEYBOARD}, Say(html="<b>Ы</b>", rows=ROWS)),
    (
        {
            "method": "sendMessage",
            **WORDS,
            "reply_parameters": {"message_id": 8, "allow_sending_without_reply": True},
            "disable_notification": True,
        },
        Say(html="<b>Ы</b>", answers=8, quiet=True),
    ),
    (
        {"method": "editMessageText", "message_id": 9, **WORDS, **KEYBOARD},
        Rewrite(message_id=9, html="<b>Ы</b>", rows=ROWS),
    ),
    (
        {"method": "editMessageReplyMarkup", "message_id": 9, "reply_markup": {"inline_keyboard": []}},
        Rebutton(message_id=9),
    ),
    (
        {"method": "setMessageReaction", "message_id": 9, "reaction": [{"type": "emoji", "emoji": "👍"}]},
        Mark(message_id=9, emoji="👍"),
    ),
    (
        {"method": "sendPhoto", "photo": {"upload": "/box.png"}, **CAPTION, **KEYBOARD},
        Say(html="<b>Ы</b>", rows=ROWS, media=Media("photo", Path("/box.png"))),
    ),
    ({"method": "sendVoice", "voice": "AgAC"}, Say(media=Media("voice", "AgAC"))),
    (
        {"method": "sendDocument", "document": {"upload_text": "- id: ё", "name": "faq.yaml"}, **CAPTION},
        Say(html="<b>Ы</b>", media=Media("document", "faq.yaml", "- id: ё")),
    ),
    (
        {
            "method": "editMessageMedia",
            "message_id": 9,
            "media": {"type": "video", "media": "AgAC", **CAPTION},
            **KEYBOARD,
        },
        Rewrite(message_id=9, html="<b>Ы</b>", rows=ROWS, media=Media("video", "AgAC")),
    ),
    ({"method": "closeForumTopic", "message_thread_id": 12}, CloseTopic()),
]


def add(conn: Connection, name: str, **values: object) -> None:
    """A row of a table as schema 0003 has it."""
    conn.execute(Table(name, MetaData(), autoload_with=conn, resolve_fks=False).insert(), values)


def people(conn: Connection) -> None:
    """Anna has a topic and an older one, Boris' is closed, Vera's is being made; one topic is nobody's."""
    for number, (desk, thread, closed, title) in enumerate(
        (
            ("main", 5, False, "🔵 Анна"),
            ("main", 6, True, "Борис"),
            ("main", None, False, "Вера"),
            ("two", 5, False, "Г"),
        )
    ):
        topic = {"thread_id": thread, "topic_closed": closed, "title": title}
        add(conn, "customers", desk=desk, telegram_id=number, first_name="Анна", created_at=0, **topic)
    whose = (("main", 5, 1), ("main", 6, 2), ("main", 7, 1), ("main", 8, None), ("two", 5, 4))
    for desk, thread, who in whose:
        add(conn, "topics", desk=desk, thread_id=thread, customer_id=who)
    add(conn, "places", desk="main", configured_id=-1, chat_id=GROUP, forum=True)
    add(conn, "messages", desk="two", customer_id=4, author="customer", content={}, at=0)
    add(conn, "pairs", desk="two", chat_id=OTHER, telegram_id=9, message_id=1, original=False)


def matters(conn: Connection) -> None:
    """A ticket with its card and one without; an incident in the channel, one on its way, one for nobody."""
    for number, card in ((1, 41), (2, None)):
        add(conn, "tickets", desk="main", number=number, customer_id=number, opened_at=0, card_id=card)
    told = {"desk": "main", "severity": "red", "state": "live", "text": "Ы", "started_at": 0, "updated_at": 0}
    for channel, post, posting in ((CHANNEL, 70, False), (CHANNEL, None, True), (None, None, False)):
        add(conn, "incidents", **told, channel_id=channel, post_id=post, posting=posting)
    notice = {"desk": "main", "incident_id": 1, "kind": "updated", "text": "Ы", "author_id": 1, "at": 0}
    for number, message in ((1, 70), (2, 71), (3, None)):
        add(conn, "notices", **notice, number=number, token=f"t{number}", message_id=message)


def parcels(conn: Connection) -> None:
    """One of each kind waits."""
    asked = {"customer": 1, "message": 1, "asks": True}
    amended = {"customer": 1, "by": "customer", "asks": True, "media": True}
    fire = [{"type": "emoji", "emoji": "🔥"}]
    reaction = {"method": "setMessageReaction", "message_id": 0, "reaction": fire}
    others: list[dict[str, Any]] = [
        {"act": "carry", "topic_of": 1, "reply_to": 1, "merge": "text", "kind": "relay.asked", "ref": asked},
        {"act": "amend", "topic_of": 1, "kind": "relay.amended", "ref": amended},
        {"act": "react", "topic_of": 1, "call": reaction},
        {"act": "erase", "kind": "relay.undone", "ref": {"customer": 1, "message": 1}},
    ]
    rows = [{"act": "call", "call": call} for call, _ in MOVED]
    rows += [{**each, "message_id": 1} for each in others]
    rows += [{"act": act, "topic_of": 1} for act in ("card", "title")]
    for row in rows:
        add(conn, "outbox", desk="main", lane=0, chat_id=GROUP, due_at=0, posted_at=0, **row)


async def in_use(ledger: Ledger) -> None:
    await ledger.run(lambda conn: move(conn, "0003"))
    for fill in (people, matters, parcels):
        await ledger.run(fill)


async def test_what_waits_is_said_in_our_words(ledger: Ledger) -> None:
    await in_use(ledger)
    await ensure(ledger)
    found = await Archive(ledger).run(lambda stores: stores.outbox.after(list(Lane), 0, 100))
    assert [each.parcel.body for each in found] == [
        *(body for _, body in MOVED),
        Carry(kept_id=1, reply_to=1, merge="text", suggest=True),
        Amend(kept_id=1, with_file=True, suggest=True),
        React(kept_id=1, emoji="🔥"),
        Erase(kept_id=1),
        ShowCard(),
        ShowTitle(),
    ]
    assert found[0].parcel.to == Chat(GROUP)
    assert found[len(MOVED) - 1].parcel.to == Chat(GROUP, 12)
    assert found[len(MOVED)].parcel.to == TopicOf(1)


async def test_topics_and_cards_stand_where_they_stood(ledger: Ledger) -> None:
    await in_use(ledger)
    await ensure(ledger)
    archive = Archive(ledger)
    topics = [await archive.run(lambda stores, n=number: stores.topics.of(n)) for number in (1, 2, 3)]
    assert topics == [
        Topic(chat_id=GROUP, thread_id=5, customer_id=1, title="🔵 Анна"),
        Topic(chat_id=GROUP, thread_id=6, customer_id=2, title="Борис", closed=True),
        Topic(chat_id=GROUP, thread_id=None, customer_id=3, title="Вера"),
    ]
    assert await archive.run(lambda stores: stores.topics.at(GROUP, 7)) == Topic(
        chat_id=GROUP, thread_id=7, customer_id=1
    )
    nobodys = await archive.run(lambda stores: stores.topics.at(GROUP, 8))
    assert nobodys == Topic(chat_id=GROUP, thread_id=8, customer_id=None)
    elsewhere = await archive.run(lambda stores: stores.topics.of(4), desk="two")
    assert elsewhere == Topic(chat_id=OTHER, thread_id=5, customer_id=4, title="Г")
    names = [
        "card:1",
        "card:2",
        "incident:1",
        "incident:2",
        "incident:3",
        "notice:1:1",
        "notice:1:2",
        "notice:1:3",
    ]
    assert await archive.run(lambda stores: stores.placements.among(names)) == {
        "card:1": Placement(GROUP, 41),
        "incident:1": Placement(CHANNEL, 70),
        "incident:2": Placement(CHANNEL),
        "notice:1:1": Placement(CHANNEL, 70),
        "notice:1:2": Placement(CHANNEL, 71),
    }


async def test_back_again_nothing_is_missing(ledger: Ledger) -> None:
    await in_use(ledger)
    before = await ledger.run(contents)
    await ensure(ledger)
    assert await ledger.run(torn) == []
    await ledger.run(lambda conn: move(conn, "0003"))
    assert await ledger.run(torn) == []
    assert await ledger.run(contents) == before

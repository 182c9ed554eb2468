"""Versions of entries and what the files said: what was written is what is read, on both databases."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.rooms.stores import Stores
from faq.entries.entry import ANY, Entry
from faq.entries.season import Season
from faq.entries.version import Action, Author, Version
from faq.files.body import to_body
from faq.files.filing import FileChange, Filed
from tests.persistence.conftest import LARGE, NOON, Archive

MARIA = Author(LARGE, "<b>Мария</b> 👩‍👩‍👧")
REFUND = Entry(
    id="refund",
    category={"ru": "Оплата", "en": "Payment"},
    question={ANY: "Как вернуть деньги?"},
    phrasings={"ru": ("хочу возврат", "'); DROP TABLE faq_versions; --")},
    answer={ANY: "Оформите <b>возврат</b> 💸"},
    season=Season((12, 1), (1, 15)),
    languages=("ru",),
    sure=0.95,
)


def adds(stores: Stores, entry_id: str, action: Action = Action.EDITED, *, gone: bool = False) -> Version:
    entry = None if gone else replace(REFUND, id=entry_id)
    return stores.versions.add(entry_id, action, entry, author=MARIA, at=NOON)


def filed(entry_id: str, position: int, **more: object) -> Filed:
    return replace(
        Filed(entry_id=entry_id, position=position, body=to_body(replace(REFUND, id=entry_id)), at=NOON),
        **more,
    )


async def test_a_history_counts_from_one_and_is_read_as_it_was_written(archive: Archive) -> None:
    first = await archive.run(lambda stores: adds(stores, "refund", Action.ADDED))
    second = await archive.run(lambda stores: adds(stores, "refund", Action.REMOVED, gone=True))
    assert (first.number, second.number, second.entry) == (1, 2, None)
    assert list(await archive.run(lambda stores: stores.versions.of("refund", 10))) == [second, first]
    assert list(await archive.run(lambda stores: stores.versions.of("refund", 1))) == [second]
    assert first.entry == REFUND
    assert await archive.run(lambda stores: stores.versions.get("refund")) == second
    assert await archive.run(lambda stores: stores.versions.get("nothing")) is None


async def test_the_newest_stand_in_the_files_order_and_the_others_after_them(archive: Archive) -> None:
    for entry_id in ("told", "second", "first", "later", "told"):
        await archive.run(lambda stores, each=entry_id: adds(stores, each))
    await archive.run(lambda stores: adds(stores, "second", Action.REMOVED, gone=True))
    await archive.run(lambda stores: stores.filed.keep([filed("second", 1), filed("first", 0)]))
    newest = await archive.run(lambda stores: stores.versions.newest())
    assert [(each.entry_id, each.number) for each in newest] == [
        ("first", 1),
        ("second", 2),
        ("told", 2),
        ("later", 1),
    ]
    standing = await archive.run(lambda stores: stores.versions.standing())
    assert [entry_id for entry_id, _ in standing] == [each.entry_id for each in newest]
    assert standing[0][1] == to_body(replace(REFUND, id="first"))
    assert standing[1][1] is None


async def test_what_many_entries_of_a_file_say_is_added_at_once(archive: Archive) -> None:
    await archive.run(lambda stores: adds(stores, "a"))
    changes = [
        FileChange("a", None, "faq.yaml"),
        FileChange("b", to_body(replace(REFUND, id="b")), "faq.yaml"),
    ]
    await archive.run(lambda stores: stores.versions.file(changes, NOON))
    newest = await archive.run(lambda stores: stores.versions.newest())
    assert [(each.entry_id, each.number, each.action, each.author) for each in newest] == [
        ("a", 2, Action.FILED, Author(None, "faq.yaml")),
        ("b", 1, Action.FILED, Author(None, "faq.yaml")),
    ]
    assert newest[0].entry is None


async def test_every_addition_moves_the_mark_and_is_noticed_in_its_transaction(archive: Archive) -> None:
    def looks(stores: Stores) -> tuple[int, bool]:
        return stores.versions.mark(), stores.versions.added

    def adds_one(stores: Stores) -> bool:
        adds(stores, "a")
        return stores.versions.added

    before = await archive.run(looks)
    assert before == (0, False)
    assert await archive.run(adds_one)
    after = await archive.run(looks)
    assert after[0] != before[0]
    assert after[1] is False
    assert (await archive.run(looks, desk="second"))[0] == 0


async def test_desks_have_different_entries_under_one_id(archive: Archive) -> None:
    await archive.run(lambda stores: adds(stores, "refund"))
    await archive.run(lambda stores: stores.filed.keep([filed("refund", 0)]))
    elsewhere = await archive.run(
        lambda stores: (stores.versions.newest(), stores.versions.of("refund", 5), stores.filed.all()),
        desk="second",
    )
    assert elsewhere == ([], [], [])
    assert (await archive.run(lambda stores: adds(stores, "refund"), desk="second")).number == 1
    await archive.run(lambda stores: stores.filed.keep([filed("refund", 5)]), desk="second")
    assert (await archive.run(lambda stores: stores.filed.get("refund"))) == filed("refund", 0)


async def test_what_files_said_is_replaced_and_disputes_are_found(archive: Archive) -> None:
    other = to_body(replace(REFUND, answer={ANY: "Нет"}))
    rows = [
        filed("b", 1, disputed=True, offered=other, at=NOON + timedelta(days=1)),
        filed("a", 0),
        filed("gone", 2, body=None),
        filed("c", 3, disputed=True),
    ]
    await archive.run(lambda stores: stores.filed.keep(rows))
    assert list(await archive.run(lambda stores: stores.filed.all())) == [rows[1], rows[0], rows[2], rows[3]]
    assert list(await archive.run(lambda stores: stores.filed.disputed())) == [rows[0], rows[3]]
    await archive.run(lambda stores: stores.filed.keep([filed("b", 4)]))
    assert [each.entry_id for each in await archive.run(lambda stores: stores.filed.all())] == [
        "a",
        "gone",
        "c",
        "b",
    ]
    assert [each.entry_id for each in await archive.run(lambda stores: stores.filed.disputed())] == ["c"]


async def test_thousands_of_entries_are_no_trouble(archive: Archive) -> None:
    rows = [filed(f"e{number}", number) for number in range(1200)]
    changes = [FileChange(each.entry_id, each.body, "faq.yaml") for each in rows]
    await archive.run(lambda stores: stores.filed.keep(rows))
    await archive.run(lambda stores: stores.filed.keep(rows))
    await archive.run(lambda stores: stores.versions.file(changes, NOON))
    standing = await archive.run(lambda stores: stores.versions.standing())
    assert [entry_id for entry_id, _ in standing] == [each.entry_id for each in rows]


async def test_two_cannot_put_the_same_number_on_top(archive: Archive) -> None:
    def twice(stores: Stores) -> None:
        change = FileChange("a", None, "faq.yaml")
        stores.versions.file([change, change], NOON)

    with pytest.raises(IntegrityError):
        await archive.run(twice)
    assert await archive.run(lambda stores: stores.versions.newest()) == []
    await asyncio.gather(*(archive.run(lambda stores: adds(stores, "a")) for _ in range(5)))
    assert [each.number for each in await archive.run(lambda stores: stores.versions.of("a", 9))] == [
        5,
        4,
        3,
        2,
        1,
    ]

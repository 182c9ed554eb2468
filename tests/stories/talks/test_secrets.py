"""Card numbers and codes that customers or operators write are seen by nobody and kept nowhere."""

import json
import logging
import sqlite3
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest

from sandbox.chats import Message
from sandbox.log import Call
from sandbox.people.looking import words
from tests.stories.conftest import Scene, SetUp
from tests.stories.looks import pieces
from tests.stories.talk import Talk, talking
from tests.stories.waiting import comes_true

CARD = "4276 3800 1234 5679"
TOLD = "🔒 В вашем сообщении были данные карты или код"
HIDDEN = "•••• •••• •••• ••••"
ENOUGH = 7
"""So many digits of the number in a row may stand nowhere."""


def gives_away(told: Any) -> bool:
    """Whether some of the card's number can be read in this."""
    read = "".join(filter(str.isdigit, str(told)))
    card = CARD.replace(" ", "")
    return any(card[start : start + ENOUGH] in read for start in range(len(card) - ENOUGH + 1))


def in_file(path: Any) -> Iterator[tuple[str, Any]]:
    with sqlite3.connect(path) as base:
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in base.execute(f"SELECT * FROM {table}"):  # noqa: S608 - names of our own tables
                yield from ((table, cell) for cell in row)
    base.close()


async def in_database(scene: Scene) -> list[tuple[str, Any]]:
    """Every cell of every table."""
    if not scene.database:
        return list(in_file(scene.folder / "otklik.db"))
    base = await asyncpg.connect(scene.database)
    try:
        tables = await base.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        found = []
        for (table,) in tables:
            rows = await base.fetch(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            found += [(table, cell) for row in rows for cell in row.values()]
        return found
    finally:
        await base.close()


async def leaks(scene: Scene) -> list[Any]:
    """Where the number can be read: in the group, in the channel, in the database."""
    shown = [each for chat in (scene.group, scene.channel) for each in chat.messages.values()]
    ours = [each for each in shown if each.get("_by") == scene.bot.id]
    return [
        *(
            words(each)
            for each in ours
            if gives_away(json.dumps(each.get("contact"))) or gives_away(words(each))
        ),
        *(place for place in await in_database(scene) if isinstance(place[1], str) and gives_away(place[1])),
    ]


def sent(scene: Scene) -> list[Call]:
    """What the bot has asked of Telegram."""
    return [each for each in scene.world.log.entries if isinstance(each, Call) and each.bot == scene.bot.id]


async def told(talk: Talk) -> list[Message]:
    """The notices that the customer got."""
    return [each for each in await talk.anna.reads() if words(each).startswith("🔒")]


@pytest.fixture
async def anywhere(set_up: SetUp, migrated_url: str) -> Any:
    """The same on either database."""
    database = migrated_url if migrated_url.startswith("postgresql") else ""
    async with talking(set_up, forum=True, database=database) as talk:
        yield talk


async def test_a_card_with_its_code_is_seen_by_nobody(
    anywhere: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    talk = anywhere
    with caplog.at_level(logging.DEBUG):
        await talk.anna.says(html=f"карта <code>{CARD}</code> cvv 739, срок 12/29, не проходит <b>оплата</b>")
        seen = await talk.oleg.sees(talk.topic, "не проходит оплата")
        await talk.anna.sees(TOLD)
        await talk.settled()
    assert seen["text"] == f"карта {HIDDEN} cvv •••, срок ••/••, не проходит оплата"
    assert (pieces(seen, "code"), pieces(seen, "bold")) == ([HIDDEN], ["оплата"]), "formatting stays true"
    assert await leaks(talk.scene) == []
    assert [each for each in sent(talk.scene) if gives_away(json.dumps(each.params))] == []
    assert not gives_away(caplog.text)
    assert len(await told(talk)) == 1


async def test_a_question_with_a_card_stands_masked_on_the_card_and_in_what_faq_learns_from(
    scene: Scene,
) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says(f"почему не проходит карта {CARD.replace(' ', '')}?")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "почему не проходит карта ••••••••••••••••?")
    await anna.sees(TOLD)
    await anna.sees("Передали вопрос людям")
    assert await leaks(scene) == []
    questions = [cell for table, cell in await in_database(scene) if table == "questions"]
    assert "почему не проходит карта ••••••••••••••••?" in questions


async def test_a_one_time_code_is_not_shown_and_other_numbers_are(talk: Talk) -> None:
    await talk.anna.says("код из смс 4821, заказ 771204, телефон +7 916 123-45-67, сумма 4500 рублей")
    seen = await talk.oleg.sees(talk.topic, "заказ 771204")
    assert "код из смс ••••, заказ 771204, телефон +7 916 123-45-67, сумма 4500 рублей" in seen["text"]


async def test_a_number_split_over_two_messages_leaves_the_first_copy_too(anywhere: Talk) -> None:
    talk = anywhere
    await talk.anna.says("карта 4276 3800 12")
    first = await talk.oleg.sees(talk.topic, "карта 4276 3800 12")
    await talk.settled()
    await talk.anna.says("34 5679, код 739")
    await talk.oleg.sees(talk.topic, "•• ••••, код •••")
    await talk.anna.sees(TOLD)
    assert await comes_true(talk.scene.world, lambda: words(first) == "карта •••• •••• ••")
    assert await leaks(talk.scene) == []
    assert "12" not in words(first)


async def test_a_number_given_bit_by_bit_is_hidden_when_it_is_whole(talk: Talk) -> None:
    for part in CARD.split()[:3]:
        await talk.anna.says(part)
    await talk.anna.says("и последние цифры " + CARD.split()[3])
    await talk.anna.sees(TOLD)
    await talk.oleg.sees(talk.topic, "и последние цифры ••••")
    await talk.anna.says("739")
    await talk.settled()
    assert await leaks(talk.scene) == []
    assert not [each for each in await talk.group() if "739" in words(each)]
    assert len(await told(talk)) == 1


async def test_halves_that_no_operator_has_seen_yet_are_hidden_before_one_does(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("Когда придут деньги за возврат? карта 4276380012")
    await anna.sees("за три дня")
    await anna.says("345679")
    await anna.sees(TOLD)
    await anna.says("оператор!")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "карта ••••••••••")
    assert await leaks(scene) == []


async def test_a_number_is_hidden_though_the_bot_was_away_between_its_halves(set_up: SetUp) -> None:
    async with set_up() as scene:
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        async with scene.at_work():
            await anna.says("оператор! карта 4276 3800 12")
            topic = await oleg.topic("Анна")
            first = await oleg.sees(topic, "оператор! карта 4276 3800 12")
            await anna.sees("Передали вопрос людям")
        async with scene.at_work():
            await anna.says("34 5679")
            await oleg.sees(topic, "•• ••••")
            await anna.sees(TOLD)
            assert await comes_true(scene.world, lambda: words(first) == "оператор! карта •••• •••• ••")
        assert await leaks(scene) == []


async def test_an_edit_that_adds_a_card_is_hidden(talk: Talk) -> None:
    hers, seen = await talk.asked("не проходит оплата")
    await talk.anna.edits(hers, f"не проходит оплата картой {CARD} 12/29 739")
    await talk.oleg.sees(talk.topic, "не проходит оплата картой")
    await talk.anna.sees(TOLD)
    assert f"картой {HIDDEN} ••/•• •••" in words(seen)
    await talk.anna.edits(hers, f"не проходит оплата картой {CARD}, совсем")
    await talk.oleg.sees(talk.topic, "совсем")
    assert await leaks(talk.scene) == []
    assert len(await told(talk)) == 1


async def test_an_edit_that_completes_what_stands_beside_it_is_hidden(talk: Talk) -> None:
    await talk.asked("4276 3800")
    hers, seen = await talk.asked("сейчас допишу")
    await talk.anna.edits(hers, "1234 5679")
    await talk.oleg.sees(talk.topic, "•••• ••••")
    await talk.settled()
    assert await leaks(talk.scene) == []
    assert "5679" not in words(seen)


async def test_captions_quotes_polls_contacts_venues_and_names_are_hidden(talk: Talk) -> None:
    anna, oleg = talk.anna, talk.oleg
    await anna.sends_photo(caption=f"вот карта {CARD}")
    assert HIDDEN in (await oleg.sees_photo(talk.topic, "вот карта"))["caption"]
    await anna.says("да", reply_to=await anna.says(f"оплатил {CARD}"), quote=CARD)
    await oleg.sees(talk.topic, "да")
    await anna.sends_poll(question=f"чья это карта {CARD}?", options=(CARD, "не знаю"))
    poll = (await oleg.sees_kind(talk.topic, "poll"))["poll"]
    assert poll["question"] == f"чья это карта {HIDDEN}?"
    assert poll["options"][0]["text"] == HIDDEN
    await anna.sends_contact(name=f"Карта {CARD}")
    await oleg.sees_kind(talk.topic, "contact")
    await anna.sends_venue(title=f"банкомат {CARD}", address=CARD)
    assert (await oleg.sees_kind(talk.topic, "venue"))["venue"]["title"] == f"банкомат {HIDDEN}"
    await talk.settled()
    assert await leaks(talk.scene) == []
    assert [each.params for each in sent(talk.scene) if gives_away(json.dumps(each.params))] == []


async def test_a_file_that_bears_the_number_in_its_name_is_not_passed_on(talk: Talk) -> None:
    await talk.anna.sends_document(name=f"чек {CARD}.pdf", caption="чек за оплату")
    seen = await talk.oleg.sees(talk.topic, "чек за оплату")
    assert "не показано" in seen["text"]
    await talk.anna.sees("Переименуйте файл")
    await talk.anna.sends_document(name="чек.pdf")
    await talk.oleg.sees_kind(talk.topic, "document")
    assert await leaks(talk.scene) == []


async def test_a_customer_named_like_a_card_is_named_by_dots(scene: Scene) -> None:
    somebody, oleg = scene.customer(CARD), scene.operator("Олег")
    await somebody.says("оператор!")
    topic = await oleg.topic(HIDDEN)
    await oleg.sees(topic, "оператор!")
    assert not gives_away(topic.name)
    assert await leaks(scene) == []


async def test_forty_messages_in_a_row_get_one_notice(talk: Talk) -> None:
    for number in range(40):
        await talk.anna.says(f"карта {CARD} не проходит, попытка {'и ' * number}")
    await talk.oleg.sees(talk.topic, "попытка " + "и " * 38)
    await talk.settled()
    assert len(await told(talk)) == 1
    assert await leaks(talk.scene) == []


async def test_an_operator_hears_that_a_card_in_a_reply_was_hidden(talk: Talk) -> None:
    his = await talk.replies(f"переведите на карту {CARD}, код подтверждения 4821")
    copy = await talk.anna.sees("переведите на карту")
    assert HIDDEN in copy["text"]
    line = await talk.oleg.sees(talk.topic, "🔒 В ответе были данные карты")
    assert line["reply_to_message"]["message_id"] == his["message_id"]
    assert await leaks(talk.scene) == []
    handed_out = await talk.replies("код подтверждения заказа 4821 покажите на кассе")
    assert "4821" in (await talk.anna.sees("покажите на кассе"))["text"], "operators may hand out codes"
    await talk.oleg.edits(handed_out, f"покажите карту {CARD}")
    await talk.anna.sees(f"покажите карту {HIDDEN}")
    assert await leaks(talk.scene) == []


async def test_what_a_desk_adds_is_hidden_too(set_up: SetUp) -> None:
    async with set_up(desk={"mask": [r"логин:?\s*\S+", r"\bДОГ-\d+"]}) as scene, scene.at_work():
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await anna.says("оператор, логин: anna_k, договор дог-1234")
        topic = await oleg.topic("Анна")
        await oleg.sees(topic, "оператор, •••••: ••••_•, договор •••-••••")
        await anna.sees(TOLD)


async def test_managers_write_entries_with_numbers_and_customers_read_them(scene: Scene) -> None:
    maria, anna = scene.manager(), scene.customer("Анна")
    await maria.says(f"/broadcast red Пожертвования на карту {CARD}")
    await maria.presses("Опубликовать")
    await maria.sees("Опубликовано.")
    await anna.starts()
    assert CARD in words(await anna.sees("Сейчас известно:"))


async def test_a_manager_who_asks_like_a_customer_is_masked_like_one(scene: Scene) -> None:
    maria, oleg = scene.manager(), scene.operator("Олег")
    await maria.says(f"оператор, не проходит карта {CARD}")
    topic = await oleg.topic("Мария")
    await oleg.sees(topic, f"не проходит карта {HIDDEN}")
    await maria.sees(TOLD)
    assert await leaks(scene) == []


async def test_a_checklist_with_a_card_is_described_and_not_forwarded(talk: Talk) -> None:
    tasks = [{"id": 1, "text": f"снять с {CARD}"}]
    await talk.anna.sends({"checklist": {"title": "дела", "tasks": tasks}})
    await talk.oleg.sees(talk.topic, "не показано")
    await talk.settled()
    assert [each.method for each in sent(talk.scene) if each.method == "forwardMessage"] == []
